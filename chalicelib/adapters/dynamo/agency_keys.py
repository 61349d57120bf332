"""The register of the agencies' keys, in the centre's own table: one item a key, never removed."""

from __future__ import annotations

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException
from pynamodb.expressions.condition import Condition

from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.signing import AgencyKey

KEY = "AGENCYKEY"
REGISTERED, REVOKED = 1, 2  # versions: there are no others

_decode = msgspec.json.Decoder(AgencyKey).decode


class DynamoAgencyKeys:
    """Keeps the port AgencyKeys."""

    def find(self, kid: str) -> AgencyKey | None:
        """Return a key, as it is now."""
        found = self._query(CentreItem.sk == kid) if kid else []
        return found[0] if found else None

    def all(self) -> tuple[AgencyKey, ...]:
        """Return every key."""
        return tuple(self._query())

    def add(self, key: AgencyKey) -> None:
        """Write it if it was never there."""
        try:
            item(key).save(condition=CentreItem.pk.does_not_exist())
        except PutError as error:
            if condition_failed(error):
                raise ConflictError("key_known", "Khóa này đã được đăng ký từ trước", kid=key.kid) from error
            raise unavailable(error) from error

    def revoke(self, key: AgencyKey) -> None:
        """Write it if it stands."""
        try:
            item(key).save(condition=CentreItem.version == REGISTERED)
        except PutError as error:
            if condition_failed(error):
                raise ConflictError("key_revoked_already", "Khóa này đã bị thu hồi từ trước", kid=key.kid) from error
            raise unavailable(error) from error

    @staticmethod
    def _query(which: Condition | None = None) -> list[AgencyKey]:
        try:
            # Consistent: a key that was revoked a moment ago is revoked.
            return [_decode(found.body) for found in CentreItem.query(KEY, which, consistent_read=True)]
        except PynamoDBException as error:
            raise unavailable(error) from error


def item(key: AgencyKey) -> CentreItem:
    """Write a key as its item."""
    return CentreItem(KEY, key.kid, body=encode(key).decode(), version=REVOKED if key.revoked_at else REGISTERED)
