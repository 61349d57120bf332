"""The versions of the catalogue of procedures, in the centre's own table: one row each, the highest number holds."""

from __future__ import annotations

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import ConflictError
from chalicelib.ports.procedures import Version

VERSION = "CATALOGUE"
_version = msgspec.json.Decoder(Version).decode


class DynamoCatalogueVersions:
    """Keeps the port CatalogueVersions."""

    def newest(self) -> Version | None:
        """Read the last row: one read, whatever there was before."""
        return next(iter(self._query(limit=1)), None)

    def all(self) -> tuple[Version, ...]:
        """Read every row."""
        return tuple(self._query())

    def add(self, version: Version) -> None:
        """Write a row whose number is nobody's yet."""
        item = CentreItem(VERSION, f"{version.number:06d}", body=encode(version).decode())
        try:
            item.save(condition=CentreItem.pk.does_not_exist())
        except PutError as error:
            if condition_failed(error):
                title = "Danh mục vừa được người khác cập nhật, xin tải tệp lên lại để so với bản mới"
                raise ConflictError("catalogue_changed", title) from error
            raise unavailable(error) from error

    @staticmethod
    def _query(limit: int | None = None) -> list[Version]:
        try:
            found = CentreItem.query(VERSION, scan_index_forward=False, limit=limit, consistent_read=True)
            return [_version(item.body) for item in found]
        except PynamoDBException as error:
            raise unavailable(error) from error
