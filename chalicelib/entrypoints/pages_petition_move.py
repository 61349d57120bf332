"""Whether a case is a petition: a person is asked, no machine decides (R42)."""

from __future__ import annotations

from typing import Final, Literal

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import PETITION_STAFF, Role
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import petition_sheets as sheets
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.pages import Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
MOVE: Final = f"/{sheets.LIST}/tu-ho-so/{{code}}"
RECORDERS: Final = PETITION_STAFF | {Role.OPERATOR}


class MoveForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Tệp đã chuyển; đã hỏi người gửi khi họ phải chọn."""

    files_handed_over: Literal["", "true"] = ""


@page(routes, "GET", MOVE, allow=RECORDERS)
def ask(visit: Visit, code: given.Code) -> Sheet:
    """Ask the person who has read the case."""
    return _asked(canonical(code))


@page(routes, "POST", MOVE, allow=RECORDERS, form=MoveForm)
def move(visit: Visit, code: given.Code) -> Sheet:
    """Move it; pressed twice it is moved once."""
    from chalicelib.usecases.petitions.move_case import move_case

    form, number = visit.form, canonical(code)
    assert form is not None
    handed_over = form.typed.get("files_handed_over") == "true"
    try:
        made = move_case(number, files_handed_over=handed_over, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _asked(number, error.title, responses.status_of(error))
    return sheets.told("petition_taken", {"made": made, "sees": visit.caller.role in PETITION_STAFF})


def _asked(code: str, error: str = "", status: int = 200) -> Sheet:
    return sheets.told("petition_move", {"code": code, "error": error}, status)
