"""What will be late at the present pace of each holder (R111). Reads only: counters, then the cases next due."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from chalicelib.domain import pace
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Holder
from chalicelib.ports import Deps

HOLDERS = 12  # of the whole centre so many are looked into, those with the longest queues
CASES = 100  # of one holder, those next due

Finished = Counter[Holder]


def foresee_late(deps: Deps, *, role: str | None = None, unit: str | None = None) -> pace.Outlook:
    """Return what is to be expected of one unit's holders, or of those of the centre with the longest queues."""
    now, rules = deps.clock.now(), deps.regulation
    window = pace.window(rules.calendar, now)
    finished = _finished(window, deps)
    if unit is not None:
        holders, unread = [holder for holder in holders_of(unit, deps) if role in (None, holder.role)], 0
    else:
        holders, unread = _longest_queues(role, window, finished, deps)
    found = [_prospect(holder, window, finished[holder], now, deps) for holder in holders]
    return pace.Outlook(now, window, pace.worst_first([one for one in found if one.queue or one.waiting]), unread)


def holders_of(unit: str, deps: Deps) -> tuple[Holder, ...]:
    """Return who may hold cases at a unit: operators, leadership, or one-stop officer and focal officer."""
    if unit == deps.regulation.operators:
        return (Holder(Role.OPERATOR, unit),)
    if unit == deps.regulation.leadership:
        return (Holder(Role.LEADERSHIP, unit),)
    return Holder(Role.OFFICER, unit), Holder(Role.AGENCY, unit)


def _finished(window: pace.Window, deps: Deps) -> Finished:
    found: Finished = Counter()
    for row, roles in deps.tallies.between("finished", f"{window.first}#", f"{window.last}#~").items():
        for role, count in roles.items():
            found[Holder(role, row.partition("#")[2])] += count
    return found


def queues(deps: Deps) -> Counter[Holder]:
    """Return how many open cases everybody has who ever had one: one query."""
    found: Counter[Holder] = Counter()
    for row, roles in deps.tallies.month("holders").items():
        found.update({Holder(name, row.partition("#")[0]): count for name, count in roles.items()})
    return found


def _longest_queues(role: str | None, window: pace.Window, finished: Finished, deps: Deps) -> tuple[list[Holder], int]:
    pressures = {
        holder: pace.pressure(count, window.pace(finished[holder]), holder.role, deps.regulation)
        for holder, count in queues(deps).items()
        if count > 0 and role in (None, holder.role)
    }
    ordered = sorted(pressures, key=lambda holder: (-pressures[holder], holder.unit, holder.role))
    return ordered[:HOLDERS], len(ordered[HOLDERS:])


def _prospect(holder: Holder, window: pace.Window, finished: int, now: datetime, deps: Deps) -> pace.Prospect:
    page = deps.lists.of_holder(holder.role, holder.unit, limit=CASES, cursor="")
    its_pace = window.pace(finished)
    queue = pace.expect(page.cases, its_pace, deps.regulation, now)
    return pace.Prospect(holder, finished, its_pace, len(page.cases) - len(queue), queue, bool(page.cursor))
