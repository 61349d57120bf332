"""The office clock: deadlines and durations in working time only (Điều 3.2, 9; R59-R63).

Every time given must be an aware datetime, in any zone. Every time returned is written in the calendar's zone, with
the offset of that moment as a fixed one: so times compare and subtract as instants, where Python would go by the wall
clock between two datetimes of a zone with summer time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from math import inf
from typing import Any, Self
from zoneinfo import ZoneInfo

from chalicelib.domain.calendar_parsing import CalendarError, CalendarRules, Frames, clock, parse_rules
from chalicelib.domain.working_year import (
    DAY,
    EPOCH,
    FIRST_YEAR,
    LAST_YEAR,
    MINUTE,
    WorkingYear,
    from_instant,
    to_instant,
    year_until,
)

__all__ = ["CalendarError", "NeverDueError", "Pauses", "WorkingCalendar"]

Pauses = Iterable[tuple[datetime, datetime | None]]
_Spans = list[tuple[int, int | None]]
_FOREVER = 1e15  # minutes
_PATIENCE = 400  # years: after so many the weeks and the leap days begin again


class NeverDueError(ValueError):
    """The moment asked for never comes: the office does not open again, or an open pause holds the clock."""


class WorkingCalendar:
    """An immutable calendar of one office; tables of a year are built when that year is first asked about."""

    __slots__ = ("_rules", "_years")

    def __init__(self, rules: CalendarRules, years: dict[int, WorkingYear] | None = None) -> None:
        self._rules = rules
        self._years = years or {}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Build a calendar from data; every key but the first two is optional.

        `{"timezone": "Asia/Ho_Chi_Minh", "weekly": {"mon": [["07:30", "11:30"], ["13:30", "17:00"]]},
        "holidays": ["2026-02-17"], "date_overrides": {"2026-01-10": [["07:30", "11:30"]]},
        "breaks": {"2026-03-03": [["09:00", "10:00"]]}}`. A holiday closes the whole local date and wins over an
        override; an override replaces the date's weekly frames; a break cuts frames. Frames may end at "24:00".
        Raises CalendarError naming the offending entry.
        """
        return cls(parse_rules(mapping))

    def with_changes(
        self,
        holidays: Iterable[date | str] = (),
        date_overrides: Mapping[Any, Any] | None = None,
        breaks: Mapping[Any, Any] | None = None,
    ) -> Self:
        """Return a calendar with these entries added, in the shapes of `from_mapping`.

        The entries added win over those there: an override opens a former holiday and replaces an earlier override of
        that date; among the added a holiday wins. A break is added to those of that date.
        """
        rules, touched = self._rules.with_changes(holidays, date_overrides, breaks)
        years = {day.year for day in touched}
        return type(self)(rules, {number: year for number, year in self._years.items() if number not in years})

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone."""
        return self._rules.zone

    @property
    def usual_hours(self) -> tuple[tuple[str, str], ...]:
        """The hours of the first weekday that has any: what a make-up day works unless told."""
        return next((_as_text(frames) for frames in self._rules.weekly if frames), ())

    def hours_on(self, day: date) -> tuple[tuple[str, str], ...]:
        """Return the hours of a local date, ("07:30", "11:30") …; empty when the office is closed."""
        return _as_text(self._rules.frames_on(day))

    def weekly_hours(self, day: date) -> tuple[tuple[str, str], ...]:
        """Return what the week alone would give a date."""
        return _as_text(self._rules.weekly[day.weekday()])

    def is_open(self, at: datetime) -> bool:
        """Tell whether the office works at this instant; frames are half-open, closing time is closed."""
        instant = to_instant(at)
        return next((start <= instant for start, _ in self._intervals(instant)), False)

    def next_open(self, at: datetime) -> datetime:
        """Return `at` if open, else the next opening; raises NeverDueError if there is none in 400 years."""
        return self._written(self._next_open(to_instant(at)))

    def open_intervals(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield (from, to) in order, the first one cut at `start`; frames that touch stay apart.

        Ends with the last opening the calendar knows, for a weekly calendar after 400 years.
        """
        for opening, closing in self._intervals(to_instant(start)):
            yield self._written(opening), self._written(closing)

    def due(self, start: datetime, minutes: float, pauses: Pauses = ()) -> datetime:
        """Return when `minutes` (>= 0, to the microsecond) of working time have passed since `start`.

        A budget used up exactly at closing time is due then, not at the next opening. A start outside hours counts
        from the next opening, and zero minutes are due at the start if open, else at the next opening. `pauses` are
        (from, to) pairs that stop the clock, merged where they overlap; `to` is None while one is still open.
        Raises NeverDueError if an open pause comes first, or if 400 years are not enough.
        """
        if not pauses:
            try:
                since, work, year = start - EPOCH, minutes * MINUTE, self._years[start.year]
                if type(work) is not int:
                    work = round(work)
            except (TypeError, ValueError, OverflowError, KeyError):
                due = None  # the first question of a year, or one to be refused below
            else:
                due = year.due(since, work)
            if due:
                return due
        if not 0 <= minutes < inf:
            raise ValueError(f"{minutes} is not a number of minutes from zero up")
        work = round(min(minutes, _FOREVER) * MINUTE)
        return self._written(self._due(*self._after(_merged(pauses), to_instant(start), work)))

    def elapsed_minutes(self, start: datetime, end: datetime, pauses: Pauses = ()) -> float:
        """Return the working minutes from `start` to `end` outside `pauses`.

        A float that holds every microsecond (`due(start, result)` gives them back) for up to 140 working years.
        Raises ValueError if `end` lies before `start`.
        """
        begin, finish = to_instant(start), to_instant(end)
        if finish < begin:
            raise ValueError(f"{end.isoformat()} lies before {start.isoformat()}")
        work = self._worked(begin, finish)
        for stop, resume in _merged(pauses):
            back = finish if resume is None else resume
            work -= self._worked(max(begin, stop), min(finish, back))
        return work / MINUTE

    def _written(self, instant: int) -> datetime:
        return from_instant(instant, self._rules.zone)

    def _year(self, number: int) -> WorkingYear:
        year = self._years.get(number)
        if year is None:
            year = self._years[number] = WorkingYear(self._rules, number)
        return year

    def _years_from(self, instant: int) -> Iterator[WorkingYear]:
        first = max(year_until(instant), FIRST_YEAR)
        for number in range(first, min(self._rules.last_year(first + _PATIENCE), LAST_YEAR) + 1):
            yield self._year(number)

    def _intervals(self, instant: int) -> Iterator[tuple[int, int]]:
        for year in self._years_from(instant):
            yield from year.intervals_from(instant)

    def _next_open(self, instant: int) -> int:
        for start, _ in self._intervals(instant):
            return start
        raise NeverDueError(f"the office does not open again after {from_instant(instant, UTC).isoformat()}")

    def _after(self, spans: _Spans, instant: int, work: int) -> tuple[int, int]:
        """Return from when no pause stops the clock before what is then left of the work is done."""
        for stop, resume in spans:
            if instant < stop:
                if self._reaches(instant, work, stop):
                    break
                work -= self._worked(instant, stop)
            if resume is None:
                raise NeverDueError("the clock is paused with no end, so the time is never due")
            instant = max(instant, resume)
        return instant, work

    def _due(self, instant: int, work: int) -> int:
        if work == 0:
            return self._next_open(instant)
        for year in self._years_from(instant):
            done = year.worked_until(instant) + work
            if done <= year.total:
                return year.reached(done)
            work = done - year.total
        raise NeverDueError(f"too little working time is left after {from_instant(instant, UTC).isoformat()}")

    def _reaches(self, instant: int, work: int, stop: int) -> bool:
        if work:
            return work <= self._worked(instant, stop)
        return next((start < stop for start, _ in self._intervals(instant)), False)

    def _worked(self, start: int, end: int) -> int:
        if end <= start:
            return 0
        first, last = max(year_until(start), FIRST_YEAR), min(year_until(end + 6 * DAY), LAST_YEAR)
        years = (self._year(number) for number in range(first, last + 1))
        return sum(year.worked_until(end) - year.worked_until(start) for year in years)


def _as_text(frames: Frames) -> tuple[tuple[str, str], ...]:
    return tuple((clock(start), clock(end)) for start, end in frames)


def _merged(pauses: Pauses) -> _Spans:
    spans: _Spans = []
    for start, end in sorted((_span(pause) for pause in pauses), key=lambda span: span[0]):
        last = spans[-1][1] if spans else start - 1
        if last is None:
            break
        if start > last:
            spans.append((start, end))
        else:
            spans[-1] = (spans[-1][0], None if end is None else max(last, end))
    return spans


def _span(pause: tuple[datetime, datetime | None]) -> tuple[int, int | None]:
    start, end = pause
    if end is None:
        return to_instant(start), None
    stop, resume = to_instant(start), to_instant(end)
    if resume < stop:
        raise ValueError(f"a pause ends at {end.isoformat()}, before it starts at {start.isoformat()}")
    return stop, resume
