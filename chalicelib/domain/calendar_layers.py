"""Calendars one on top of another: a country's public holidays, what its government announced, a centre's own list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from chalicelib.domain.calendar_parsing import WEEKDAYS, CalendarError, parse_date, parse_dates

Layer = Mapping[str, Any]
_DATED = ("holidays", "date_overrides", "breaks")


def layered(*layers: Layer) -> dict[str, Any]:
    """Lay calendars over each other, lowest first; return the mapping for `WorkingCalendar.from_mapping`.

    A layer has the keys of that mapping, all optional. For each date the uppermost layer that names it wins: a day
    off above makes an override below it idle, an override above opens a day off below. Inside one layer a day off
    beats an override, as in `from_mapping`. Breaks of all layers add up; `timezone` and `weekly` are those of the
    uppermost layer that gives them, whole. Raises CalendarError naming the first bad entry, by its place in its layer.
    """
    whole: dict[str, Any] = {}
    days_off: set[str] = set()
    overrides: dict[str, Any] = {}
    breaks: dict[str, list[Any]] = {}
    for layer in layers:
        holidays, _, _ = parse_dates(layer)
        whole |= {key: value for key, value in layer.items() if key not in _DATED}
        worked = _by_date(layer.get("date_overrides"))
        days_off = days_off - worked.keys() | set(map(str, holidays))
        overrides |= worked
        for day, cuts in _by_date(layer.get("breaks")).items():
            breaks[day] = [*breaks.get(day, ()), *(cuts or ())]
    return {**whole, "holidays": sorted(days_off), "date_overrides": overrides, "breaks": breaks}


def outside(years: Collection[int], layer: Layer) -> dict[str, Any]:
    """Return the layer without its days off of these years, for whoever has a complete list of them."""
    holidays, _, _ = parse_dates(layer)
    if not all(isinstance(year, int) for year in years):
        raise CalendarError(f"years: {years!r} are not years such as 2026")
    return {**layer, "holidays": [str(day) for day in sorted(holidays) if day.year not in years]}


def announced(said: Layer, weekly: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a government announced as a layer: its `holidays`, and its `swaps` with a centre's weekly hours.

    A swap names the day worked and the day off it is worked for, whose hours it has. Raises CalendarError.
    """
    worked = {
        str(parse_date(day, f"swaps.{day}")): weekly.get(WEEKDAYS[parse_date(off, f"swaps.{day}").weekday()])
        for day, off in said["swaps"].items()
    }
    return {"holidays": said["holidays"], "date_overrides": worked}


def _by_date(entries: Mapping[Any, Any] | None) -> dict[str, Any]:
    # A date of YAML and its text are one day.
    return {str(day): frames for day, frames in (entries or {}).items()}
