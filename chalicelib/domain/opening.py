"""Whether the office is open, and until when or from when: what people ask before they call (Điều 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.working_time import NeverDueError, WorkingCalendar

Hours = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The office at a moment: `open`, and when that changes, in the office's zone; None if it never does."""

    open: bool
    changes_at: datetime | None


@dataclass(frozen=True, slots=True)
class OfficeDay:
    """A date, its hours (none: closed), and whether the week alone would have it so."""

    date: date
    hours: Hours
    usual: bool


def opening(calendar: WorkingCalendar, now: datetime) -> Opening:
    """Tell whether the office works now; hours that touch, also over midnight, are one."""
    if not calendar.is_open(now):
        try:
            return Opening(False, calendar.next_open(now))
        except NeverDueError:
            return Opening(False, None)
    ends = None
    for start, end in calendar.open_intervals(now):
        if ends is not None and start > ends:
            return Opening(True, ends)
        ends = end
    return Opening(True, ends)


def office_days(calendar: WorkingCalendar, now: datetime, count: int) -> tuple[OfficeDay, ...]:
    """Return today and the days after it, as the office's zone has them."""
    today = now.astimezone(calendar.zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(count))
    return tuple(
        OfficeDay(day, hours, hours == calendar.weekly_hours(day))
        for day in days
        for hours in (calendar.hours_on(day),)
    )
