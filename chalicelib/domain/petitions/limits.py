"""Limits in days, as the law counts them (Bộ luật Dân sự 2015 Điều 147, 148). Pure.

The day of the event is not counted (147.3). A limit in days runs over days off, and ends with the next working day
where its last day is one (148.5); a limit in working days counts those alone. It ends at midnight of its last day
(148.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from chalicelib.domain.working_time import NeverDueError, WorkingCalendar

CALENDAR, WORKING = "calendar", "working"
PATIENCE = 400  # days: no office is closed for longer


@dataclass(frozen=True, slots=True)
class Limit:
    """So many days, counted as days of the calendar or as working days, by this article."""

    days: int
    counted: str
    article: str

    def ends_on(self, start: date, calendar: WorkingCalendar, granted: int = 0) -> date:
        """Return the last day, `granted` days later than it would be; raises NeverDueError."""
        days = self.days + granted
        if self.counted == WORKING:
            return next(islice(_working_days(start, calendar), days - 1, None))
        last = start + timedelta(days=days)
        return next(_working_days(last - timedelta(days=1), calendar))


def local_date(at: datetime, calendar: WorkingCalendar) -> date:
    """Return the day that it is at the office."""
    return at.astimezone(calendar.zone).date()


def _working_days(after: date, calendar: WorkingCalendar) -> Iterator[date]:
    day, closed = after, 0
    while closed < PATIENCE:
        day += timedelta(days=1)
        closed = 0 if calendar.hours_on(day) else closed + 1
        if not closed:
            yield day
    raise NeverDueError(f"the office does not open within {PATIENCE} days after {after}")
