"""The centre's own table: the directory of units and the watermarks of repeated jobs."""

from __future__ import annotations

import time
from datetime import datetime

from pynamodb.exceptions import PynamoDBException, UpdateError
from pynamodb.models import Model

from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import NotFoundError
from chalicelib.ports import Unit

UNIT, WATERMARK = "UNIT", "WATERMARK"
CACHE_SECONDS = 60


class DynamoDirectory:
    """Keeps the port Directory; a process asks the table once a minute."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}
        self._read_at = 0.0

    def unit(self, unit_id: str) -> Unit:
        """Return a unit; raises NotFoundError. A unit not known is looked for again at once."""
        self.units()
        if unit_id not in self._units:
            self._read()
        if unit_id not in self._units:
            raise NotFoundError("unit_not_found", "Không tìm thấy cơ quan, đơn vị này", unit=unit_id)
        return self._units[unit_id]

    def units(self) -> tuple[Unit, ...]:
        """Return all units, at most a minute old."""
        if not self._units or time.monotonic() - self._read_at > CACHE_SECONDS:
            self._read()
        return tuple(self._units.values())

    def put(self, unit: Unit) -> None:
        """Add or change a unit; attributes this program does not know are kept."""
        actions = [
            CentreItem.name.set(unit.name),
            CentreItem.kind.set(unit.kind),
            CentreItem.mail.set(unit.mail),
            CentreItem.leader_mail.set(unit.leader_mail),
            CentreItem.phone.set(unit.phone),
            CentreItem.exchange.set(unit.exchange),
        ]
        try:
            CentreItem(UNIT, unit.id).update(actions)
        except UpdateError as error:
            raise unavailable(error) from error
        self._read_at = 0.0
        self._units = {}

    def _read(self) -> None:
        try:
            items = list(CentreItem.query(UNIT))
        except PynamoDBException as error:
            raise unavailable(error) from error
        self._units = {item.sk: _unit(item) for item in items}
        self._read_at = time.monotonic()


def _unit(item: CentreItem) -> Unit:
    return Unit(
        id=item.sk,
        name=item.name,
        kind=item.kind,
        mail=item.mail or "",
        leader_mail=item.leader_mail or "",
        phone=item.phone or "",
        exchange=item.exchange or "mail",
    )


class DynamoWatermarks:
    """Keeps the port Watermarks."""

    def get(self, name: str) -> datetime | None:
        """Return the mark."""
        try:
            return datetime.fromisoformat(CentreItem.get(WATERMARK, name, consistent_read=True).at)
        except Model.DoesNotExist:
            return None
        except PynamoDBException as error:
            raise unavailable(error) from error

    def advance(self, name: str, to: datetime) -> None:
        """Move the mark forward; a run that is behind another changes nothing."""
        forward = CentreItem.at.does_not_exist() | (CentreItem.at < instant(to))
        try:
            CentreItem(WATERMARK, name).update([CentreItem.at.set(instant(to))], condition=forward)
        except UpdateError as error:
            if not condition_failed(error):
                raise unavailable(error) from error
