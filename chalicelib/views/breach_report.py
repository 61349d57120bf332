"""Whose personal data log-ins touched in the days of a breach: for the authority, and to tell the people concerned."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.domain.case_code import display

if TYPE_CHECKING:
    from chalicelib.domain.breaches import Breach, Touch
    from chalicelib.ports import Deps


class BreachView(Struct, frozen=True):
    """Một sự cố dữ liệu cá nhân: phát hiện khi nào, việc gì, hạn báo cơ quan có thẩm quyền, đã báo chưa."""

    id: str
    discovered_at: datetime
    due_at: datetime
    happened: str
    logins: list[str]
    first: date
    last: date
    recorded_by: str
    recorded_at: datetime
    measures: str
    notified_at: datetime | None
    overdue: bool


class Touched(Struct, frozen=True):
    """Một hồ sơ bị xem: những phần nào, mấy lần, từ khi nào đến khi nào, và cách báo cho người gửi."""

    code: str
    display_code: str
    parts: list[str]
    times: int
    first_at: datetime
    last_at: datetime
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    anonymised: bool = False


class BreachReport(Struct, frozen=True):
    """Sự cố và những hồ sơ bị xem; `more`: còn nữa, xin chia nhỏ khoảng ngày hoặc tài khoản."""

    breach: BreachView
    authority: str
    touched: tuple[Touched, ...]
    accesses: Annotated[int, Meta(description="Số lần xem")]
    more: bool


class Breaches(Struct, frozen=True):
    """Các sự cố, mới phát hiện trước."""

    breaches: tuple[BreachView, ...]


def shown(breach: Breach, now: datetime) -> BreachView:
    """Show a breach."""
    return BreachView(
        id=breach.id,
        discovered_at=breach.discovered_at,
        due_at=breach.due_at,
        happened=breach.happened,
        logins=[*breach.logins],
        first=breach.first,
        last=breach.last,
        recorded_by=breach.by,
        recorded_at=breach.recorded_at,
        measures=breach.measures,
        notified_at=breach.notified_at,
        overdue=(breach.notified_at or now) > breach.due_at,
    )


def breaches(deps: Deps) -> Breaches:
    """List them."""
    now = deps.clock.now()
    return Breaches(tuple(shown(one, now) for one in deps.breaches.all()))


def breach_report(breach: Breach, touched: Iterable[Touch], deps: Deps, *, more: bool) -> BreachReport:
    """Show whose data was touched."""
    rows = tuple(_touched(one) for one in touched)
    return BreachReport(
        breach=shown(breach, deps.clock.now()),
        authority=deps.retention.breach.authority,
        touched=rows,
        accesses=sum(one.times for one in rows),
        more=more,
    )


def _touched(one: Touch) -> Touched:
    sender = one.sender
    return Touched(
        code=one.code,
        display_code=display(one.code),
        parts=[*one.parts],
        times=one.times,
        first_at=one.first_at,
        last_at=one.last_at,
        name=sender.name,
        phone=sender.phone,
        email=sender.email,
        address=sender.address,
        anonymised=one.anonymised,
    )
