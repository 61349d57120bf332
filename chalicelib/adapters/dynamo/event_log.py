"""The whole log as reports read it: without PynamoDB's models, which would cost as much as everything else."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.dynamo import codec, shards
from chalicelib.adapters.dynamo.tables import CaseItem
from chalicelib.adapters.dynamo.transaction import unavailable
from chalicelib.domain.events import EVENT_TYPES
from chalicelib.domain.reporting.fold import Logged

WANTED = {"#kind": "kind"}  # a reserved word
OF_AN_EVENT = "pk, sk, #kind, body, chain"
Item = dict[str, dict[str, str]]


class DynamoEventLog:
    """Keeps the port EventLog. An event of a type that only a later version knows is left to that version."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def between(self, start: datetime, end: datetime) -> Iterator[Logged]:
        """Events in order of time; the shards of a day are read side by side."""
        day = start
        while shards.utc_day(day) <= shards.utc_day(end):
            streams = [self._of_shard(key, start, end) for key in shards.day_keys(shards.utc_day(day))]
            for item in heapq.merge(*streams, key=lambda item: item["day_sort"]["S"]):
                yield from _logged(item)
            day += timedelta(days=1)

    def of(self, code: str) -> Iterator[Logged]:
        """All events of a case."""
        condition, values = "pk = :pk AND begins_with(sk, :event)", {":pk": code, ":event": "EVENT#"}
        for item in self._query(condition, values, OF_AN_EVENT, WANTED, ConsistentRead=True):
            yield from _logged(item)

    def open_cases(self) -> Iterator[str]:
        """Codes of the open cases: the index holds no others, so that a scan of it reads nothing in vain."""
        scan = {"IndexName": "by_holder", "ProjectionExpression": "pk"}
        for item in self._pages(self._client.scan, {"TableName": CaseItem.Meta.table_name, **scan}):
            yield item["pk"]["S"]

    def _of_shard(self, key: str, start: datetime, end: datetime) -> Iterator[Item]:
        condition = "day_key = :key AND day_sort BETWEEN :start AND :end"
        values = {":key": key, ":start": codec.instant(start), ":end": codec.instant(end)}
        yield from self._query(condition, values, f"{OF_AN_EVENT}, day_sort", WANTED, IndexName="by_day")

    def _query(
        self, condition: str, values: dict[str, str], wanted: str, names: dict[str, str], **more: Any
    ) -> Iterator[Item]:
        asked = {
            "TableName": CaseItem.Meta.table_name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeValues": {name: {"S": value} for name, value in values.items()},
            "ExpressionAttributeNames": names,
            "ProjectionExpression": wanted,
            **more,
        }
        yield from self._pages(self._client.query, asked)

    @staticmethod
    def _pages(ask: Any, asked: dict[str, Any]) -> Iterator[Item]:
        try:
            while True:
                answer = ask(**asked)
                yield from answer["Items"]
                if "LastEvaluatedKey" not in answer:
                    return
                asked["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
        except (ClientError, BotoCoreError) as error:
            raise unavailable(error) from error


def _logged(item: Item) -> Iterator[Logged]:
    kind = item["kind"]["S"]
    if kind in EVENT_TYPES:
        seq = int(item["sk"]["S"].removeprefix("EVENT#"))
        recorded = codec.event_from_body(item["pk"]["S"], seq, kind, item["body"]["S"], {})
        yield Logged(recorded, item["chain"]["S"])
