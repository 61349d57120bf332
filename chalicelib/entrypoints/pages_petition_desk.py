"""The department's pages of petitions: list, intake, one petition with what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import PETITION_STAFF, Role, Sender
from chalicelib.domain.errors import DomainError
from chalicelib.domain.petitions import commands as cmd
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import forms, responses
from chalicelib.entrypoints import petition_bodies as bodies
from chalicelib.entrypoints import petition_sheets as sheets
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
ONE: Final = f"{sheets.LIST}/don"
INTAKE: Final = f"{sheets.LIST}/tiep-nhan"
RECORDERS: Final = PETITION_STAFF | {Role.OPERATOR}
HEAD: Final = frozenset({Role.PETITION_HEAD})
ROWS: Final = 100
DONE: Final = "xong"


class ListQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Đang xử lý, hay đã kết thúc trong một tháng."""

    state: Literal["dang-xu-ly", "da-ket-thuc"] = msgspec.field(default="dang-xu-ly", name="xem")
    month: bodies.Month | Literal[""] = msgspec.field(default="", name="thang")


class OneQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "xong"] = msgspec.field(default="", name="da")


class IntakeForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Đơn ghi lại thay người gửi; người gửi không nêu tên thì để trống."""

    nonce: Nonce
    channel: Literal["phone", "counter", "post"]
    content: given.Words
    name: Annotated[str, Meta(max_length=200)] = ""
    address: Annotated[str, Meta(max_length=500)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^({given.MAIL})?{given.END}")] = ""
    joint: Literal["", "true"] = ""


class NoForm(Struct, frozen=True, forbid_unknown_fields=True):
    """A button alone."""


class ReasonForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Lý do."""

    reason: bodies.Reason


@page(routes, "GET", f"/{sheets.LIST}", allow=PETITION_STAFF, query=ListQuery)
def show_list(visit: Visit) -> Sheet:
    """List petitions: facts, never a word."""
    from chalicelib.views.petitions.sheets import listed

    deps, query = bootstrap.deps(), visit.query
    month = query.month or sheets.this_month()
    ended = query.state == "da-ket-thuc"
    found = deps.petitions.closed_in(month) if ended else deps.petitions.open_ones()
    shown = listed(found, sheets.rules(), deps, ROWS)
    return sheets.told("petitions", {"shown": shown, "ended": ended, "month": month, "head": visit.caller.role in HEAD})


@page(routes, "GET", f"/{INTAKE}", allow=RECORDERS)
def show_intake(visit: Visit) -> Sheet:
    """Show the form of a petition that comes by telephone, at the counter or by post."""
    return _intake()


@page(routes, "POST", f"/{INTAKE}", allow=RECORDERS, form=IntakeForm)
def take(visit: Visit) -> Sheet:
    """Write it down, and show what its sender is to be told."""
    from chalicelib.usecases.petitions.receive_petition import receive_petition

    form = visit.form
    assert form is not None
    if form.faults:
        return _intake(form, status=422)
    body = form.body
    command = cmd.Receive(channel=body.channel, content=body.content, joint=bool(body.joint))
    identity = Sender(name=body.name, phone=body.phone, email=body.email, address=body.address)
    try:
        made = receive_petition(command, identity, key=body.nonce, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        told, words = forms.refused(form, error, {"sender": "phone"})
        return _intake(told, words, responses.status_of(error))
    return sheets.told("petition_taken", {"made": made, "sees": visit.caller.role in PETITION_STAFF})


@page(routes, "GET", f"/{ONE}/{{code}}", allow=PETITION_STAFF, query=OneQuery)
def show_one(visit: Visit, code: given.Code) -> Sheet:
    """Show the facts of one, and what can be done with it."""
    return _one(visit, canonical(code), done=visit.query.done == DONE)


@page(routes, "POST", f"/{ONE}/{{code}}/noi-dung", allow=PETITION_STAFF, form=NoForm)
def open_words(visit: Visit, code: given.Code) -> Sheet:
    """Show what was said, after it was noted who asked."""
    from chalicelib.usecases.petitions import open_petition

    number = canonical(code)
    words = open_petition.open_words(number, actor=visit.caller, deps=bootstrap.deps())
    return _one(visit, number, words=words)


@page(routes, "POST", f"/{ONE}/{{code}}/nguoi-gui", allow=PETITION_STAFF, form=ReasonForm)
def open_identity(visit: Visit, code: given.Code) -> Sheet:
    """Show who sent it, after it was noted who asked and why."""
    from chalicelib.usecases.petitions import open_petition

    form, number = visit.form, canonical(code)
    assert form is not None
    if form.faults:
        return _one(visit, number, form=form, sent="identity", status=422)
    who = open_petition.open_identity(number, form.body.reason, actor=visit.caller, deps=bootstrap.deps())
    return _one(visit, number, identity=who)


def _form_of(kind: type[cmd.Command]) -> type[msgspec.Struct]:
    """Return the fields of a command's body, with a nonce."""
    body = bodies.BODIES[kind]
    fields = [(field.name, field.type, field.default) for field in msgspec.structs.fields(body)]
    named = [
        (name, type_) if default is msgspec.NODEFAULT else (name, type_, default) for name, type_, default in fields
    ]
    return msgspec.defstruct(
        f"{kind.__name__}Form",
        [("nonce", Nonce), *named],
        frozen=True,
        forbid_unknown_fields=True,
        kw_only=True,
    )


def _action(kind: type[cmd.Command]) -> None:
    """Make the page's route of a command."""

    @page(routes, "POST", f"/{ONE}/{{code}}/{kind.action}", allow=bodies.who_may(kind), form=_form_of(kind))
    def act(visit: Visit, code: given.Code) -> Sheet | Onward:
        from chalicelib.usecases.petitions.act_on_petition import act_on_petition

        form, number = visit.form, canonical(code)
        assert form is not None
        if form.faults:
            return _one(visit, number, form=form, sent=kind.action, status=422)
        wish = msgspec.structs.asdict(form.body)
        key = f"{visit.caller.name} {wish.pop('nonce')}"
        try:
            act_on_petition(number, kind(**wish), key=key, actor=visit.caller, deps=bootstrap.deps())
        except DomainError as error:
            told, words = forms.refused(form, error)
            return _one(visit, number, form=told, error=words, sent=kind.action, status=responses.status_of(error))
        return Onward(f"{ONE}/{number}?da={DONE}")


for _kind in bodies.BODIES:
    _action(_kind)


def _one(  # noqa: PLR0913 - each by its name
    visit: Visit,
    code: str,
    *,
    form: Form = UNTYPED,
    error: str = "",
    sent: str = "",
    status: int = 200,
    done: bool = False,
    words: Mapping[int, Mapping[str, str]] | None = None,
    identity: Sender | None = None,
) -> Sheet:
    from chalicelib.views.petitions.sheets import sheet

    deps, rules = bootstrap.deps(), sheets.rules()
    petition, history = deps.petitions.load(code).petition, deps.petitions.history(code)
    shown = sheet(petition, history, rules, deps, words)
    about = {"one": shown, "opened": words is not None, "identity": identity, "faults": deps.petitions.faults(code)}
    more = {"form": form, "error": error, "sent": sent, "done": done, "nonce": deps.ids.nonce()}
    more["head"] = visit.caller.role in HEAD
    return sheets.told("petition", about | more, status)


def _intake(form: Form = UNTYPED, error: str = "", status: int = 200) -> Sheet:
    about = {"form": form, "error": error, "nonce": form.typed.get("nonce") or bootstrap.deps().ids.nonce()}
    return sheets.told("petition_intake", about, status)
