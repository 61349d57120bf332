"""A second, slow office clock that shares no idea with the fast one: it looks at every minute in turn.

The office's clock is taken never to go back: in the hour an autumn repeats it stands still.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PATIENCE = 60 * 24 * 60


class SlowClock:
    """Times must be whole minutes; frames are compared as text, so 24:00 sorts after 23:59."""

    def __init__(self, calendar: dict) -> None:
        self._calendar = calendar
        self._zone = ZoneInfo(calendar["timezone"])

    def shows(self, at: datetime) -> tuple[str, str, str]:
        local = at.astimezone(self._zone)
        while local.fold:
            at -= MINUTE
            local = at.astimezone(self._zone)
        return local.date().isoformat(), local.strftime("%H:%M"), WEEKDAYS[local.weekday()]

    def is_open(self, at: datetime, pauses: list = ()) -> bool:
        if any(start <= at and (end is None or at < end) for start, end in pauses):
            return False
        day, clock, weekday = self.shows(at)
        if day in self._calendar.get("holidays", ()):
            return False
        frames = self._calendar.get("date_overrides", {}).get(day, self._calendar["weekly"].get(weekday, ()))
        breaks = self._calendar.get("breaks", {}).get(day, ())
        return _within(clock, frames) and not _within(clock, breaks)

    def next_open(self, at: datetime, pauses: list = ()) -> datetime:
        return next(minute for minute in self._minutes(at) if self.is_open(minute, pauses))

    def due(self, start: datetime, minutes: int, pauses: list = ()) -> datetime:
        if minutes == 0:
            return self.next_open(start, pauses)
        left = minutes
        for minute in self._minutes(start):
            left -= self.is_open(minute, pauses)
            if left == 0:
                return minute + MINUTE
        raise AssertionError

    def elapsed_minutes(self, start: datetime, end: datetime, pauses: list = ()) -> int:
        return sum(self.is_open(minute, pauses) for minute in takewhile(lambda at: at < end, self._minutes(start)))

    def _minutes(self, start: datetime) -> Iterator[datetime]:
        at = start.astimezone(UTC)
        for _ in range(PATIENCE):
            yield at
            at += MINUTE


def _within(clock: str, frames: list) -> bool:
    return any(start <= clock < end for start, end in frames)
