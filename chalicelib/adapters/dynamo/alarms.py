"""The list of alarms, in the sparse index by_alarm: sharded by case, each shard in order of time.

What could not be looked at stands under a key of its own there (`ASIDE`), so that it is never in the way. Every commit
writes the head anew, and with it the alarm: a case set aside comes back by its next change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from pynamodb.exceptions import PynamoDBException, UpdateError

from chalicelib.adapters.dynamo import codec, shards
from chalicelib.adapters.dynamo.lists import merged
from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import NotFoundError
from chalicelib.ports import Alarm, Aside

Line = tuple[str, str]  # alarm_key and alarm_at of a head
ASIDE = "aside"
LAST = "~"  # sorts after every time and code
PAGE = 100  # lines read at a time: what is read follows what is due, also where a run takes only a part


class DynamoAlarms:
    """Keeps the port Alarms."""

    def due(self, now: datetime, *, limit: int) -> Iterator[Alarm]:
        """Alarms at or before now, the earliest first; more are read as they are taken."""
        until = CaseItem.alarm_at <= codec.instant(now) + LAST
        found = merged(CaseItem.by_alarm, shards.alarm_keys(), until, "alarm_at", limit, min(limit, PAGE))
        for item in islice(found, limit):
            yield Alarm(item.pk, _time(item.alarm_at) or now, item.alarm_at)

    def walk(self, cursor: str, *, limit: int) -> tuple[tuple[str, ...], str]:
        """Return a page of the whole list, shard by shard; the cursor is the shard and the sort key of the last seen.

        Whoever walks meets every line that stays where it is or moves to a later time.
        """
        shard, _, seen = cursor.partition("|")
        keys, place = shards.alarm_keys(), int(shard or 0)
        after = CaseItem.alarm_at > seen if seen else None
        items = list(merged(CaseItem.by_alarm, [keys[place]], after, "alarm_at", limit))
        codes = dict.fromkeys(item.pk for item in items)  # one that has just moved may still stand in two places
        if len(items) == limit:
            return tuple(codes), f"{place}|{items[-1].alarm_at}"
        return tuple(codes), f"{place + 1}|" if place + 1 < len(keys) else ""

    def put_off(self, alarm: Alarm, to: datetime) -> None:
        """Move a line that is still as it was read."""
        move(alarm.code, line(alarm.code, to), CaseItem.alarm_at == alarm.line)

    def set_aside(self, alarm: Alarm, since: datetime, error: str) -> None:
        """Move a line that is still as it was read to the list of those set aside."""
        aside = ASIDE, f"{codec.instant(since)}_{alarm.code}_{error}"  # a cursor: no "#", which ends a URL's query
        move(alarm.code, aside, CaseItem.alarm_at == alarm.line)

    def aside(self, *, limit: int, cursor: str) -> tuple[tuple[Aside, ...], str]:
        """Return a page, the longest aside first; the cursor is the sort key of the last one seen."""
        after = CaseItem.alarm_at > cursor if cursor else None
        items = list(merged(CaseItem.by_alarm, [ASIDE], after, "alarm_at", limit + 1))
        more = len(items) > limit
        return tuple(_aside(item.alarm_at) for item in items[:limit]), items[limit - 1].alarm_at if more else ""

    def count_aside(self, *, up_to: int) -> int:
        """Count without reading more than so many."""
        try:
            return int(CaseItem.by_alarm.count(ASIDE, limit=up_to))
        except PynamoDBException as error:
            raise unavailable(error) from error

    def put_back(self, code: str, now: datetime) -> None:
        """Put a case back on the list of alarms."""
        if not move(code, line(code, now), CaseItem.alarm_key == ASIDE):
            raise NotFoundError("not_aside", "Hồ sơ này không nằm trong danh sách để riêng")


def line(code: str, at: datetime | None) -> Line | None:
    """Return the keys of a case in the list of alarms; None where it is not to ring."""
    return (f"alarm#{shards.of(code, shards.ALARM)}", f"{codec.instant(at)}#{code}") if at else None


def rings_at(head: CaseItem) -> datetime | None:
    """Return when the sweep finds a case; None where it does not: a case set aside has a line without a time."""
    return _time(head.alarm_at or "")


def move(code: str, to: Line | None, condition: Any) -> bool:
    """Change where a head stands in the list, and nothing else; False where the condition does not hold."""
    key, at = CaseItem.alarm_key, CaseItem.alarm_at
    try:
        CaseItem(code, HEAD).update(
            [key.set(to[0]), at.set(to[1])] if to else [key.remove(), at.remove()], condition=condition
        )
    except UpdateError as error:
        if condition_failed(error):
            return False
        raise unavailable(error) from error
    return True


def _time(text: str) -> datetime | None:
    """Read the time of a line; None where there is none: one bad line must not stop the sweep."""
    try:
        return datetime.fromisoformat(text.partition("#")[0])
    except ValueError:
        return None


def _aside(text: str) -> Aside:
    since, code, error = text.split("_", 2)
    return Aside(code, datetime.fromisoformat(since), error)
