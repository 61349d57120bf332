"""What a sweep of any number of due cases costs and takes, and how many shards its index needs: calculated.

The model of a large centre: a case is open for a week; it is looked at four times (reminders, lateness or not,
closing) and its alarm moves six times; all of that falls into the 37.5 hours of 168 in which offices are open.
The worst minute: what came while offices were closed over a weekend starts together, and so becomes due together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.operations import Table
from benchmarks.table import Line
from chalicelib.adapters.dynamo import shards
from chalicelib.adapters.dynamo.alarms import PAGE
from chalicelib.entrypoints.schedules import SWEEPERS
from infra.functions import FUNCTIONS

DUE = 100
LARGE = (1_000_000, 10_000_000)
LIFE_DAYS, LOOKS, MOVES = 7, 4, 6
OFFICE, WEEK, WEEKEND = 37.5, 168, 62.5  # hours; a weekend: Friday 17:00 to Monday 07:30
PARTITION, PLANNED = 1000, 0.5  # write units a second of an index key (DynamoDB guide, "partition keys"); so full
LINE_BYTES, UNIT_BYTES = 115, 8192  # of an index line; of an eventually consistent read unit, billed by halves of it
STORE_SECONDS, CORE_SECONDS = 0.020, 0.002  # of a look: waiting for the store (assumed), working on a whole core
CORE_MB = 1769  # of memory make a whole core: AWS Lambda guide, "Configure memory"
FORMULA = 1.05
MEASURED = ("open cases", "calls", "read units", "write units")
CALCULATED = ("open cases", "due at once", "which is", *MEASURED[1:], "index writes/s", "shards needed", "takes")
MEMORY = next(function.memory for function in FUNCTIONS if function.name == "sweep")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one sweep: calls, and DynamoDB's read and write units."""

    calls: int
    read: float
    written: float


def checked(at: Cost) -> list[Line]:
    """Hold the formulas against what was measured with so many due."""
    return [
        held("calls of a sweep, calculated / measured", _calls(DUE), at.calls, limit=FORMULA),
        held("read units of a sweep, calculated / measured", _read(DUE), at.read, limit=FORMULA),
    ]


def held(what: str, number: float, against: float, *, limit: float) -> Line:
    """Make the line of two numbers that must agree: what is less is as wrong as what is more."""
    apart = max(number / against, against / number)
    return Line(what, f"{number:g}", f"{against:g}", apart, limit)


def measured(costs: Mapping[int, Cost]) -> Table:
    """Lay out what was measured."""
    rows = [(f"{count:,}", f"{at.calls:,}", f"{at.read:g}", f"{at.written:g}") for count, at in costs.items()]
    return f"A sweep with {DUE} due:", MEASURED, rows


def calculated(at: Cost) -> Table:
    """Lay out what follows for larger centres."""
    rows = []
    for count in LARGE:
        minute = count * LOOKS / (LIFE_DAYS * 24 * 60) * WEEK / OFFICE
        rows += [
            _row(count, DUE, f"{DUE} a minute", at),
            _row(count, minute, "a minute of office hours", at),
            _row(count, count / LIFE_DAYS / 24 * WEEKEND, "a weekend's, all together", at),
        ]
    return "A sweep at larger numbers, calculated (benchmarks/scale.py has the model):", CALCULATED, rows


def _row(count: int, due: float, which: str, at: Cost) -> tuple[str, ...]:
    moves = count * MOVES * 2 / (LIFE_DAYS * 86_400) * WEEK / OFFICE
    needed = math.ceil(moves / (PARTITION * PLANNED))
    written = f"{at.written / DUE * due:,.0f}"
    takes = f"{_seconds(due, MEMORY):,.0f} s at {MEMORY} MB, {_seconds(due, CORE_MB):,.0f} s at {CORE_MB} MB"
    return (
        f"{count:,}",
        f"{due:,.0f}",
        which,
        f"{_calls(due):,.0f}",
        f"{_read(due):,.0f}",
        written,
        f"{moves:,.0f}",
        f"{needed} (has {max(shards.ALARM)})",
        takes,
    )


def _pages(due: float) -> int:
    """Return how many pages of the index a sweep reads, over all shards; an empty shard is asked, too."""
    return max(shards.ALARM) * max(1, math.ceil(due / max(shards.ALARM) / PAGE))


def _calls(due: float) -> float:
    """Pages; a read and a transaction of each case; the watermark; the count of those set aside."""
    return _pages(due) + 2 * due + 2


def _read(due: float) -> float:
    """Half a unit for each 4 KB of a page; one for each case; half a one for the count of those set aside."""
    lines = due / _pages(due)
    return _pages(due) * math.ceil(max(1, lines * LINE_BYTES) * 2 / UNIT_BYTES) / 2 + due + 0.5


def _seconds(due: float, memory: int) -> float:
    """Return how long the looks take: bound by the threads that wait or by the part of a core that works."""
    return due * max(STORE_SECONDS / SWEEPERS, CORE_SECONDS * max(1, CORE_MB / memory))
