"""A holder's open cases by due time, as people look through them: a filtered page, with urgency in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import OVERSEERS, Actor, Role
from chalicelib.domain.errors import ForbiddenError
from chalicelib.views.case_summary import CaseSummary, summary
from chalicelib.views.follow_ups import to_phone

if TYPE_CHECKING:
    from chalicelib.domain.case import Case, Stage
    from chalicelib.domain.regulation import Regulation
    from chalicelib.ports import Deps, Page

READ_AT_MOST = 500  # cases of one page: rare ones are looked for further on the next
SOON = 0.75  # of the time: as the ladder's first rung warns


class Urgency(Struct, frozen=True):
    """Còn hay đã quá bao nhiêu phút làm việc; `level`: late, over (a target's time), soon, calm, waiting, none."""

    level: str
    minutes: int = 0


class Row(Struct, frozen=True):
    """Một dòng của danh sách."""

    case: CaseSummary
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of a holder's cases are wanted; what is empty does not count."""

    state: str = ""
    kind: str = ""
    field: str = ""
    priority: str = ""
    late: bool = False

    def has(self, row: Row) -> bool:
        """Tell whether a case is wanted."""
        case = row.case
        pairs = ((self.state, case.state), (self.kind, case.kind), (self.field, case.field))
        fits = all(wanted in ("", found) for wanted, found in (*pairs, (self.priority, case.priority)))
        return fits and (not self.late or row.urgency.level in ("late", "over"))


def holder_of(caller: Actor, role: str | None, unit: str | None) -> tuple[str, str]:
    """Return whose list is asked for, one's own unless said; raises ForbiddenError for another unit's."""
    wanted = unit or caller.unit
    if caller.role not in OVERSEERS and wanted != caller.unit:
        raise ForbiddenError("not_your_unit", "Anh/chị chỉ xem được việc của đơn vị mình")
    return role or (Role.OPERATOR if caller.role == Role.ADMINISTRATOR else caller.role), wanted


def worklist(
    holder: tuple[str, str], wanted: Wanted, caller: Actor, deps: Deps, *, limit: int, cursor: str
) -> tuple[tuple[Row, ...], str]:
    """Return a page of at least `limit` rows, where there are so many, and the cursor of the next."""
    return _looked_through(partial(deps.lists.of_holder, *holder), wanted, caller, deps, limit=limit, cursor=cursor)


def supervised(
    unit: str, wanted: Wanted, caller: Actor, deps: Deps, *, limit: int, cursor: str
) -> tuple[tuple[Row, ...], str]:
    """Return such a page of what a unit supervises (R54)."""
    return _looked_through(partial(deps.lists.supervised, unit), wanted, caller, deps, limit=limit, cursor=cursor)


def supervisor_of(caller: Actor, unit: str | None, deps: Deps) -> str:
    """Return whose supervised cases are asked for, one's own unless said; empty where nobody supervises any.

    Raises ForbiddenError for another unit's.
    """
    supervisors = deps.routing.supervising
    if caller.role not in OVERSEERS:
        wanted = holder_of(caller, None, unit)[1]
        return wanted if wanted in supervisors else ""
    return unit if unit in supervisors else next(iter(supervisors), "")


def _looked_through(
    read: Callable[..., Page], wanted: Wanted, caller: Actor, deps: Deps, *, limit: int, cursor: str
) -> tuple[tuple[Row, ...], str]:
    found: list[Row] = []
    for _ in range(0, READ_AT_MOST, limit):
        page = read(limit=limit, cursor=cursor)
        found += [row for row in rows(page.cases, caller, deps) if wanted.has(row)]
        cursor = page.cursor
        if not cursor or len(found) >= limit:
            break
    return tuple(found), cursor


def calls(caller: Actor, deps: Deps, *, limit: int, cursor: str) -> tuple[tuple[Row, ...], str]:
    """Return a page of the cases whose sender is to be telephoned."""
    page = to_phone(caller, deps, limit=limit, cursor=cursor)
    return tuple(Row(case, Urgency("none")) for case in page.cases), page.cursor


def rows(cases: Iterable[Case], caller: Actor, deps: Deps) -> Iterable[Row]:
    """Show cases as rows."""
    return (Row(summary(case, caller, deps), urgency(case.stage, deps)) for case in cases)


def urgency(stage: Stage | None, deps: Deps) -> Urgency:
    """Say how soon a stage must be done, in working minutes; what is only a target is never late (ADR 6)."""
    from chalicelib.domain import stages

    if stage is None:
        return Urgency("none")
    if stage.paused:
        return Urgency("waiting")
    rules, now = deps.regulation, deps.clock.now()
    start, end = sorted((now, stage.due_at))
    minutes = round(rules.calendar.elapsed_minutes(start, end))
    if stages.passed(stage, now):
        return Urgency("late" if stage.binding else "over", minutes)
    return Urgency("soon" if _soon(stage, minutes, rules) else "calm", minutes)


def _soon(stage: Stage, minutes: int, rules: Regulation) -> bool:
    worked = rules.calendar.elapsed_minutes(stage.started_at, stage.due_at, stage.pauses)
    return minutes <= worked * (1 - SOON)
