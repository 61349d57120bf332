"""Who was shown whose personal data, for those who answer for it and for the person concerned (R99)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Final

from msgspec import Meta, Struct

from chalicelib.domain.access import period
from chalicelib.domain.case_code import display
from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.access import Access

MOST: Final = 500


class AccessView(Struct, frozen=True):
    """Một lần xem: lúc nào, tài khoản nào, hồ sơ nào, phần nào, qua đâu."""

    at: datetime
    login: str
    role: str
    unit: str
    unit_name: str
    code: str
    display_code: str
    parts: Annotated[list[str], Meta(description="contact: người gửi; content: nội dung; file: tệp; copy: bản sao")]
    door: str


class AccessList(Struct, frozen=True):
    """Các lần xem; `more`: còn nữa, xin thu hẹp khoảng ngày."""

    seen: tuple[AccessView, ...]
    more: bool = False


def of_person(login: str, first: date, last: date, deps: Deps) -> AccessList:
    """List what a log-in was shown on these local days; raises InvalidError."""
    start, end = period(first, last, deps.regulation.calendar.zone)
    return _listed(deps.access.of_person(login, start, end), deps)


def of_case(code: str, deps: Deps) -> AccessList:
    """List who was shown a case, the last one first."""
    return _listed(deps.access.of_case(code), deps)


def _listed(found: Iterable[Access], deps: Deps) -> AccessList:
    rows = list(islice(found, MOST + 1))
    return AccessList(tuple(shown(one, deps) for one in rows[:MOST]), more=len(rows) > MOST)


def shown(one: Access, deps: Deps) -> AccessView:
    """Show one."""
    unit = unit_name(one.unit, deps) if one.unit else ""
    code = display(one.code)
    return AccessView(one.at, one.name, one.role, one.unit, unit, one.code, code, [*one.parts], one.door)
