"""A year of the office's days as people look at it: month by month, and the days that are not as the week has them."""

from __future__ import annotations

from calendar import Calendar
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.views.calendar import DayView, days

if TYPE_CHECKING:
    from chalicelib.ports import Deps

_MONTHS = range(1, 13)


class OfficeDay(Struct, frozen=True):
    """A day of a month; `words` where it is no ordinary working day, `other` where it is not as the week has it."""

    date: date
    words: str
    closed: bool
    other: bool


class OfficeMonth(Struct, frozen=True):
    """A month in weeks of seven from Monday on; None where a day is another month's."""

    number: int
    weeks: tuple[tuple[OfficeDay | None, ...], ...]


class OfficeYear(Struct, frozen=True):
    """Twelve months, and the days that differ from the week with the reason."""

    number: int
    months: tuple[OfficeMonth, ...]
    others: tuple[DayView, ...]


def office_year(number: int, deps: Deps) -> OfficeYear:
    """Show a year by the calendar with everything announced."""
    known = {day.date: day for day in days(date(number, 1, 1), date(number, 12, 31), deps).days}
    shown = {day: _day(one, deps) for day, one in known.items()}
    others = tuple(known[day] for day, one in shown.items() if one.other)
    return OfficeYear(number, tuple(_month(number, month, shown) for month in _MONTHS), others)


def _month(year: int, month: int, shown: dict[date, OfficeDay]) -> OfficeMonth:
    weeks = Calendar().monthdatescalendar(year, month)
    return OfficeMonth(
        month, tuple(tuple(shown[day] if day.month == month else None for day in week) for week in weeks)
    )


def _day(one: DayView, deps: Deps) -> OfficeDay:
    usual = deps.regulation.calendar.weekly_hours(one.date)
    return OfficeDay(one.date, _words(one, bool(usual), one.hours == usual), not one.hours, one.hours != usual)


def _words(one: DayView, works_usually: bool, as_usual: bool) -> str:
    if as_usual:
        return "" if works_usually else "nghỉ"
    if not one.hours:
        return "nghỉ lễ" if one.why == "regulation" else "nghỉ thêm"
    return "đổi giờ" if works_usually else "làm bù"
