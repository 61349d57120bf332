"""The office clock: deadlines and durations in working time only (2370/QĐ-UBND Điều 3.2, 9; R59-R63).

Every time given must be an aware datetime, in any zone; every time returned is the same instant written in the
calendar's zone. Compare and store them as instants (`.astimezone(UTC)`): in a zone with summer time, Python
subtracts two datetimes of one zone by the wall clock.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, Self
from zoneinfo import ZoneInfo

from chalicelib.domain.calendar_parsing import CalendarError, CalendarRules, Frames, parse_rules
from chalicelib.domain.working_year import DAY, MINUTE, WorkingYear, from_instant, to_instant

__all__ = ["CalendarError", "NeverDueError", "Pauses", "WorkingCalendar"]

Pauses = Iterable[tuple[datetime, datetime | None]]
_Spans = list[tuple[int, int | None]]
_LAST_YEAR = 2399


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
        """The office's time zone, in which results are written."""
        return self._rules.zone

    @property
    def usual_hours(self) -> tuple[tuple[str, str], ...]:
        """The hours of the first weekday that has any: what a make-up day works unless told."""
        return next((_as_text(frames) for frames in self._rules.weekly if frames), ())

    def is_open(self, at: datetime) -> bool:
        """Tell whether the office works at this instant; frames are half-open, closing time is closed."""
        instant = to_instant(at)
        return next((start <= instant for start, _ in self._intervals(instant)), False)

    def next_open(self, at: datetime) -> datetime:
        """Return `at` if open, else the next opening; raises NeverDueError if there is none before 2400."""
        return self._written(self._next_open(to_instant(at)))

    def open_intervals(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield (from, to) in order, the first one cut at `start`; frames that touch stay apart.

        Ends with the last opening the calendar knows, for a weekly calendar in 2399.
        """
        for opening, closing in self._intervals(to_instant(start)):
            yield self._written(opening), self._written(closing)

    def due(self, start: datetime, minutes: float, pauses: Pauses = ()) -> datetime:
        """Return when `minutes` (>= 0, to the microsecond) of working time have passed since `start`.

        A budget used up exactly at closing time is due then, not at the next opening. A start outside hours counts
        from the next opening, and zero minutes are due at the start if open, else at the next opening. `pauses` are
        (from, to) pairs that stop the clock, merged where they overlap; `to` is None while one is still open.
        Raises NeverDueError if an open pause or the end of the calendar comes first.
        """
        if not (isfinite(minutes) and minutes >= 0):
            raise ValueError(f"{minutes} is not a number of minutes from zero up")
        instant, work = to_instant(start), round(minutes * MINUTE)
        for stop, resume in _merged(pauses):
            if instant < stop:
                if self._reaches(instant, work, stop):
                    break
                work -= self._worked(instant, stop)
            if resume is None:
                raise NeverDueError("the clock is paused with no end, so the time is never due")
            instant = max(instant, resume)
        return self._written(self._due(instant, work))

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
        for number in range(_utc_year(instant - DAY), self._rules.last_year(_LAST_YEAR) + 1):
            yield self._year(number)

    def _intervals(self, instant: int) -> Iterator[tuple[int, int]]:
        for year in self._years_from(instant):
            yield from year.intervals_from(instant)

    def _next_open(self, instant: int) -> int:
        for start, _ in self._intervals(instant):
            return start
        raise NeverDueError(f"the office does not open again after {self._written(instant).isoformat()}")

    def _due(self, instant: int, work: int) -> int:
        if work == 0:
            return self._next_open(instant)
        for year in self._years_from(instant):
            target = year.worked_until(instant) + work
            if target <= year.total:
                return year.reached(target)
            work = target - year.total
        raise NeverDueError(f"too little working time is left after {self._written(instant).isoformat()}")

    def _reaches(self, instant: int, work: int, stop: int) -> bool:
        if work:
            return work <= self._worked(instant, stop)
        return next((start < stop for start, _ in self._intervals(instant)), False)

    def _worked(self, start: int, end: int) -> int:
        if end <= start:
            return 0
        years = (self._year(number) for number in range(_utc_year(start - DAY), _utc_year(end + DAY) + 1))
        return sum(year.worked_until(end) - year.worked_until(start) for year in years)


def _as_text(frames: Frames) -> tuple[tuple[str, str], ...]:
    return tuple((_clock(start), _clock(end)) for start, end in frames)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _utc_year(instant: int) -> int:
    # A day to either side covers every zone's offset; one year too many is counted as nothing.
    return time.gmtime(instant // 1_000_000).tm_year


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
