"""Who looked into which petition, for the head of the department; and the counts of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.petitions.events import Opened
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.report import Report, report
from chalicelib.ports import unit_name

if TYPE_CHECKING:
    from chalicelib.domain.petitions.petition import Petition
    from chalicelib.domain.petitions.rules import PetitionRules
    from chalicelib.ports.petitions import PetitionDeps

LONGEST = timedelta(days=366 * 5)  # nobody asks for older numbers: they were reported


class Opening(Struct, frozen=True):
    """Somebody looked into a part (content, identity) of a petition."""

    code: str
    seq: int
    at: datetime
    by: str
    role: str
    part: str


class Openings(Struct, frozen=True):
    """Those of a month, in order."""

    month: str
    openings: tuple[Opening, ...]


def openings(month: str, deps: PetitionDeps) -> Openings:
    """Return who looked into what in a month (of UTC, as the log has it)."""
    found = (
        Opening(one.code, one.seq, one.at, one.actor.name, one.actor.role, one.event.part)
        for one in deps.petitions.openings_in(month)
        if isinstance(one.event, Opened)
    )
    return Openings(month, tuple(found))


def month_report(month: str, rules: PetitionRules, deps: PetitionDeps) -> Report:
    """Return the counts of a month ("2026-11")."""
    first = date.fromisoformat(f"{month}-01")
    last = _next(first) - timedelta(days=1)
    unit = unit_name(rules.unit, deps)
    return report(_of(first, deps), unit, first, last, deps.regulation.calendar)


def _of(first: date, deps: PetitionDeps) -> Iterator[Petition]:
    """Those that were open on that day or came later: open now, or closed since."""
    yield from deps.petitions.open_ones()
    month, today = first, local_date(deps.clock.now(), deps.regulation.calendar)
    month = max(month, (today - LONGEST).replace(day=1))
    while month <= today:
        yield from deps.petitions.closed_in(f"{month:%Y-%m}")
        month = _next(month)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
