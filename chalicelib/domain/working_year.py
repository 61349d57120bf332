"""One local year of office hours as sorted tables of instants (whole microseconds since 1970-01-01T00:00Z)."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from chalicelib.domain.calendar_parsing import CalendarRules

MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
FIRST_YEAR, LAST_YEAR = 1, 9998  # those whose every midnight Python can name
_PLAIN_YEARS = range(1971, 2242)  # in which a float of seconds since the epoch holds every microsecond
_NEVER = 2**62
_WEEK = 7
_from_timestamp = datetime.fromtimestamp  # looked up once: a deadline takes a microsecond, this a thirtieth of it
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MICROSECOND = timedelta(microseconds=1)


def to_instant(at: datetime) -> int:
    """Return the microseconds since the epoch of an aware datetime in any zone."""
    try:
        since = at - EPOCH
    except TypeError as naive:
        raise ValueError(f"{at} has no time zone; times of the working clock must be aware") from naive
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_instant(instant: int, zone: ZoneInfo | timezone) -> datetime:
    """Return the instant with the offset that the zone has then, as a fixed one."""
    at = (EPOCH + timedelta(microseconds=instant)).astimezone(zone)
    return at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))


def year_until(instant: int) -> int:
    """Return a year in which the instant lies or which ended less than a week before it, in every zone."""
    # 400 years are 146,097 days. A year begins within two days of its mean beginning, and no zone is a whole day off.
    return (instant // DAY - 3) * 400 // 146_097 + 1970


class WorkingYear:
    """The year's intervals in order; interval i ends at closes[i], after upto[i + 1] of the year's working time.

    `lost[i]` is the closed time before interval i: an instant in it less the working time until then. One more entry
    stands behind the last interval. `upto` and `lost` are lists because an array makes each number anew: a deadline
    would take a third longer.
    """

    __slots__ = ("_first", "_first_day", "_plain", "closes", "lost", "total", "upto", "zone")

    def __init__(self, rules: CalendarRules, year: int) -> None:
        self.closes = array("q")
        self.lost: list[int] = []
        self.upto = [0]
        self.total = 0
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        offsets = [_offset(rules.zone, ordinal) for ordinal in range(first, last + 2)]
        self.zone = rules.zone if len(set(offsets)) > 1 else timezone(timedelta(microseconds=offsets[0]))
        for start, end in _intervals(rules, first, offsets):
            self.lost.append(start - self.total)
            self.total += end - start
            self.closes.append(end)
            self.upto.append(self.total)
        self.closes.append(_NEVER)
        self.lost.append(_NEVER)
        self._plain = isinstance(self.zone, timezone) and year in _PLAIN_YEARS
        # For each UTC day the interval that it finds or awaits. Around New Year, when zones disagree on the year, it is
        # the one behind the last: on the first day, and the day before, which Python reckons from the end of the table.
        self._first_day = first - _EPOCH_DAY
        days = range(self._first_day + 1, last - _EPOCH_DAY + _WEEK)
        self._first = array("H", [len(self.lost) - 1, *(bisect_right(self.closes, day * DAY) for day in days)])

    def due(self, since: timedelta, work: int) -> datetime | None:
        """Return when `work` (> 0) microseconds are done, `since` the epoch; None if that is not within this year.

        The one question that is asked a thousand times, so written out.
        """
        upto, lost, closes, day = self.upto, self.lost, self.closes, since.days
        instant = (day * 86_400 + since.seconds) * 1_000_000 + since.microseconds
        index = self._first[day - self._first_day]
        while closes[index] <= instant:
            index += 1
        done = instant - lost[index]
        if done < upto[index]:  # noqa: PLR1730 - max() would take as long as three of these lines
            done = upto[index]
        done += work
        if work <= 0 or done > self.total:
            return None
        due = lost[bisect_left(upto, done) - 1] + done
        return _from_timestamp(due / 1_000_000, self.zone) if self._plain else from_instant(due, self.zone)

    def worked_until(self, instant: int) -> int:
        """Return the working time of this year that lies before the instant."""
        index = bisect_right(self.closes, instant)
        return max(self.upto[index], instant - self.lost[index])

    def reached(self, worked: int) -> int:
        """Return the first instant at which `worked` (0 < worked <= total) of this year has passed."""
        return self.lost[bisect_left(self.upto, worked) - 1] + worked

    def intervals_from(self, instant: int) -> Iterator[tuple[int, int]]:
        """Yield what is left of the year's intervals, the first one cut at the instant."""
        for index in range(bisect_right(self.closes, instant), len(self.closes) - 1):
            yield max(instant, self.lost[index] + self.upto[index]), self.closes[index]


def _intervals(rules: CalendarRules, first: int, offsets: list[int]) -> Iterator[tuple[int, int]]:
    for ordinal, (offset, next_offset) in enumerate(pairwise(offsets), first):
        for frame in rules.frames_on(date.fromordinal(ordinal)):
            if offset == next_offset:
                midnight = (ordinal - _EPOCH_DAY) * DAY - offset
                start, end = (midnight + minute * MINUTE for minute in frame)
            else:
                start, end = (_first_instant(rules.zone, ordinal, minute) for minute in frame)
            if start < end:
                yield start, end


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
