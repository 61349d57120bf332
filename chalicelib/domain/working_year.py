"""One local year of office hours as sorted tables of instants (whole microseconds since 1970-01-01T00:00Z)."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.calendar_parsing import CalendarRules

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


def to_instant(at: datetime) -> int:
    """Return the microseconds since the epoch of an aware datetime in any zone."""
    if at.utcoffset() is None:
        raise ValueError(f"{at.isoformat()} has no time zone; times of the working clock must be aware")
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_instant(instant: int, zone: ZoneInfo) -> datetime:
    """Return the instant as a datetime of the zone."""
    return (_EPOCH + timedelta(microseconds=instant)).astimezone(zone)


class WorkingYear:
    """Intervals [opens[i], closes[i]) and the working microseconds of the year up to each closing."""

    __slots__ = ("closes", "opens", "total", "upto")

    def __init__(self, rules: CalendarRules, year: int) -> None:
        self.opens, self.closes, self.upto = array("q"), array("q"), array("q")
        self.total = 0
        for start, end in _intervals(rules, year):
            self.total += end - start
            self.opens.append(start)
            self.closes.append(end)
            self.upto.append(self.total)

    def worked_until(self, instant: int) -> int:
        """Return the working time of this year that lies before the instant."""
        index = bisect_right(self.closes, instant)
        if index == len(self.closes):
            return self.total
        return self.upto[index] - (self.closes[index] - max(instant, self.opens[index]))

    def reached(self, worked: int) -> int:
        """Return the first instant at which `worked` (0 < worked <= total) of this year has passed."""
        index = bisect_left(self.upto, worked)
        return self.closes[index] - (self.upto[index] - worked)

    def intervals_from(self, instant: int) -> Iterator[tuple[int, int]]:
        """Yield what is left of the year's intervals, the first one cut at the instant."""
        for index in range(bisect_right(self.closes, instant), len(self.closes)):
            yield max(instant, self.opens[index]), self.closes[index]


def _intervals(rules: CalendarRules, year: int) -> Iterator[tuple[int, int]]:
    offset = _offset(rules.zone, date(year, 1, 1).toordinal())
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        next_offset = _offset(rules.zone, ordinal + 1)
        for frame in rules.frames_on(date.fromordinal(ordinal)):
            if offset == next_offset:
                midnight = (ordinal - _EPOCH_DAY) * DAY - offset
                start, end = (midnight + minute * MINUTE for minute in frame)
            else:
                start, end = (_first_instant(rules.zone, ordinal, minute) for minute in frame)
            if start < end:
                yield start, end
        offset = next_offset


def _offset(zone: ZoneInfo, ordinal: int) -> int:
    offset = datetime.combine(date.fromordinal(ordinal), time.min, zone).utcoffset()
    assert offset is not None
    return offset // _MICROSECOND


def _first_instant(zone: ZoneInfo, ordinal: int, minute: int) -> int:
    """Return the first instant at which the office's clock shows this local time or a later one.

    So a time in the spring gap is the moment of the jump, and a time the autumn shows twice is its first showing:
    the only reading under which frames keep their order and every real minute is counted at most once.
    """
    wall = datetime.combine(date.fromordinal(ordinal), time.min) + timedelta(minutes=minute)
    first = to_instant(wall.replace(tzinfo=zone, fold=0))
    other = to_instant(wall.replace(tzinfo=zone, fold=1))
    if other >= first:
        return first
    clock = range(other, first + 1)
    return clock[bisect_left(clock, wall, key=lambda instant: from_instant(instant, zone).replace(tzinfo=None))]
