"""A sender's own data: all that is held, to be read, printed and taken along, and what may be asked of it (R99)."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError, UnauthenticatedError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.api_my import asked_by, copy_of
from chalicelib.entrypoints.api_rights import RightKind
from chalicelib.entrypoints.forms import UNTYPED, Form, Nonce
from chalicelib.entrypoints.pages import PUBLIC, File, Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_my_cases import COOKIE
from chalicelib.entrypoints.wording import canonical
from chalicelib.usecases.addresses import MY_CASES

routes = Blueprint(__name__)
DATA: Final = f"{MY_CASES}/du-lieu"
OVER: Final = "Đã hết thời gian xem. Xin mở lại trang Hồ sơ của tôi bằng mã mới."


class DataQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "yeu-cau"] = msgspec.field(default="", name="xong")


class RightForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Yêu cầu gì, về hồ sơ nào."""

    nonce: Nonce
    kind: RightKind
    case: given.Code
    words: given.LongText = ""


@page(routes, "GET", f"/{DATA}", allow=PUBLIC, query=DataQuery)
def show_data(visit: Visit) -> Sheet | Onward:
    """Show all that is held about whoever gave a code a while ago."""
    owned = _whose(visit)
    return _data(owned, done=visit.query.done) if owned else Onward(MY_CASES)


@page(routes, "GET", f"/{DATA}/yeu-cau", allow=PUBLIC)
def show_again(visit: Visit) -> Onward:
    """Lead a telephone that opens anew what it showed last."""
    return Onward(DATA)


@page(routes, "GET", f"/{DATA}/ban-sao.json", allow=PUBLIC)
def give_copy(visit: Visit) -> File:
    """Give the same as JSON, for other programs."""
    owned = _whose(visit)
    if not owned:
        raise UnauthenticatedError("session_over", OVER)
    copy = msgspec.json.format(msgspec.json.encode(copy_of(owned)), indent=2).decode()
    name = {"Content-Disposition": 'attachment; filename="du-lieu-cua-toi.json"'}
    return File(copy, "application/json", forever=False, headers=name)


@page(routes, "POST", f"/{DATA}/yeu-cau", allow=PUBLIC, form=RightForm)
def ask(visit: Visit) -> Sheet | Onward:
    """Ask something of the data; a person decides."""
    form, owned = visit.form, _whose(visit)
    assert form is not None
    if not owned:
        raise UnauthenticatedError("session_over", OVER)
    if form.faults:
        return _data(owned, form, status=422)
    body = form.body
    try:
        asked_by(owned, body.kind, canonical(body.case), body.words, body.nonce)
    except DomainError as error:
        return _data(owned, form, error.title, responses.status_of(error))
    return Onward(f"{DATA}?xong=yeu-cau")


def _whose(visit: Visit) -> str:
    from chalicelib.usecases.check_code import whose

    return whose(visit.cookies.get(COOKIE, ""), bootstrap.deps())


def _data(owned: str, form: Form = UNTYPED, error: str = "", status: int = 200, *, done: str = "") -> Sheet:
    about = {"copy": copy_of(owned), "form": form, "error": error, "done": done}
    return Sheet("my_data", about | {"nonce": bootstrap.deps().ids.nonce()}, status)
