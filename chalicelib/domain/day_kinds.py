"""What kind of day a date is for whoever awaits work: its weekday, whether it is worked, how near a break is.

From the office's calendar alone: a break is longer than a usual weekend, a long one (Tết) a week or more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
LONG = 7  # closed days in a row that make a long break
NEAR = 12  # days before and after a long break that are not as others
REACH = 45  # closed days in a row are looked for so far
SATURDAY = 5

Works = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class DayKind:
    """`usual`: a weekday 0 to 6 as the week has it, "day off" or "made up"; `near`: what a break makes of it, or ""."""

    usual: str
    near: str
    worked: bool


class DayKinds:
    """Tells kinds of days; `works` says whether the office works on a date."""

    def __init__(self, works: Works) -> None:
        self._works = cache(works)

    def of(self, day: date) -> DayKind:
        """Return the kind of a day."""
        worked, weekend = self._works(day), day.weekday() >= SATURDAY and not self._week_works(day.weekday(), day)
        if worked:
            usual = "made up" if weekend else str(day.weekday())
        else:
            usual = str(day.weekday()) if weekend else "day off"
        return DayKind(usual, self._near(day, worked=worked), worked)

    def _week_works(self, weekday: int, day: date) -> bool:
        """Tell whether such a weekday is worked as a rule: in most of the weeks around."""
        around = [day + timedelta(weeks=week) for week in (-3, -2, -1, 1, 2, 3)]
        return weekday < SATURDAY or sum(map(self._works, around)) > len(around) / 2

    def _near(self, day: date, *, worked: bool) -> str:
        if not worked:
            return "in a long break" if self._run(day, DAY) + self._run(day, -DAY) + 1 >= LONG else ""
        for step, name in ((-DAY, "after"), (DAY, "before")):
            days = self._run(day, step)
            if days > self._weekend(day, step):
                return f"{name} a break" if days < LONG else f"{name} a long break"
        return self._within_reach(day)

    def _within_reach(self, day: date) -> str:
        for step, name in ((-DAY, "soon after"), (DAY, "soon before")):
            at = day
            for _ in range(NEAR):
                at += step
                if not self._works(at):
                    run = self._run(at, step) + 1
                    if run >= LONG:
                        return f"{name} a long break"
                    at += (run - 1) * step
        return ""

    def _run(self, day: date, step: timedelta) -> int:
        """Count the closed days next to a day."""
        at, found = day + step, 0
        while found < REACH and not self._works(at):
            at, found = at + step, found + 1
        return found

    def _weekend(self, day: date, step: timedelta) -> int:
        """Count the closed days that would stand there in a usual week."""
        at, found = day + step, 0
        while found < REACH and at.weekday() >= SATURDAY and not self._week_works(at.weekday(), at):
            at, found = at + step, found + 1
        return found
