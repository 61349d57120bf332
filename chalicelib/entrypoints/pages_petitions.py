"""The citizen's pages of complaints and denunciations: hand one in, see how it stands. They work without JavaScript."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import SENDER, Sender
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import forms, responses
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import PUBLIC, Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
HERE: Final = "khieu-nai-to-cao"
PLACES: Final = {"sender": "phone"}  # of what the API's error points into, the field of the form


class PetitionForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Nội dung đơn và người gửi."""

    nonce: Nonce
    content: given.Words
    name: Annotated[str, Meta(max_length=200)]
    address: Annotated[str, Meta(max_length=500)]
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^({given.MAIL})?{given.END}")] = ""
    joint: Literal["", "true"] = ""


class StandingForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Mã đơn và mã PIN."""

    code: Annotated[str, Meta(max_length=100)]
    pin: Annotated[str, Meta(max_length=30)]


@page(routes, "GET", f"/{HERE}", allow=PUBLIC)
def explain(visit: Visit) -> Sheet:
    """Say what a complaint and a denunciation are, what is kept secret and by when, with the form."""
    return _form()


@page(routes, "POST", f"/{HERE}", allow=PUBLIC, form=PetitionForm)
def hand_in(visit: Visit) -> Sheet:
    """Take one in; sent twice it is one."""
    from chalicelib.domain.petitions.commands import Receive
    from chalicelib.domain.petitions.parsing import WEB_CHANNEL
    from chalicelib.usecases.petitions.receive_petition import receive_petition

    form = visit.form
    assert form is not None
    if form.faults:
        return _form(form, status=422)
    body = form.body
    command = Receive(channel=WEB_CHANNEL, content=body.content, joint=bool(body.joint))
    identity = Sender(name=body.name, phone=body.phone, email=body.email, address=body.address)
    try:
        made = receive_petition(command, identity, key=body.nonce, actor=SENDER, deps=bootstrap.deps())
    except DomainError as error:
        told, words = forms.refused(form, error, PLACES)
        return _form(told, words, responses.status_of(error))
    return Sheet("petition_sent", {"made": made})


@page(routes, "GET", f"/{HERE}/theo-doi", allow=PUBLIC)
def ask(visit: Visit) -> Sheet:
    """Ask for code and PIN."""
    return _standing()


@page(routes, "POST", f"/{HERE}/theo-doi", allow=PUBLIC, form=StandingForm)
def follow(visit: Visit) -> Sheet:
    """Show state and days, nothing else."""
    from chalicelib.usecases.petitions.follow_petition import follow_petition
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.views.petitions.standing import standing

    form, deps = visit.form, bootstrap.deps()
    assert form is not None
    if form.faults:
        return _standing(form, status=422)
    try:
        petition = follow_petition(canonical(form.body.code), form.body.pin, deps)
    except DomainError as error:
        told = Form({"code": form.typed["code"]}, {"pin": error.title.rstrip(".") + "."})
        return _standing(told, status=responses.status_of(error))
    return _standing(shown=standing(petition, rules_of(deps), deps))


def _form(form: Form = UNTYPED, error: str = "", status: int = 200) -> Sheet:
    from chalicelib.usecases.petitions.track import rules_of

    deps = bootstrap.deps()
    nonce = form.typed.get("nonce", "") if not form.faults.get("nonce") else ""
    about = {"rules": rules_of(deps), "form": form, "error": error, "nonce": nonce or deps.ids.nonce()}
    return Sheet("petition_send", about, status)


def _standing(form: Form = UNTYPED, status: int = 200, shown: Any = None) -> Sheet:
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.web import petition_words

    rules_of(bootstrap.deps())
    return Sheet("petition_follow", {"form": form, "shown": shown, "words": petition_words}, status)
