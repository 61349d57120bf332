"""What agencies were told had no effect, in one partition of the centre's table; rows go by TTL."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from typing import Any

import msgspec
from pynamodb.exceptions import PynamoDBException

from chalicelib.adapters.dynamo import inbox, lifetimes
from chalicelib.adapters.dynamo.codec import encode, instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import Transaction, unavailable
from chalicelib.ports import AlreadyDoneError, Receipt
from chalicelib.ports.rejections import Rejection

REJECTION = "REJECTION"

_decode = msgspec.json.Decoder(Rejection).decode


class DynamoRejections:
    """Keeps the port Rejections."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, rejection: Rejection) -> None:
        """Write it with a receipt of its own: heard again after a crash, it would be a row of another time."""
        row = CentreItem(
            REJECTION,
            f"{instant(rejection.at)}#{rejection.unit}#{rejection.fingerprint}",
            body=encode(rejection).decode(),
            expires=lifetimes.expires("agency_rejections", rejection.at),
        )
        shown = Receipt(f"shown#{rejection.unit}#{rejection.message_id}#{rejection.fingerprint}", rejection.fingerprint)
        transaction = Transaction(self._client)
        transaction.create(inbox.receipt_item(shown, rejection.at), inbox.already_done)
        transaction.put(row)
        with suppress(AlreadyDoneError):
            transaction.run()

    def page(self, *, limit: int, cursor: str) -> tuple[tuple[Rejection, ...], str]:
        """Read from the newest on; the cursor is the sort key of the last one seen."""
        before = CentreItem.sk < cursor if cursor else None
        try:
            rows = CentreItem.query(REJECTION, before, scan_index_forward=False, limit=limit + 1)
            found = list(islice(rows, limit + 1))
        except PynamoDBException as error:
            raise unavailable(error) from error
        following = found[limit - 1].sk if len(found) > limit else ""
        return tuple(_decode(row.body) for row in found[:limit]), following
