"""The week past in numbers: what was open at a unit, came, went, and is open (Điều 12.1, 15). From counters alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
DAYS = [timedelta(days=number) for number in range(7)]
LONGEST_BREAK = 8  # weeks; beyond that the calendar is wrong


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Flow:
    """Cases of a unit: open before the first day, come and gone in these days, open after the last."""

    opening: int
    came: int
    went: int

    @property
    def open(self) -> int:
        """What is left."""
        return self.opening + self.came - self.went


def days_to_report(today: date, begins: int, works: Callable[[date], bool]) -> Days | None:
    """Return the week past if today is the first working day of its own; else None.

    A week off brought nobody a report of the one before it: both are told together.
    """
    start = today - timedelta(days=(today.weekday() - begins) % 7)
    if not works(today) or any(works(day) for day in (start + past for past in DAYS) if day < today):
        return None
    first = start - WEEK
    for _ in range(LONGEST_BREAK):
        if any(works(first + day) for day in DAYS):
            break
        first -= WEEK
    return Days(first, start - timedelta(days=1))


def flows(open_now: Mapping[str, int], moved: Mapping[str, Mapping[str, int]], days: Days) -> dict[str, Flow]:
    """Return unit → flow; `moved` are the rows "<day>#<unit>" (taken, left) from the first of the days until now."""
    within: dict[str, tuple[int, int]] = {}
    before = dict(open_now)
    for row, counts in moved.items():
        day, _, unit = row.partition("#")
        taken, left = counts.get("taken", 0), counts.get("left", 0)
        before[unit] = before.get(unit, 0) - taken + left
        if date.fromisoformat(day) <= days.last:
            came, went = within.get(unit, (0, 0))
            within[unit] = came + taken, went + left
    found = {unit: Flow(opening, *within.get(unit, (0, 0))) for unit, opening in before.items()}
    return {unit: flow for unit, flow in found.items() if flow.opening or flow.came or flow.went}
