"""What is to be seen to beside the stages of cases: senders to telephone, duties of conduct reports (R69, R75)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import PHONE_THE_SENDER, Case
from chalicelib.ports import Deps, unit_name
from chalicelib.views.case_summary import ActionView, CaseSummary, duty, summary

Seen = TypeVar("Seen")
UNITS = frozenset({Role.OFFICER, Role.AGENCY})


class ToPhone(Struct, frozen=True):
    """Hồ sơ có người gửi cần được gọi điện, chờ lâu nhất trước; `cursor` trống là trang cuối."""

    cases: tuple[CaseSummary, ...]
    cursor: str = ""


class DutyView(Struct, frozen=True):
    """Một văn bản còn phải theo dõi: của hồ sơ nào, gửi cơ quan nào."""

    code: str
    case_version: int
    unit_name: str
    document: ActionView


class Duties(Struct, frozen=True):
    """Văn bản chưa có kết quả, hạn sớm nhất trước; `cursor` trống là trang cuối."""

    duties: tuple[DutyView, ...]
    cursor: str = ""


def to_phone(actor: Actor, deps: Deps, *, limit: int, cursor: str) -> ToPhone:
    """Show a page of the cases whose sender is to be telephoned; officers see those their unit answers for."""

    def waits(case: Case) -> bool:
        return PHONE_THE_SENDER in case.flags and (actor.role not in UNITS or case.agency == actor.unit)

    found, following = page_of(deps, cursor, limit, lambda case: (case,) if waits(case) else ())
    return ToPhone(tuple(summary(case, actor, deps) for case in found), following)


def duties(unit: str, deps: Deps, *, overdue: bool, limit: int, cursor: str) -> Duties:
    """Show a page of cases' open duties, of a unit where one is given, and only the overdue ones where these are."""

    def of(case: Case) -> tuple[DutyView, ...]:
        return tuple(
            DutyView(case.code, case.version, unit_name(action.unit, deps), duty(action, deps))
            for action in case.open_actions
            if unit in ("", action.unit) and (action.overdue or not overdue)
        )

    found, following = page_of(deps, cursor, limit, of)
    return Duties(tuple(found), following)


def page_of(deps: Deps, after: str, limit: int, see: Callable[[Case], tuple[Seen, ...]]) -> tuple[list[Seen], str]:
    """Return what is to be seen of the next cases, of at most `limit` of them, and the cursor behind the last."""

    def seen() -> Iterator[tuple[str, tuple[Seen, ...]]]:
        for place, case in deps.lists.to_follow_up(after):
            if found := see(case):
                yield place, found

    page = list(islice(seen(), limit + 1))
    shown = [one for _, found in page[:limit] for one in found]
    return shown, page[limit - 1][0] if len(page) > limit else ""
