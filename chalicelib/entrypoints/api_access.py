"""Who was shown whose personal data, and breaches of it: for leadership and administrators (R99, R101)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import access as shown
from chalicelib.views import breach_report as told

routes = Blueprint(__name__)
ANSWERABLE = frozenset({Role.LEADERSHIP, Role.ADMINISTRATOR})
Login = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._@:+-]{1,128}" + given.END, examples=["dtv01"])]
BreachId = Annotated[str, Meta(pattern=r"^[0-9]{10}-[0-9a-f]{12}" + given.END)]
Day = Annotated[date, Meta(examples=["2026-11-01"])]


class AccessQuery(given.Body, frozen=True, rename={"first": "from", "last": "to"}):
    """Một tài khoản trong những ngày nào (giờ Việt Nam, dài nhất ba tháng), hoặc một hồ sơ."""

    login: Login | None = None
    first: Day | None = None
    last: Day | None = None
    case: given.Code | None = None


class BreachBody(given.Body, frozen=True, kw_only=True):
    """Phát hiện khi nào, việc gì, tài khoản nào trong những ngày nào, đã làm gì; không ghi dữ liệu cá nhân ở đây."""

    discovered_at: given.Moment
    happened: given.Words
    logins: Annotated[list[Login], Meta(min_length=1, max_length=20)]
    first: Day
    last: Day
    measures: given.LongText = ""


class NoticeBody(given.Body, frozen=True, kw_only=True):
    """Đã báo cơ quan có thẩm quyền lúc nào, đã khắc phục ra sao."""

    at: given.Moment
    measures: given.LongText = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/access",
    allow=ANSWERABLE,
    query=AccessQuery,
    returns={200: shown.AccessList},
    summary="Nhật ký truy cập dữ liệu cá nhân",
    tags=("personal-data",),
)
def list_access(request: Request) -> shown.AccessList:
    """List what a log-in was shown, or who was shown a case."""
    query, deps = request.query, bootstrap.deps()
    if query.case:
        return shown.of_case(canonical(query.case), deps)
    if not (query.login and query.first and query.last):
        title = "Xin nêu một hồ sơ, hoặc một tài khoản với ngày đầu và ngày cuối"
        raise InvalidError("access_of_whom", title, pointer="/login")
    return shown.of_person(query.login, query.first, query.last, deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/breaches",
    allow=ANSWERABLE,
    body=BreachBody,
    returns={201: told.BreachView},
    summary="Ghi nhận một sự cố dữ liệu cá nhân; bắt đầu tính 72 giờ từ lúc phát hiện",
    tags=("personal-data",),
    idempotency="required",
)
def write_breach(request: Request) -> told.BreachView:
    """Write a breach down."""
    from chalicelib.usecases.record_breach import record_breach

    body, deps = request.body, bootstrap.deps()
    made = record_breach(
        discovered_at=body.discovered_at,
        happened=body.happened,
        logins=body.logins,
        first=body.first,
        last=body.last,
        measures=body.measures,
        key=request.idempotency_key or "",
        actor=request.caller,
        deps=deps,
    )
    return told.shown(made, deps.clock.now())


@endpoint(
    routes,
    "GET",
    "/v1/desk/breaches",
    allow=ANSWERABLE,
    returns={200: told.Breaches},
    summary="Các sự cố dữ liệu cá nhân",
    tags=("personal-data",),
)
def list_breaches(request: Request) -> told.Breaches:
    """List the breaches."""
    return told.breaches(bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/desk/breaches/{breach}",
    allow=ANSWERABLE,
    returns={200: told.BreachReport},
    summary="Một sự cố: hồ sơ nào bị xem, phần nào, người gửi là ai",
    tags=("personal-data",),
)
def read_breach(request: Request, breach: BreachId) -> told.BreachReport:
    """Report a breach."""
    return report(breach, request.caller)


def report(breach: str, caller: Actor) -> told.BreachReport:
    """Return whose data was touched; that the caller is shown it is written down first."""
    from chalicelib.usecases.list_touched import list_touched

    deps = bootstrap.deps()
    found = deps.breaches.find(breach)
    touched, more = list_touched(found, actor=caller, deps=deps)
    return told.breach_report(found, touched, deps, more=more)


@endpoint(
    routes,
    "POST",
    "/v1/desk/breaches/{breach}/notice",
    allow=ANSWERABLE,
    body=NoticeBody,
    returns={200: told.BreachView},
    summary="Ghi nhận đã báo cơ quan có thẩm quyền",
    tags=("personal-data",),
    idempotency="optional",
    refuses=(409,),
)
def notify(request: Request, breach: BreachId) -> told.BreachView:
    """Note that the authority was told."""
    from chalicelib.usecases.record_breach import note_notice

    body, deps = request.body, bootstrap.deps()
    made = note_notice(breach, at=body.at, measures=body.measures, actor=request.caller, deps=deps)
    return told.shown(made, deps.clock.now())
