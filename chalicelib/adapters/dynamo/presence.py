"""Who looks at which case, in one partition of the centre's table: a row a person, gone by TTL an hour later."""

from __future__ import annotations

from datetime import timedelta

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo.codec import encode, instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.presence import Looking

LOOKING = "LOOKING"
KEEP = timedelta(hours=1)

_decode = msgspec.json.Decoder(Looking).decode


class DynamoPresence:
    """Keeps the port Presence."""

    def all(self) -> tuple[Looking, ...]:
        """Read the partition; a second late is early enough."""
        try:
            return tuple(_decode(row.body) for row in CentreItem.query(LOOKING))
        except PynamoDBException as error:
            raise unavailable(error) from error

    def note(self, looking: Looking) -> None:
        """Write the person's row; of two windows the later word counts."""
        at = instant(looking.at)
        row = CentreItem(LOOKING, looking.name, body=encode(looking).decode(), at=at)
        row.expires = int((looking.at + KEEP).timestamp())
        try:
            row.save(CentreItem.pk.does_not_exist() | (CentreItem.at <= at))
        except PutError as error:
            if not condition_failed(error):
                raise unavailable(error) from error
