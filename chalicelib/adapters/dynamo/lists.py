"""Lists of cases over sharded index keys: read each shard from the same cursor, merge, cut.

A case that cannot be read is left out and logged: it must not hide the others. Its due time sets it aside for the desk.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import msgspec
from pynamodb.exceptions import PynamoDBException

from chalicelib import observability
from chalicelib.adapters.dynamo import codec, shards
from chalicelib.adapters.dynamo.tables import CHANGES, FOLLOW_UP, HEAD, CaseItem
from chalicelib.adapters.dynamo.transaction import unavailable
from chalicelib.domain.case import Case
from chalicelib.domain.events import EVENT_TYPES, Recorded
from chalicelib.ports import Page
from chalicelib.ports.keeping import Place

PAGE = 100
READ_AHEAD = 200  # events of a shard that are looked at in one read for those that begin a case


class DynamoLists:
    """Keeps the port CaseLists."""

    def of_holder(self, role: str, unit: str, *, limit: int, cursor: str) -> Page:
        """Open cases of a holder by due time; the cursor is the sort key of the last one seen."""
        after = CaseItem.due_key > cursor if cursor else None
        found = merged(CaseItem.by_holder, shards.holder_keys(role, unit), after, "due_key", limit + 1)
        items = list(islice(found, limit + 1))
        more = len(items) > limit
        cases = _cases(items[:limit])
        return Page(cases, items[limit - 1].due_key if more else "")

    def supervised(self, unit: str, *, limit: int, cursor: str) -> Page:
        """Open cases that a unit supervises by due time: the index has their keys, the cases are read as they are."""
        after = CaseItem.due_key > cursor if cursor else None
        found = merged(CaseItem.by_supervisor, shards.supervisor_keys(unit), after, "due_key", limit + 1)
        items = list(islice(found, limit + 1))
        heads = _heads([item.pk for item in items[:limit]])
        cases = _cases(heads[item.pk] for item in items[:limit] if item.pk in heads)
        return Page(cases, items[limit - 1].due_key if len(items) > limit else "")

    def of_sender(self, sender_key: str, *, limit: int) -> tuple[Case, ...]:
        """Cases of a sender, newest first."""
        found = list(_query(CaseItem.by_sender, sender_key, None, limit, newest_first=True))
        heads = _heads([item.pk for item in found if item.sk != HEAD])
        return _cases(heads.get(item.pk, item) for item in found)

    def late(self, unit: str, month: str, *, limit: int) -> tuple[Case, ...]:
        """Cases that became late at a unit in a month, the longest late first."""
        found = _query(CaseItem.by_late, f"{unit}#{month}", None, limit)
        return _cases(found)

    def to_follow_up(self, after: str = "") -> Iterator[tuple[str, Case]]:
        """Cases with a sender to telephone or an open duty, the earliest first; few, so one key holds them all."""
        behind = CaseItem.follow_at > after if after else None
        for item in _query(CaseItem.by_follow_up, FOLLOW_UP, behind, None, page=PAGE):
            if case := _readable(item):
                yield item.follow_at, case

    def led_to_change(self, start: datetime, end: datetime, after: str = "") -> Iterator[tuple[str, str]]:
        """Cases of which a change was noted in this time, the newest first, each with its cursor."""
        first, last = codec.instant(start), min(after or codec.instant(end), codec.instant(end))
        if last <= first:
            return
        noted = CaseItem.follow_at.between(first, last)
        for item in _query(CaseItem.by_follow_up, CHANGES, noted, None, newest_first=True, page=PAGE):
            if item.follow_at != after:
                yield item.follow_at, item.pk

    def events_between(self, start: datetime, end: datetime) -> Iterator[Recorded]:
        """Events with start <= at < end, in order of time, without their texts.

        One of a type that only a later version knows is left to that version.
        """
        between = CaseItem.day_sort.between(codec.instant(start), codec.instant(end))
        for item in _of_days(start, end, between):
            seq = int(item.sk.removeprefix("EVENT#"))
            if item.kind in EVENT_TYPES:
                yield codec.event_from_body(item.pk, seq, item.kind, item.body, {})

    def happened_between(self, start: datetime, end: datetime, kinds: Collection[str]) -> Iterator[Place]:
        """Where events of these types stand, start <= at < end, in order of time."""
        between = CaseItem.day_sort.between(codec.instant(start), codec.instant(end))
        for item in _of_days(start, end, between, page=READ_AHEAD, only=CaseItem.kind.is_in(*kinds)):
            yield Place(datetime.fromisoformat(item.at), item.pk, int(item.sk.removeprefix("EVENT#")), item.kind)

    def received_between(self, start: datetime, end: datetime, *, code: str) -> Iterator[tuple[datetime, str]]:
        """When and under which code cases came in, start <= at < end, in this order; at `start` from `code` on."""
        between = CaseItem.day_sort.between(f"{codec.instant(start)}#{code}", codec.instant(end))
        for item in _of_days(start, end, between, page=READ_AHEAD, only=CaseItem.kind == "Received"):
            yield datetime.fromisoformat(item.at), item.pk


def _of_days(start: datetime, end: datetime, between: Any, **how: Any) -> Iterator[CaseItem]:
    day = start
    while shards.utc_day(day) <= shards.utc_day(end):
        yield from merged(CaseItem.by_day, shards.day_keys(shards.utc_day(day)), between, "day_sort", None, **how)
        day += timedelta(days=1)


def merged(
    index: Any, keys: list[str], condition: Any, sort: str, limit: int | None, page: int | None = None, only: Any = None
) -> Iterator[CaseItem]:
    """Read the keys side by side in the order of `sort`, at most `limit` of each, a `page` at a time as needed.

    A page counts what is read; `only` some of it may be wanted.
    """
    streams = [_query(index, key, condition, limit, page=page, only=only) for key in keys]
    return heapq.merge(*streams, key=lambda item: getattr(item, sort))


def _heads(codes: list[str]) -> dict[str, CaseItem]:
    """Return the heads of cases that were found by something beside them."""
    try:
        return {item.pk: item for item in CaseItem.batch_get([(code, HEAD) for code in codes])} if codes else {}
    except PynamoDBException as error:
        raise unavailable(error) from error


def _cases(items: Iterable[CaseItem]) -> tuple[Case, ...]:
    return tuple(case for item in items if (case := _readable(item)))


def _readable(item: CaseItem) -> Case | None:
    try:
        return codec.case_from_body(item.body)
    except msgspec.MsgspecError as error:  # who telephones is to be heard, whatever is wrong with an earlier case
        observability.log_failure(error, case=item.pk)
        return None


def _query(
    index: Any,
    key: str,
    condition: Any,
    limit: int | None,
    *,
    newest_first: bool = False,
    page: int | None = None,
    only: Any = None,
) -> Iterator[CaseItem]:
    how = {"limit": limit, "page_size": page or limit, "scan_index_forward": not newest_first}
    try:
        yield from index.query(key, condition, filter_condition=only, **how)
    except PynamoDBException as error:
        raise unavailable(error) from error
