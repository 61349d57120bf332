"""Addresses that are not written to again, in the centre's table under their keyed hashes; rows go by TTL."""

from __future__ import annotations

from datetime import datetime

from pynamodb.exceptions import PutError, PynamoDBException
from pynamodb.models import Model

from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable

SUPPRESSED = "SUPPRESSED"


class DynamoSuppressions:
    """Keeps the port Suppressions."""

    def add(self, address_key: str, reason: str, at: datetime) -> None:
        """Put an address on the list, once."""
        try:
            row = CentreItem(SUPPRESSED, address_key, kind=reason, at=instant(at))
            row.expires = lifetimes.expires("suppressed_addresses", at)
            row.save(CentreItem.pk.does_not_exist())
        except PutError as error:
            if not condition_failed(error):
                raise unavailable(error) from error

    def holds(self, address_key: str) -> bool:
        """Tell whether an address is on the list, as the table stands."""
        try:
            CentreItem.get(SUPPRESSED, address_key, consistent_read=True)
        except Model.DoesNotExist:
            return False
        except PynamoDBException as error:
            raise unavailable(error) from error
        return True
