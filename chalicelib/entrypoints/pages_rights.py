"""The staff's pages of what senders asked of their data: written down at the counter, decided by leadership (R99)."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Sender
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk, responses
from chalicelib.entrypoints.api_rights import COUNTER, DECIDERS, Identity, RightId, RightKind, counter_copy, requests
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
RIGHTS: Final = f"{desk.HOME}/quyen-du-lieu"
RIGHT: Final = f"/{RIGHTS}/{{right}}"


class RightsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "ghi-nhan", "quyet-dinh"] = msgspec.field(default="", name="xong")


class CounterForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Yêu cầu của người đứng tại quầy, đã kiểm tra giấy tờ."""

    nonce: Nonce
    kind: RightKind
    case: given.Code
    identity: Identity
    words: given.LongText = ""


class CopyForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Cấp bản sao của hồ sơ nào, đã kiểm tra giấy tờ nào."""

    case: given.Code
    identity: Identity


class DecisionForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Đồng ý hay từ chối, theo điều nào, vì sao; phần được xóa; thông tin đúng."""

    outcome: Literal["granted", "refused"]
    article: given.ShortText = ""
    reason: given.LongText = ""
    parts: Literal["contact matter", "contact", "matter"] = "contact matter"
    name: Annotated[str, Meta(max_length=200)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^({given.MAIL})?{given.END}")] = ""
    address: Annotated[str, Meta(max_length=500)] = ""


@page(routes, "GET", f"/{RIGHTS}", allow=COUNTER, query=RightsQuery)
def show_requests(visit: Visit) -> Sheet:
    """List them, the one that ends soonest first."""
    return _listed(done=visit.query.done)


@page(routes, "POST", f"/{RIGHTS}/ghi-nhan", allow=COUNTER, form=CounterForm)
def write(visit: Visit) -> Sheet | Onward:
    """Write down what somebody at the counter asks."""
    from chalicelib.usecases.ask_right import ask_right

    form, deps = visit.form, bootstrap.deps()
    assert form is not None
    if form.faults:
        return _listed(form, sent="ghi-nhan", status=422)
    body = form.body
    try:
        ask_right(
            body.kind,
            canonical(body.case),
            words=body.words,
            key=f"{visit.caller.name}#{body.nonce}",
            deps=deps,
            actor=visit.caller,
            door="counter",
            identity=body.identity,
        )
    except DomainError as error:
        return _listed(form, error.title, responses.status_of(error), sent="ghi-nhan")
    return Onward(f"{RIGHTS}?xong=ghi-nhan")


@page(routes, "POST", f"/{RIGHTS}/ban-sao", allow=COUNTER, form=CopyForm)
def hand_out(visit: Visit) -> Sheet:
    """Show a copy to be printed for its sender; that it was handed out is kept."""
    form = visit.form
    assert form is not None
    if form.faults:
        return _listed(form, sent="ban-sao", status=422)
    try:
        copy = counter_copy(canonical(form.body.case), form.body.identity, visit.caller)
    except DomainError as error:
        return _listed(form, error.title, responses.status_of(error), sent="ban-sao")
    return Sheet("right_copy", {"copy": copy})


@page(routes, "GET", RIGHT, allow=COUNTER)
def show_request(visit: Visit, right: RightId) -> Sheet:
    """Show one, and to who decides the form."""
    return _shown(visit, right)


@page(routes, "POST", f"{RIGHT}/quyet-dinh", allow=DECIDERS, form=DecisionForm)
def decide(visit: Visit, right: RightId) -> Sheet | Onward:
    """Grant or refuse."""
    from chalicelib.usecases.decide_right import Decision, decide_right

    form = visit.form
    assert form is not None
    if form.faults:
        return _shown(visit, right, form, status=422)
    body = form.body
    correct = Sender(name=body.name, phone=body.phone, email=body.email, address=body.address)
    decision = Decision(body.outcome == "granted", body.article, body.reason, tuple(body.parts.split()), correct)
    try:
        decide_right(right, decision, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _shown(visit, right, form, error.title, responses.status_of(error))
    return Onward(f"{RIGHTS}?xong=quyet-dinh")


def _listed(form: Form = UNTYPED, error: str = "", status: int = 200, *, sent: str = "", done: str = "") -> Sheet:
    nonce = bootstrap.deps().ids.nonce()
    about = {"requests": requests(), "sent": sent, "done": done, "nonce": nonce, "form": form, "error": error}
    return Sheet("rights", about, status)


def _shown(visit: Visit, right: str, form: Form = UNTYPED, error: str = "", status: int = 200) -> Sheet:
    from chalicelib.views.personal_copy import shown

    deps = bootstrap.deps()
    one = deps.rights.find(right)
    about: dict[str, Any] = {"one": shown(one, deps), "form": form, "error": error}
    return Sheet("right", about | {"decides": visit.caller.role in DECIDERS and one.open}, status)
