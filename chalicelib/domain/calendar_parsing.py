"""The rules of an office calendar as data: what the regulation file says, checked entry by entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Frame = tuple[int, int]
Frames = tuple[Frame, ...]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KEYS = {"timezone", "weekly", "holidays", "date_overrides", "breaks"}
_CLOCK = re.compile(r"(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")
_DAY_END = 24 * 60


class CalendarError(ValueError):
    """The calendar is malformed; the message begins with the offending entry, such as `weekly.mon[1]`."""


@dataclass(frozen=True, slots=True)
class CalendarRules:
    """Frames are (from, to) in minutes of the local day, sorted, half-open; `weekly` begins with Monday."""

    zone: ZoneInfo
    weekly: tuple[Frames, ...]
    holidays: frozenset[date]
    date_overrides: Mapping[date, Frames]
    breaks: Mapping[date, Frames]

    def frames_on(self, day: date) -> Frames:
        """Return the open frames of a local date: a holiday beats an override, an override beats the week."""
        if day in self.holidays:
            return ()
        frames = self.date_overrides.get(day)
        if frames is None:
            frames = self.weekly[day.weekday()]
        return _cut(frames, self.breaks[day]) if day in self.breaks else frames

    def last_year(self, horizon: int) -> int:
        """Return the last year in which the office can open; `horizon` when it opens week after week."""
        if any(self.weekly):
            return horizon
        return max((day.year for day, frames in self.date_overrides.items() if frames), default=0)

    def with_changes(
        self,
        holidays: Iterable[date | str] = (),
        date_overrides: Mapping[Any, Any] | None = None,
        breaks: Mapping[Any, Any] | None = None,
    ) -> tuple[CalendarRules, frozenset[date]]:
        """Return the rules with these entries added, and the dates they touch."""
        days_off = _holidays(holidays)
        overrides = _dated(date_overrides or {}, "date_overrides", _parse_frames)
        cuts = _dated(breaks or {}, "breaks", _parse_breaks)
        joined = {day: _merged((*self.breaks.get(day, ()), *added)) for day, added in cuts.items()}
        changed = replace(
            self,
            holidays=(self.holidays - overrides.keys()) | days_off,
            date_overrides={**self.date_overrides, **overrides},
            breaks={**self.breaks, **joined},
        )
        return changed, days_off | overrides.keys() | cuts.keys()


def parse_rules(mapping: Mapping[str, Any]) -> CalendarRules:
    """Check a calendar mapping and return its rules; raises CalendarError naming the first bad entry."""
    _check_keys(mapping)
    missing = [key for key in ("timezone", "weekly") if key not in mapping]
    if missing:
        raise CalendarError(f"{missing[0]}: missing")
    zone, weekly = _zone(mapping["timezone"]), _weekly(mapping["weekly"])
    return CalendarRules(zone, weekly, *parse_dates(mapping))


def parse_dates(layer: Mapping[str, Any]) -> tuple[frozenset[date], dict[date, Frames], dict[date, Frames]]:
    """Return the holidays, overrides and breaks of a mapping that may lack the rest; raises CalendarError likewise."""
    _check_keys(layer)
    return (
        _holidays(_given(layer, "holidays", ())),
        _dated(_given(layer, "date_overrides", {}), "date_overrides", _parse_frames),
        _dated(_given(layer, "breaks", {}), "breaks", _parse_breaks),
    )


def _check_keys(mapping: Mapping[str, Any]) -> None:
    if not isinstance(mapping, Mapping):
        raise CalendarError(f"the calendar: must map keys to entries, is {mapping!r}")
    unknown = sorted(map(str, set(mapping) - _KEYS))
    if unknown:
        raise CalendarError(f"{unknown[0]}: not a calendar key; use {', '.join(sorted(_KEYS))}")


def _given(entries: Mapping[str, Any], key: str, empty: object) -> object:
    # A key that YAML finds without a value holds None: nothing is listed.
    entry = entries.get(key)
    return empty if entry is None else entry


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise CalendarError(f"timezone: {name!r} is not a known time zone") from unknown


def _weekly(entries: object) -> tuple[Frames, ...]:
    if not isinstance(entries, Mapping):
        raise CalendarError("weekly: must map weekdays to frames")
    for key in entries:
        if key not in WEEKDAYS:
            raise CalendarError(f"weekly.{key}: not a weekday; use {', '.join(WEEKDAYS)}")
    return tuple(_parse_frames(_given(entries, key, ()), f"weekly.{key}") for key in WEEKDAYS)


def _holidays(entries: object) -> frozenset[date]:
    if isinstance(entries, str) or not isinstance(entries, Iterable):
        raise CalendarError("holidays: must be a list of dates")
    return frozenset(parse_date(entry, f"holidays[{index}]") for index, entry in enumerate(entries))


def _dated(entries: object, where: str, parse: Callable[[object, str], Frames]) -> dict[date, Frames]:
    if not isinstance(entries, Mapping):
        raise CalendarError(f"{where}: must map dates to frames")
    found: dict[date, Frames] = {}
    for key, frames in entries.items():
        day = parse_date(key, f"{where}.{key}")
        if day in found:
            raise CalendarError(f"{where}.{key}: given twice, as a date and as its text")
        found[day] = parse(() if frames is None else frames, f"{where}.{key}")
    return found


def parse_date(entry: object, where: str) -> date:
    """Return a date of YAML or its text; raises CalendarError that begins with `where`."""
    # YAML hands over a date object for an unquoted date; both spellings mean the same day.
    text = str(entry)
    try:
        day = date.fromisoformat(text)
    except ValueError as bad:
        raise CalendarError(f"{where}: {text!r} is not a date such as 2026-02-17") from bad
    if day.isoformat() != text:
        raise CalendarError(f"{where}: {text!r} is not a date such as 2026-02-17")
    return day


def _parse_breaks(entries: object, where: str) -> Frames:
    return _merged(_pairs(entries, where))


def _parse_frames(entries: object, where: str) -> Frames:
    pairs = _pairs(entries, where)
    ordered = sorted((*pair, place) for place, pair in enumerate(pairs))
    for (start, end, _), (later, latest, place) in pairwise(ordered):
        if later < end:
            overlap = f"{clock(later)}–{clock(latest)} overlaps {clock(start)}–{clock(end)}"
            raise CalendarError(f"{where}[{place}]: {overlap}")
    return tuple(sorted(pairs))


def _pairs(entries: object, where: str) -> list[Frame]:
    if not isinstance(entries, list | tuple):
        raise CalendarError(f"{where}: must be a list of [from, to] frames")
    return [_frame(entry, f"{where}[{index}]") for index, entry in enumerate(entries)]


def _frame(entry: object, where: str) -> Frame:
    if not isinstance(entry, list | tuple) or len(entry) != 2:  # noqa: PLR2004 - a pair
        raise CalendarError(f"{where}: {entry!r} is not a [from, to] frame")
    start, end = (_minute_of_day(edge, where) for edge in entry)
    if start >= end:
        raise CalendarError(f"{where}: {entry[0]}–{entry[1]} ends before it starts")
    return start, end


def _minute_of_day(edge: object, where: str) -> int:
    match = _CLOCK.fullmatch(edge) if isinstance(edge, str) else None
    if match is None:
        raise CalendarError(f"{where}: {edge!r} is not a time such as '07:30' (quoted, 00:00 to 24:00)")
    return _DAY_END if match[1] is None else int(match[1]) * 60 + int(match[2])


def clock(minute: int) -> str:
    """Write a minute of the day as 07:30; the last is 24:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _merged(frames: Iterable[Frame]) -> Frames:
    merged: list[Frame] = []
    for start, end in sorted(frames):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _cut(frames: Frames, breaks: Frames) -> Frames:
    """Take sorted, disjoint breaks out of sorted frames."""
    kept: list[Frame] = []
    for opening, end in frames:
        start = opening
        for gone, back in breaks:
            if gone < end and back > start:
                kept.append((start, gone))
                start = back
        kept.append((start, end))
    return tuple((start, end) for start, end in kept if start < end)
