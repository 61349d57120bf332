"""Who was shown whose data: an item each, by log-in and day; an index finds it by case. Nothing here changes one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo import lifetimes, shards
from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import AccessItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.access import Access


class DynamoAccessLog:
    """Keeps the port AccessLog."""

    def note(self, seen: Sequence[Access]) -> None:
        """Write them, each unless the same person was shown the same by the same door in this very millisecond."""
        for one in seen:
            try:
                _item(one).save(AccessItem.pk.does_not_exist())
            except PutError as error:
                if not condition_failed(error):
                    raise unavailable(error) from error

    def of_person(self, name: str, start: datetime, end: datetime) -> Iterator[Access]:
        """Read day by day."""
        between, day = AccessItem.sk.between(instant(start), instant(end)), start
        while shards.utc_day(day) <= shards.utc_day(end):
            yield from _read(AccessItem.query, f"{name}#{shards.utc_day(day)}", between)
            day += timedelta(days=1)

    def of_case(self, code: str) -> Iterator[Access]:
        """Read the index."""
        return _read(AccessItem.by_case.query, code, None, scan_index_forward=False)


def _item(one: Access) -> AccessItem:
    at = instant(one.at)
    return AccessItem(
        f"{one.name}#{shards.utc_day(one.at)}",
        f"{at}#{one.code}#{one.door}",
        code=one.code,
        seen_at=f"{at}#{one.name}",
        role=one.role,
        unit=one.unit,
        parts=",".join(one.parts),
        expires=lifetimes.expires("access_log", one.at),
    )


def _read(query: Any, key: str, condition: Any, **how: Any) -> Iterator[Access]:
    try:
        for item in query(key, condition, **how):
            at, code, door = item.sk.split("#")
            name = item.pk.rpartition("#")[0]
            parts = tuple(item.parts.split(","))
            yield Access(datetime.fromisoformat(at), name, item.role, item.unit or "", code, parts, door)
    except PynamoDBException as error:
        raise unavailable(error) from error
