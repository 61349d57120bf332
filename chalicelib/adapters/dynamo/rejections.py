"""What agencies were told had no effect, in one partition of the centre's table; rows go by TTL."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo.codec import encode, instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import unavailable
from chalicelib.ports.rejections import Rejection

REJECTION = "REJECTION"
KEEP = timedelta(days=90)

_decode = msgspec.json.Decoder(Rejection).decode


class DynamoRejections:
    """Keeps the port Rejections."""

    def add(self, rejection: Rejection) -> None:
        """Write it. There is no condition: the key holds the message, and writing it again changes nothing."""
        row = CentreItem(
            REJECTION,
            f"{instant(rejection.at)}#{rejection.unit}#{rejection.fingerprint}",
            body=encode(rejection).decode(),
            expires=int((rejection.at + KEEP).timestamp()),
        )
        try:
            row.save()
        except PutError as error:
            raise unavailable(error) from error

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
