"""The public board's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from pynamodb.exceptions import PynamoDBException
from pynamodb.models import Model

from chalicelib.adapters.dynamo.codec import encode, instant
from chalicelib.adapters.dynamo.tables import BoardItem
from chalicelib.adapters.dynamo.transaction import unavailable
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.months import month_before
from chalicelib.ports import Posting

EMPTY_MONTHS = 12  # so many in a row: before them was nothing


class DynamoBoard:
    """Keeps the port BoardStore."""

    def put(self, posting: Posting) -> None:
        """Publish; the whole item is made from the event, so the same id replaces."""
        item = BoardItem(
            posting.id,
            body=encode(posting).decode(),
            month_key=posting.month,
            field_key=f"{posting.field}#{posting.month}",
            agency_key=f"{posting.unit}#{posting.month}",
            published_key=f"{instant(posting.published_at)}_{posting.id}",  # a cursor: no "#", which ends a URL's query
        )
        try:
            item.save()
        except PynamoDBException as error:
            raise unavailable(error) from error

    def remove(self, posting_id: str) -> None:
        """Take off the board; what is not there stays away."""
        try:
            BoardItem(posting_id).delete()
        except PynamoDBException as error:
            raise unavailable(error) from error

    def get(self, posting_id: str) -> Posting:
        """Return one; raises NotFoundError."""
        try:
            return _posting(BoardItem.get(posting_id))
        except Model.DoesNotExist as error:
            raise NotFoundError("posting_not_found", "Không tìm thấy nội dung công khai này") from error
        except PynamoDBException as error:
            raise unavailable(error) from error

    def page(
        self, *, month: str, field: str | None, unit: str | None, limit: int, cursor: str
    ) -> tuple[tuple[Posting, ...], str]:
        """Return a page of a month, newest first; with both filters the agency's list is cut by field."""
        index, key = _index(month, field, unit)
        before = BoardItem.published_key < cursor if cursor else None
        wanted = BoardItem.field_key == f"{field}#{month}" if field and unit else None
        try:
            found = index.query(key, before, filter_condition=wanted, limit=limit + 1, scan_index_forward=False)
            items = list(found)
        except PynamoDBException as error:
            raise unavailable(error) from error
        more = len(items) > limit
        return tuple(_posting(item) for item in items[:limit]), items[limit - 1].published_key if more else ""

    def newest(self, month: str, *, field: str | None = None, unit: str | None = None) -> Iterator[Posting]:
        """Yield all of a month and of those before it, newest first; a year without any is the end."""
        empty = 0
        while empty < EMPTY_MONTHS:
            empty, cursor, more = empty + 1, "", True
            while more:
                found, cursor = self.page(month=month, field=field, unit=unit, limit=250, cursor=cursor)
                yield from found
                empty, more = 0 if found else empty, bool(cursor)
            month = month_before(month)


def _index(month: str, field: str | None, unit: str | None) -> tuple[Any, str]:
    if unit:
        return BoardItem.by_agency, f"{unit}#{month}"
    if field:
        return BoardItem.by_field, f"{field}#{month}"
    return BoardItem.by_month, month


def _posting(item: BoardItem) -> Posting:
    return msgspec.json.decode(item.body, type=Posting)
