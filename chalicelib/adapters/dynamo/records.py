"""Records of one kind in a partition of the centre's table: few, each with a version; what is done with goes by TTL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import ConflictError, NotFoundError


class Record(Protocol):
    """What has an id and counts its writes."""

    @property
    def id(self) -> str:
        """Its key."""

    @property
    def version(self) -> int:
        """From 1."""


R = TypeVar("R", bound=Record)


class DynamoRecords(Generic[R]):
    """Keeps the ports Breaches and Rights. `done_at` says since when a record is done with, `lives` which lifetime."""

    def __init__(self, kind: type[R], partition: str, lives: str, done_at: Callable[[R], datetime | None]) -> None:
        self._partition, self._lives, self._done_at = partition, lives, done_at
        self._decode: Callable[[str], R] = msgspec.json.Decoder(kind).decode

    def add(self, record: R) -> R:
        """Put it unless it is there."""
        try:
            self._item(record).save(CentreItem.pk.does_not_exist())
        except PutError as error:
            if not condition_failed(error):
                raise unavailable(error) from error
            return self.find(record.id)
        return record

    def find(self, record: str) -> R:
        """Read one as it is now."""
        for item in self._query(CentreItem.sk == record):
            return self._decode(item.body)
        raise NotFoundError("record_not_found", "Không tìm thấy nội dung được yêu cầu")

    def all(self) -> Iterator[R]:
        """Read the partition, by id from the last."""
        return (self._decode(item.body) for item in self._query(None, scan_index_forward=False))

    def save(self, record: R) -> None:
        """Write it over."""
        try:
            self._item(record).save(CentreItem.version == record.version - 1)
        except PutError as error:
            if condition_failed(error):
                title = "Nội dung này vừa được người khác cập nhật, xin xem lại"
                raise ConflictError("record_changed", title) from error
            raise unavailable(error) from error

    def _item(self, record: R) -> CentreItem:
        item = CentreItem(self._partition, record.id, body=encode(record).decode(), version=record.version)
        if done := self._done_at(record):
            item.expires = lifetimes.expires(self._lives, done)
        return item

    def _query(self, condition: Any, **how: Any) -> Iterator[CentreItem]:
        try:
            yield from CentreItem.query(self._partition, condition, consistent_read=True, **how)
        except PynamoDBException as error:
            raise unavailable(error) from error
