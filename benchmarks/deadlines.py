"""A deadline in working time: 5 and 80 hours, and the tables behind it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from benchmarks.table import Line, compared
from chalicelib.adapters.regulation_files import calendar
from chalicelib.domain.working_time import WorkingCalendar

CALLS = 20000
START = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def lines() -> list[Line]:
    """Measure deadlines of both lengths over a year of starts, and building ten years."""
    rules = calendar("hoa_binh")
    office = WorkingCalendar.from_mapping(rules)
    starts = [START + timedelta(minutes=25 * n) for n in range(CALLS)]
    short, long = (_each(office, starts, minutes) for minutes in (300, 4800))
    built = _seconds(lambda: _decade(WorkingCalendar.from_mapping(rules)))
    return [
        compared("a deadline of 80 working hours / of 5", long, short, "µs", limit=2.0),
        Line("  … the calendar of ten years, built", f"{built * 1000:.1f} ms"),
    ]


def _each(calendar: WorkingCalendar, starts: list[datetime], minutes: int) -> float:
    calendar.due(starts[0], minutes)
    calendar.due(starts[-1], minutes)
    return _seconds(lambda: [calendar.due(start, minutes) for start in starts]) / len(starts) * 1e6


def _decade(calendar: WorkingCalendar) -> None:
    for year in range(2020, 2030):
        calendar.next_open(START.replace(year=year))


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
