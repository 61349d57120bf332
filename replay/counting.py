"""Counts the runs of stages, as they were and as they would have been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from chalicelib.domain.regulation import Regulation
from chalicelib.domain.replay import replayed
from chalicelib.views.export import Line
from replay.stage_runs import Told, stage_runs


@dataclass(slots=True)
class Count:
    """Runs of a stage at a unit: all, still running, late as it was, late as it would have been."""

    runs: int = 0
    running: int = 0
    was_late: int = 0
    would_be_late: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


Key = tuple[bool, str, str]  # binding under the other regulation, stage, unit


@dataclass(slots=True)
class Totals:
    """Everything counted, in memory that grows with stages and units only."""

    cases: int = 0
    events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    as_of: datetime | None = None
    counts: dict[Key, Count] = field(default_factory=dict)
    unjudged: Counter[str] = field(default_factory=Counter)  # stage → runs

    def add(self, case: Sequence[Line], rules: Regulation) -> None:
        """Count a case."""
        self.cases += 1
        self.events += len(case)
        self.first = self.first or case[0].at
        self.last, self.as_of = case[0].at, case[0].as_of
        for run in stage_runs(case):
            self._judge(run, rules)

    def _judge(self, told: Told, rules: Regulation) -> None:
        try:
            outcome = replayed(told.run, rules)
        except (KeyError, ValueError, OverflowError):  # no such stage, or a calendar that ends too early
            self.unjudged[told.clock.name] += 1
            return
        key = (outcome.binding, told.clock.name, told.unit)
        count = self.counts.get(key)
        if count is None:
            count = self.counts[key] = Count()
        count.runs += 1
        count.running += told.running
        count.was_late += told.late
        count.would_be_late += outcome.late


def counted(cases: Iterable[Sequence[Line]], rules: Regulation) -> Totals:
    """Count all cases under the rules of a regulation."""
    totals = Totals()
    for case in cases:
        totals.add(case, rules)
    return totals
