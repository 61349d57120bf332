"""What a round counts for: the cells of the tables. A number is how often its cell is named; so its cases are found.

A cell is "<row>/<column>", a row "total", "kind:report", "unit:so_tu_phap", "officer:so_tu_phap~3f2a…" …
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from chalicelib.domain.reporting.rounds import ANSWERED, LATE, RECEIVED, REFUSED, REOPENED, Round

TOTAL, PAKN, CONDUCT = "total", "pakn", "conduct"
DUTY = {"opened", "closed", "overdue"}


@dataclass(frozen=True, slots=True)
class Groups:
    """What counts as what at a centre: kinds that are phản ánh, kiến nghị; channels that are online; the rating that
    says not satisfied.
    """

    pakn: tuple[str, ...]
    online: tuple[str, ...]
    unsatisfied: str


@dataclass(slots=True)
class Figures:
    """Cell → number, the names behind the rows of officers (unit and name), the tallies of the period before."""

    counts: dict[str, int] = field(default_factory=dict)
    officers: dict[str, tuple[str, str]] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)

    def add(self, one: Round, groups: Groups) -> None:
        """Count a round."""
        for cell in cells_of(one, groups):
            self.counts[cell] = self.counts.get(cell, 0) + 1
        if one.outcome == ANSWERED and one.officer:
            self.officers[officer(one.unit, one.officer)] = (one.unit, one.officer)

    def of(self, row: str, column: str) -> int:
        """Return a number."""
        return self.counts.get(f"{row}/{column}", 0)

    def rows(self, prefix: str) -> list[str]:
        """Return the rows of a table that have any number, e.g. of "unit:"."""
        return sorted({cell.partition("/")[0] for cell, n in self.counts.items() if n and cell.startswith(prefix)})


def figures(rounds: Iterable[Round], groups: Groups) -> Figures:
    """Count rounds."""
    made = Figures()
    for one in rounds:
        made.add(one, groups)
    return made


def cells_of(one: Round, groups: Groups) -> Iterator[str]:
    """Yield the cells that a round counts in, a cell as often as it counts."""
    columns = list(_columns(one, groups))
    for row in _rows(one, groups):
        for column in columns:
            yield f"{row}/{column}"
    yield from _of_duties(one)
    yield from _of_marks(one)
    if one.flows and one.reason:
        yield f"reason:{one.reason}/refused"
    if one.about == CONDUCT and one.flows:
        yield from _of_conduct(one)


@lru_cache(maxsize=4096)
def officer(unit: str, name: str) -> str:
    """Return the row of an official: a name does not belong into an address."""
    return f"officer:{unit}~{hashlib.sha256(name.encode()).hexdigest()[:12]}"


def _rows(one: Round, groups: Groups) -> Iterator[str]:
    yield TOTAL
    yield from (f"channel:{one.channel}", f"kind:{one.kind}", f"field:{one.field}", f"unit:{one.unit}")
    if one.kind in groups.pakn:
        yield from (PAKN, f"pakn:{one.unit}")
    if one.outcome == ANSWERED and one.officer:
        yield officer(one.unit, one.officer)


def _columns(one: Round, groups: Groups) -> Iterator[str]:
    if one.flows:
        yield from ("entered", one.origin)
        if one.origin == RECEIVED:
            yield "received_online" if one.channel in groups.online else "received_other"
        if one.rating == groups.unsatisfied and one.origin != REOPENED:
            yield "unsatisfied"
        yield from _of_outcome(one)
        if one.prolonged:
            yield "prolonged"
    if one.rating:
        yield from ("rated", f"rated_{one.rating}")
    yield from (deed for deed in one.deeds if "." not in deed)


def _of_outcome(one: Round) -> Iterator[str]:
    yield one.outcome
    if one.outcome != REFUSED:
        yield f"{one.outcome}_{one.timing}"
    if one.outcome == ANSWERED or one.timing == LATE:
        yield "due"
    if one.told_late:
        yield "told_late"


def _of_duties(one: Round) -> Iterator[str]:
    for deed in one.deeds:
        duty, _, done = deed.partition(".")
        if done in DUTY:
            yield f"duty:{duty}/{done}"


def _of_marks(one: Round) -> Iterator[str]:
    for mark in one.marks:
        if mark.counted:
            yield from (f"{row}/late_stages" for row in (TOTAL, f"unit:{mark.unit}"))
            if mark.corrected:
                yield from (f"{row}/late_stages_corrected" for row in (TOTAL, f"unit:{mark.unit}"))


def _of_conduct(one: Round) -> Iterator[str]:
    for row in (CONDUCT, *(f"unit:{unit}" for unit in one.accused)):
        yield from (f"{row}/conduct", f"{row}/conduct_{one.verdict or 'unjudged'}")
