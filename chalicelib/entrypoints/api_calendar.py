"""The centre's calendar: everybody on the staff reads it, administrators announce what changes (docs/calendar.md)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta, field

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.entrypoints.wording import receipt
from chalicelib.views import calendar

routes = Blueprint(__name__)
MOST_DAYS, USUAL_DAYS = 400, 31
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
Clock = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)" + given.END, examples=["07:30"])]
Reason = Annotated[str, Meta(min_length=1, max_length=500, examples=["Nghỉ hoán đổi, làm bù ngày 10/01/2026"])]
Number = Annotated[int, Meta(ge=1, le=999_999, description="Số của thông báo")]


class DaysQuery(given.Body, frozen=True):
    """Từ ngày nào đến ngày nào, cả hai ngày; mặc định từ hôm nay, 31 ngày."""

    since: date | None = field(default=None, name="from")
    to: date | None = None


class ChangeBody(given.Body, frozen=True):
    """Một thông báo: ngày nghỉ, ngày làm việc (làm bù), hay đóng cửa trong một số giờ."""

    kind: Literal["day_off", "working_day", "closure"]
    dates: Annotated[tuple[date, ...], Meta(min_length=1, max_length=60, examples=[["2026-01-02"]])]
    reason: Reason
    frames: Annotated[
        list[tuple[Clock, Clock]],
        Meta(max_length=10, description="Giờ làm việc (để trống: như ngày thường), hoặc giờ đóng cửa"),
    ] = field(default_factory=list)
    document: Annotated[str, Meta(max_length=200, examples=["Công văn 12729/VPCP-KGVX"])] = ""


class WithdrawalBody(given.Body, frozen=True):
    """Vì sao thu hồi."""

    reason: Reason
    document: Annotated[str, Meta(max_length=200)] = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/calendar",
    allow=STAFF,
    query=DaysQuery,
    returns={200: calendar.Days},
    summary="Lịch làm việc từng ngày",
    tags=("calendar",),
)
def show_days(request: Request) -> calendar.Days:
    """Show the hours of each day and where they come from; at most 400 days, from 2000 to 2199."""
    from chalicelib.ports import local_day

    deps, query = bootstrap.deps(), request.query
    first = query.since or local_day(deps.clock.now(), deps.regulation)
    if not FIRST <= first <= LAST:
        raise _out_of_range("from")
    last = query.to or min(first + timedelta(days=USUAL_DAYS - 1), LAST)
    if not first <= last <= min(first + timedelta(days=MOST_DAYS - 1), LAST):
        raise _out_of_range("to")
    return calendar.days(first, last, deps)


@endpoint(
    routes,
    "GET",
    "/v1/desk/calendar/changes",
    allow=STAFF,
    returns={200: calendar.Changes},
    summary="Các thông báo thay đổi lịch và việc tính lại thời hạn",
    tags=("calendar",),
)
def list_changes(request: Request) -> calendar.Changes:
    """Show everything announced, newest first, and how far the open cases have followed."""
    return calendar.changes(bootstrap.deps())


@endpoint(
    routes,
    "POST",
    "/v1/desk/calendar/changes",
    allow={Role.ADMINISTRATOR},
    body=ChangeBody,
    returns={201: calendar.ChangeView, 200: calendar.ChangeView},
    summary="Thông báo ngày nghỉ, ngày làm bù, giờ đóng cửa",
    tags=("calendar",),
    idempotency="required",
    refuses=(409,),
)
def announce(request: Request) -> tuple[int, calendar.ChangeView]:
    """Announce a change; the deadlines of all open cases that it touches are recomputed in the background."""
    body = request.body
    return _announce(
        request, kind=body.kind, dates=body.dates, frames=tuple(body.frames), reason=body.reason, document=body.document
    )


@endpoint(
    routes,
    "POST",
    "/v1/desk/calendar/changes/{number}/withdraw",
    allow={Role.ADMINISTRATOR},
    body=WithdrawalBody,
    returns={201: calendar.ChangeView, 200: calendar.ChangeView},
    summary="Thu hồi một thông báo thay đổi lịch",
    tags=("calendar",),
    idempotency="required",
    refuses=(409,),
)
def withdraw(request: Request, number: Number) -> tuple[int, calendar.ChangeView]:
    """Withdraw a change by one more; deadlines move back."""
    body = request.body
    return _announce(request, kind="withdrawal", reason=body.reason, document=body.document, withdraws=number)


def _announce(request: Request, **wanted: object) -> tuple[int, calendar.ChangeView]:
    from chalicelib.usecases.announce_change import Announcement, announce_change

    deps, key = bootstrap.deps(), receipt(request, "calendar")
    assert key is not None, "the routes require a key"
    announcement = Announcement(**wanted)  # type: ignore[arg-type] # each view names the fields it has
    change, repeated = announce_change(announcement, actor=request.caller, receipt=key, deps=deps)
    return 200 if repeated else 201, calendar.one(change.number, deps)


def _out_of_range(parameter: str) -> InvalidError:
    title = f"Chỉ xem được tối đa {MOST_DAYS} ngày, từ năm {FIRST.year} đến năm {LAST.year}"
    return InvalidError("invalid_request", title, errors=[{"parameter": parameter, "detail": title}])
