"""What the staff reads and writes down: intake on behalf, worklists, the case, senders, tallies."""

from __future__ import annotations

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import OVERSEERS, Role
from chalicelib.domain.errors import ForbiddenError
from chalicelib.entrypoints import api_public, queries
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.entrypoints.wording import canonical, receipt, sender, telephone
from chalicelib.views import case_file, case_summary, progress, tally
from chalicelib.views.worklist import holder_of

routes = Blueprint(__name__)
SENDER_CASES = 50


class Worklist(Struct, frozen=True):
    """Một trang danh sách; `cursor` trống là trang cuối."""

    cases: tuple[case_summary.CaseSummary, ...]
    cursor: str = ""


@endpoint(
    routes,
    "POST",
    "/v1/desk/cases",
    allow={Role.OPERATOR, Role.OFFICER},
    body=given.DeskCaseBody,
    returns={201: progress.Created, 200: progress.Created},
    summary="Ghi nhận thay người gửi (điện thoại, tin nhắn, trực tiếp)",
    tags=("desk",),
    idempotency="required",
    refuses=(409,),
)
def write_down(request: Request) -> tuple[int, progress.Created]:
    """Receive a case on behalf of its sender (Điều 7.1, 8.1.a)."""
    return api_public.receive(request, request.body)


@endpoint(
    routes,
    "GET",
    "/v1/desk/cases",
    allow=STAFF,
    query=queries.WorklistQuery,
    returns={200: Worklist},
    summary="Danh sách việc theo hạn",
    tags=("desk",),
)
def worklist(request: Request) -> Worklist:
    """List open cases of a holder by due time; default: the caller's own."""
    deps, query, caller = bootstrap.deps(), request.query, request.caller
    page = deps.lists.of_holder(*holder_of(caller, query.role, query.unit), limit=query.limit, cursor=query.cursor)
    return Worklist(tuple(case_summary.summary(case, caller, deps) for case in page.cases), page.cursor)


@endpoint(
    routes,
    "GET",
    "/v1/desk/cases/{code}",
    allow=STAFF,
    returns={200: case_file.CaseFile},
    summary="Toàn bộ hồ sơ và dòng thời gian",
    tags=("desk",),
)
def open_case(request: Request, code: given.Code) -> case_file.CaseFile:
    """Show a case with its whole timeline."""
    from chalicelib.usecases.open_case import open_case as opened

    deps = bootstrap.deps()
    return case_file.case_file(
        opened(canonical(code), actor=request.caller, deps=deps, door="api"), request.caller, deps
    )


@endpoint(
    routes,
    "POST",
    "/v1/desk/cases/{code}/details",
    allow={Role.OPERATOR},
    body=given.DeskDetailsBody,
    returns={200: case_summary.CaseSummary},
    summary="Bổ sung thông tin thay người gửi",
    tags=("desk",),
    idempotency="optional",
    refuses=(409,),
)
def write_details(request: Request, code: given.Code) -> case_summary.CaseSummary:
    """Add what the sender said on the telephone."""
    from chalicelib.usecases.supply_details import supply_details

    deps, number = bootstrap.deps(), canonical(code)
    case = supply_details(
        number,
        content=request.body.content,
        sender=sender(request.body.sender),
        actor=request.caller,
        deps=deps,
        uploads=request.body.attachments,
        version=request.body.version,
        receipt=receipt(request, number),
    )
    return case_summary.summary(case, request.caller, deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/senders",
    allow=OVERSEERS,
    body=given.SenderQuery,
    returns={200: Worklist},
    summary="Các hồ sơ của một người gửi",
    tags=("desk",),
)
def sender_history(request: Request) -> Worklist:
    """List a sender's cases, newest first. The contact is in the body: it must not stand in a URL."""
    deps = bootstrap.deps()
    cases = deps.lists.of_sender(deps.keys.sender(_contact(request.body.contact)), limit=SENDER_CASES)
    return Worklist(tuple(case_summary.summary(case, request.caller, deps) for case in cases))


@endpoint(
    routes,
    "GET",
    "/v1/desk/late",
    allow=STAFF,
    query=queries.LateQuery,
    returns={200: Worklist},
    summary="Hồ sơ trễ hạn của một đơn vị",
    tags=("desk",),
)
def late_cases(request: Request) -> Worklist:
    """List the cases that became late at a unit in a month."""
    deps, query, caller = bootstrap.deps(), request.query, request.caller
    if caller.role not in OVERSEERS and query.unit != caller.unit:
        raise ForbiddenError("not_your_unit", "Anh/chị chỉ xem được việc của đơn vị mình")
    cases = deps.lists.late(query.unit, query.month or api_public.this_month(), limit=query.limit)
    return Worklist(tuple(case_summary.summary(case, caller, deps) for case in cases))


@endpoint(
    routes,
    "GET",
    "/v1/desk/tallies",
    allow=STAFF,
    query=queries.MonthQuery,
    returns={200: tally.Tallies},
    summary="Số liệu",
    tags=("desk",),
)
def read_tallies(request: Request) -> tally.Tallies:
    """Show the tallies of a month."""
    return tally.tallies(request.query.month or api_public.this_month(), bootstrap.deps())


def _contact(text: str) -> str:
    return text if "@" in text else telephone(text, "/contact")
