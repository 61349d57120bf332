"""Hold a report against what it is made of: the kept rounds, the log folded anew, the tallies of the same days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from chalicelib.domain.reporting import layout
from chalicelib.domain.reporting.cells import TOTAL, figures
from chalicelib.ports import Deps
from chalicelib.usecases.make_report import rounds, tallied

# Columns of the whole → counters of the same events. Ratings stand on the day of the first one in both.
TALLIED = {
    "received": "received",
    "reopened": "reopened",
    "answered": "answered",
    "told_late": "answered_late",
    "refused": "refused",
    "published": "published",
    "late_stages": "late_stages",
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A number that is not what something else says: "rounds", "log" or "tallies"."""

    by: str
    cell: str
    reported: int
    said: int


def prove_report(name: str, deps: Deps) -> list[Mismatch]:
    """Return what differs; raises NotFoundError, UnavailableError."""
    report = deps.reports.get(name)
    kept = deps.report_files.figures(report).counts
    counting = layout.groups(deps.regulation, deps.report_rules)
    counters = tallied(report.period, deps)
    said = {f"{TOTAL}/{column}": counters.get(counter, 0) for column, counter in TALLIED.items()}
    return [
        *_differences("rounds", kept, figures(deps.report_files.rounds(report), counting).counts),
        *_differences("log", kept, figures(rounds(report, deps), counting).counts),
        *_differences("tallies", kept, said, said),
    ]


def _differences(
    by: str, kept: Mapping[str, int], said: Mapping[str, int], only: Iterable[str] = ()
) -> Iterator[Mismatch]:
    for cell in sorted(only or kept.keys() | said.keys()):
        if kept.get(cell, 0) != said.get(cell, 0):
            yield Mismatch(by, cell, kept.get(cell, 0), said.get(cell, 0))
