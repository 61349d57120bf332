"""DynamoDB request units of whatever passes a botocore session, reckoned from the items as AWS bills them.

A write of 1 KB is one unit, two in a transaction; the larger of the item before and after counts. Each index the item
is in costs a write of its own when its part of the item changes, two when its keys change (never doubled). A read of
4 KB is one unit, half a unit when it is eventually consistent, as indexes always are.
Source: DynamoDB developer guide, "Capacity unit consumption", "Global secondary indexes", "Item sizes".
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from infra.tables import INDEXES, KEYS_ONLY, tables

Item = Mapping[str, Any]
Write = tuple[str, Item]  # table and key
WRITE_UNIT, READ_UNIT = 1024, 4096
READS = {"GetItem", "Query", "BatchGetItem"}
WRITES = {"PutItem": "Item", "UpdateItem": "Key", "DeleteItem": "Key"}


class Meter:
    """Counts calls by service, write units and read units; `plain` is a client that is not counted."""

    def __init__(self, session: Any, plain: Any, stage: str) -> None:
        self.calls: Counter[str] = Counter()
        self.written = self.read = 0.0
        self._plain = plain
        named = (table["Properties"] for table in tables(stage).values())
        self._keys = {table["TableName"]: [key["AttributeName"] for key in table["KeySchema"]] for table in named}
        session.register("provide-client-params.*.*", self._before)
        session.register("after-call.dynamodb.*", self._after)

    def reset(self) -> None:
        """Begin again at nothing."""
        self.calls.clear()
        self.written = self.read = 0.0

    def _before(self, params: dict[str, Any], model: Any, context: dict[str, Any], **_: object) -> None:
        self.calls[model.service_model.service_name] += 1
        if model.service_model.service_name == "dynamodb":
            context["asked"] = params
            context["old"] = [(table, key, self._now(table, key)) for table, key in self._writes(params, model.name)]

    def _after(self, parsed: dict[str, Any], model: Any, context: dict[str, Any], **_: object) -> None:
        asked = context["asked"]
        for table, key, old in context["old"]:
            units = 2 if model.name == "TransactWriteItems" else 1
            self.written += written(table, old, self._now(table, key), units)
        if model.name in READS:
            self.read += read(asked, parsed)

    def _writes(self, params: dict[str, Any], operation: str) -> Iterator[Write]:
        if operation in WRITES:
            yield self._place(params["TableName"], params[WRITES[operation]])
        for table, requests in params["RequestItems"].items() if operation == "BatchWriteItem" else ():
            for request in requests:
                yield self._place(table, request["DeleteRequest"]["Key"])
        for write in params.get("TransactItems", ()):
            for part in write.values():
                yield self._place(part["TableName"], part.get("Item") or part["Key"])

    def _place(self, table: str, item: Item) -> Write:
        return table, {name: item[name] for name in self._keys[table]}

    def _now(self, table: str, key: Item) -> Item:
        item: Item = self._plain.get_item(TableName=table, Key=key, ConsistentRead=True).get("Item", {})
        return item


def written(table: str, old: Item, new: Item, each: int) -> int:
    """Return the write units of an item that was `old` and is `new` (empty: not there)."""
    whole = each * max(_units(old, WRITE_UNIT), _units(new, WRITE_UNIT), 1)
    indexes = INDEXES.get(table.rpartition("-")[2], {})
    return whole + sum(_indexed(_part(name, keys, old), _part(name, keys, new), keys) for name, keys in indexes.items())


def read(asked: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    """Return the read units of an answer; a query is charged for all its items together."""
    if "Responses" in answer:
        per_table = answer["Responses"].items()
        consistent = any(asked["RequestItems"][table].get("ConsistentRead") for table, _ in per_table)
        units = sum(max(1, _units(item, READ_UNIT)) for _, items in per_table for item in items)
        units += sum(len(asked["RequestItems"][table]["Keys"]) - len(items) for table, items in per_table)
    else:
        consistent = asked.get("ConsistentRead", False)
        items = answer["Items"] if "Items" in answer else [answer.get("Item", {})]
        units = max(1, math.ceil(sum(map(size, items)) / READ_UNIT))
    return units * (1 if consistent else 0.5)


def size(item: Item) -> int:
    """Return an item's bytes: names and values in UTF-8, a number half a byte a digit and one."""
    return sum(len(name.encode()) + _size(*next(iter(value.items()))) for name, value in item.items())


def _size(kind: str, value: Any) -> int:
    if kind == "N":
        return (len(str(value).strip("-").replace(".", "").strip("0")) + 1) // 2 + 1
    return len(value.encode()) if kind == "S" else 1


def _units(item: Item, unit: int) -> int:
    return math.ceil(size(item) / unit)


def _part(index: str, keys: tuple[str, str], item: Item) -> Item:
    """Return what of an item stands in an index: nothing, its keys, or all of it."""
    if not all(key in item for key in keys):
        return {}
    return {name: item[name] for name in ("pk", "sk", *keys) if name in item} if index in KEYS_ONLY else item


def _indexed(old: Item, new: Item, keys: tuple[str, str]) -> int:
    if old == new:
        return 0
    if old and new and all(old[key] == new[key] for key in keys):
        return max(_units(old, WRITE_UNIT), _units(new, WRITE_UNIT))
    return _units(old, WRITE_UNIT) + _units(new, WRITE_UNIT)
