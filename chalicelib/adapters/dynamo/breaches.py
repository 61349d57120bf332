"""Breaches of personal data, in one partition of the centre's table; once told, a row goes by TTL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.breaches import Breach
from chalicelib.domain.errors import ConflictError, NotFoundError

BREACH = "BREACH"
_decode = msgspec.json.Decoder(Breach).decode


class DynamoBreaches:
    """Keeps the port Breaches."""

    def add(self, breach: Breach) -> Breach:
        """Put it unless it is there."""
        try:
            _item(breach).save(CentreItem.pk.does_not_exist())
        except PutError as error:
            if not condition_failed(error):
                raise unavailable(error) from error
            return self.find(breach.id)
        return breach

    def find(self, breach: str) -> Breach:
        """Read one as it is now."""
        for item in _query(CentreItem.sk == breach):
            return _decode(item.body)
        raise NotFoundError("breach_not_found", "Không tìm thấy sự cố này")

    def all(self) -> Iterator[Breach]:
        """Read the partition from its end."""
        return (_decode(item.body) for item in _query(None, scan_index_forward=False))

    def save(self, breach: Breach) -> None:
        """Write it over."""
        try:
            _item(breach).save(CentreItem.version == breach.version - 1)
        except PutError as error:
            if condition_failed(error):
                raise ConflictError("breach_changed", "Sự cố vừa được người khác cập nhật, xin xem lại") from error
            raise unavailable(error) from error


def _item(breach: Breach) -> CentreItem:
    item = CentreItem(BREACH, breach.id, body=encode(breach).decode(), version=breach.version)
    if breach.notified_at:
        item.expires = lifetimes.expires("breaches", breach.notified_at)
    return item


def _query(condition: Any, **how: Any) -> Iterator[CentreItem]:
    try:
        yield from CentreItem.query(BREACH, condition, consistent_read=True, **how)
    except PynamoDBException as error:
        raise unavailable(error) from error
