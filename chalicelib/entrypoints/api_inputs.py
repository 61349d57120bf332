"""Asking other units for input inside a case, and answering when asked (lấy ý kiến, R57)."""

from __future__ import annotations

from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_actions import done
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.entrypoints.wording import canonical, receipt
from chalicelib.views import inputs as shown
from chalicelib.views.case_summary import CaseSummary

routes = Blueprint(__name__)
ASKED = STAFF - {Role.ADMINISTRATOR}
InputId = Annotated[int, Meta(ge=1, le=1000, description="Phiếu lấy ý kiến thứ mấy của hồ sơ")]
Minutes = Annotated[int, Meta(ge=1, le=100_000)]
CASE = "/v1/desk/cases/{code}/inputs"


class AskInputBody(given.ActionBody, frozen=True, kw_only=True):
    """Hỏi những đơn vị nào, điều gì; `minutes` là phút làm việc, để trống thì theo quy chế."""

    units: Annotated[list[given.Slug], Meta(min_length=1, max_length=10)]
    question: given.Words
    minutes: Minutes | None = None
    with_contact: Annotated[bool, Meta(description="Cho đơn vị được hỏi biết người gửi là ai")] = False


class InputQuery(given.Body, frozen=True):
    """Trang nào."""

    limit: given.Limit = 25
    cursor: given.Cursor = ""


class GiveInputBody(given.Body, frozen=True, kw_only=True):
    """Ý kiến của đơn vị được hỏi."""

    opinion: given.Words


class DeclineInputBody(given.Body, frozen=True, kw_only=True):
    """Vì sao không có ý kiến."""

    reason: given.Words


class WithdrawInputBody(given.ActionBody, frozen=True, kw_only=True):
    """Vì sao thôi hỏi, nếu cần nói."""

    reason: given.LongText = ""


@endpoint(
    routes,
    "POST",
    CASE,
    allow=ASKED,
    body=AskInputBody,
    returns={200: CaseSummary},
    summary="Lấy ý kiến đơn vị khác",
    tags=("desk",),
    idempotency="optional",
    refuses=(409,),
)
def ask_for_input(request: Request, code: given.Code) -> CaseSummary:
    """Ask; the case stays with whoever holds it, and its clock runs."""
    from chalicelib.domain.commands import AskInput
    from chalicelib.usecases.ask_input import ask_input

    body = request.body
    command = AskInput(
        units=tuple(body.units), question=body.question, minutes=body.minutes, with_contact=body.with_contact
    )
    return done(request, code, ask_input, command)


@endpoint(
    routes,
    "GET",
    "/v1/desk/inputs",
    allow=ASKED,
    query=InputQuery,
    returns={200: shown.Asked},
    summary="Đơn vị mình được hỏi ý kiến",
    tags=("desk",),
)
def list_inputs(request: Request) -> shown.Asked:
    """List what one's own unit is asked and has not answered."""
    query = request.query
    return shown.asked_of(request.caller.unit, bootstrap.deps(), limit=query.limit, cursor=query.cursor)


@endpoint(
    routes,
    "GET",
    f"{CASE}/{{id}}",
    allow=ASKED,
    returns={200: shown.RequestView},
    summary="Một phiếu lấy ý kiến",
    tags=("desk",),
)
def show_input(request: Request, code: given.Code, id: InputId) -> shown.RequestView:  # noqa: A002 its name in the path
    """Show what is asked, with the matter's words."""
    deps = bootstrap.deps()
    return shown.request_of(deps.cases.dossier(canonical(code)), id, request.caller, deps)


@endpoint(
    routes,
    "POST",
    f"{CASE}/{{id}}/give",
    allow=ASKED,
    body=GiveInputBody,
    returns={204: None},
    summary="Cho ý kiến",
    tags=("desk",),
    idempotency="optional",
    refuses=(409,),
)
def give_input(request: Request, code: given.Code, id: InputId) -> None:  # noqa: A002 same
    """Give one's unit's input; late is recorded, not refused."""
    from chalicelib.domain.commands import GiveInput

    _answer(request, code, GiveInput(unit=request.caller.unit, opinion=request.body.opinion, id=id))


@endpoint(
    routes,
    "POST",
    f"{CASE}/{{id}}/decline",
    allow=ASKED,
    body=DeclineInputBody,
    returns={204: None},
    summary="Không có ý kiến",
    tags=("desk",),
    idempotency="optional",
    refuses=(409,),
)
def decline_input(request: Request, code: given.Code, id: InputId) -> None:  # noqa: A002 same
    """Say that one's unit has none to give."""
    from chalicelib.domain.commands import DeclineInput

    _answer(request, code, DeclineInput(unit=request.caller.unit, reason=request.body.reason, id=id))


@endpoint(
    routes,
    "POST",
    f"{CASE}/{{id}}/withdraw",
    allow=ASKED,
    body=WithdrawInputBody,
    returns={200: CaseSummary},
    summary="Thôi lấy ý kiến",
    tags=("desk",),
    idempotency="optional",
    refuses=(409,),
)
def withdraw_input(request: Request, code: given.Code, id: InputId) -> CaseSummary:  # noqa: A002 same
    """Ask no more."""
    from chalicelib.domain.commands import WithdrawInput
    from chalicelib.usecases.carry_out import carry_out

    return done(request, code, carry_out, WithdrawInput(id=id, reason=request.body.reason))


def _answer(request: Request, code: str, command: object) -> None:
    """Answer whatever else happens to the case meanwhile: who is asked has not seen its version."""
    from chalicelib.usecases.carry_out import carry_out

    number = canonical(code)
    carry_out(number, command, actor=request.caller, deps=bootstrap.deps(), receipt=receipt(request, number))  # type: ignore[arg-type] # one of two commands
