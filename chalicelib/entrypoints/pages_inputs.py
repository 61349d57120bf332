"""The pages of a unit that is asked for input: what it is asked, and the forms that answer (lấy ý kiến, R57)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk, forms, responses
from chalicelib.entrypoints.api_inputs import ASKED, DeclineInputBody, GiveInputBody, InputId
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical

if TYPE_CHECKING:
    from chalicelib.domain.commands import Command

routes = Blueprint(__name__)
INPUTS: Final = f"{desk.HOME}/y-kien"
INPUT: Final = f"/{INPUTS}/{{code}}/{{id}}"
ROWS: Final = 50


class InputsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Trang nào; việc vừa làm xong."""

    tu: given.Cursor = ""
    done: Literal["", "cho-y-kien", "khong-co-y-kien"] = msgspec.field(default="", name="xong")


class GiveInputForm(GiveInputBody, frozen=True, kw_only=True):
    """Cho ý kiến."""

    nonce: Nonce


class DeclineInputForm(DeclineInputBody, frozen=True, kw_only=True):
    """Không có ý kiến."""

    nonce: Nonce


@page(routes, "GET", f"/{INPUTS}", allow=ASKED, query=InputsQuery)
def show_inputs(visit: Visit) -> Sheet:
    """List what one's own unit is asked, the earliest due first."""
    from chalicelib.views.inputs import asked_of

    shown = asked_of(visit.caller.unit, bootstrap.deps(), limit=ROWS, cursor=visit.query.tu)
    return Sheet("inputs", {"shown": shown, "done": visit.query.done})


@page(routes, "GET", INPUT, allow=ASKED)
def show_input(visit: Visit, code: given.Code, id: InputId) -> Sheet:  # noqa: A002 its name in the path
    """Show one."""
    return _input(visit, code, id)


@page(routes, "POST", f"{INPUT}/cho-y-kien", allow=ASKED, form=GiveInputForm)
def give_input(visit: Visit, code: given.Code, id: InputId) -> Sheet | Onward:  # noqa: A002 same
    """Give one's unit's input."""
    from chalicelib.domain.commands import GiveInput

    form = visit.form
    assert form is not None
    asked = GiveInput(unit=visit.caller.unit, opinion=form.body.opinion, id=id) if form.body else None
    return _answered(visit, code, id, asked, "cho-y-kien")


@page(routes, "POST", f"{INPUT}/khong-co-y-kien", allow=ASKED, form=DeclineInputForm)
def decline_input(visit: Visit, code: given.Code, id: InputId) -> Sheet | Onward:  # noqa: A002 same
    """Say that one's unit has none."""
    from chalicelib.domain.commands import DeclineInput

    form = visit.form
    assert form is not None
    asked = DeclineInput(unit=visit.caller.unit, reason=form.body.reason, id=id) if form.body else None
    return _answered(visit, code, id, asked, "khong-co-y-kien")


def _answered(visit: Visit, code: str, place: int, command: Command | None, sent: str) -> Sheet | Onward:
    from chalicelib.ports import Receipt
    from chalicelib.usecases.carry_out import carry_out

    form, caller, number = visit.form, visit.caller, canonical(code)
    assert form is not None
    if command is None:
        return _input(visit, code, place, form, sent=sent, status=422)
    typed = hashlib.sha256(msgspec.json.encode([sent, form.typed], order="sorted")).hexdigest()
    receipt = Receipt(f"form#{caller.name}#{number}#{form.body.nonce}", typed)
    try:
        carry_out(number, command, actor=caller, deps=bootstrap.deps(), receipt=receipt)
    except DomainError as error:
        told, words = forms.refused(form, error)
        return _input(visit, code, place, told, words, sent=sent, status=responses.status_of(error))
    return Onward(f"{INPUTS}?xong={sent}")


def _input(
    visit: Visit,
    code: str,
    place: int,
    form: Form = UNTYPED,
    error: str = "",
    *,
    sent: str = "",
    status: int = 200,
) -> Sheet:
    from chalicelib.views.inputs import request_of

    deps = bootstrap.deps()
    try:
        shown = request_of(deps.cases.dossier(canonical(code)), place, visit.caller, deps)
    except DomainError as gone:
        if not error:
            raise
        # It was answered by a colleague, or withdrawn, while this was written: what was typed is given back.
        from chalicelib.entrypoints.pages import refused

        return refused(gone, typed=desk.worth_keeping(form.typed))
    about = {"shown": shown, "form": form, "error": error, "sent": sent, "nonce": deps.ids.nonce()}
    return Sheet("input", about, status)
