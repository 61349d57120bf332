"""The centre's own table: the directory of units and the watermarks of repeated jobs."""

from __future__ import annotations

import json
import time
from datetime import datetime

from pynamodb.exceptions import PynamoDBException, UpdateError
from pynamodb.models import Model

from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.units import Unit, from_entry, history_of

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
            CentreItem.history.set(json.dumps(history_of(unit), ensure_ascii=False)),
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
    kept = {name: getattr(item, name) for name in ("name", "kind", "mail", "leader_mail", "phone", "exchange")}
    there = {name: value for name, value in kept.items() if value is not None}
    return from_entry({"id": item.sk} | there | json.loads(item.history or "{}"))


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
