"""The changes of the centre's calendar and their retimings, in the centre's own table."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo import inbox
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import Transaction, condition_failed, unavailable
from chalicelib.domain.centre_calendar import Change
from chalicelib.domain.errors import ConflictError, UnavailableError
from chalicelib.ports import OvertakenError, Receipt, Retiming

CHANGE, RETIMING = "CALENDAR", "JOB"
CACHE_SECONDS = 30
KEPT_SECONDS = 60  # in trouble, what was read last is good for this long: the retiming counts on it (docs/calendar.md)
NEVER = float("-inf")


class DynamoCalendar:
    """Keeps the port CentreCalendar; a process asks the table twice a minute, and only for what is new."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._known: tuple[Change, ...] = ()
        self._read_at = NEVER

    def changes(self, *, fresh: bool = False) -> tuple[Change, ...]:
        """Return all changes; the same tuple as long as there is no new one."""
        age = monotonic() - self._read_at
        if fresh or age > CACHE_SECONDS:
            try:
                self._read()
            except UnavailableError:
                if fresh or age > KEPT_SECONDS:
                    raise
        return self._known

    def add(self, change: Change, receipt: Receipt) -> None:
        """Write change, retiming and receipt in one transaction."""
        transaction = Transaction(self._client)
        # The receipt comes first: of two broken conditions, "done already" says more than "taken".
        transaction.create(inbox.receipt_item(receipt, change.at), inbox.already_done)
        body = encode(change).decode()
        transaction.create(CentreItem(CHANGE, _sort(change.number), body=body), lambda _: _taken())
        transaction.create(_item(Retiming(change.number, change.at)))
        transaction.run()
        self._read_at = NEVER

    def _read(self) -> None:
        began = monotonic()
        after = CentreItem.sk > _sort(len(self._known))
        try:
            # Consistent: what this process has seen it sees for good.
            new = [_change(item.body) for item in CentreItem.query(CHANGE, after, consistent_read=True)]
        except PynamoDBException as error:
            raise unavailable(error) from error
        if new:
            # Two threads may have read the same: whoever is second changes nothing.
            known = {change.number: change for change in (*self._known, *new)}
            self._known = tuple(known[number] for number in sorted(known))
        self._read_at = began


class DynamoRetimings:
    """Keeps the port Retimings."""

    def newest(self) -> Retiming | None:
        """Return that of the last change: one read, whatever there is to do."""
        return next(iter(self._query(limit=1)), None)

    def all(self) -> tuple[Retiming, ...]:
        """Return one for each change, in order."""
        return tuple(reversed(self._query()))

    def save(self, retiming: Retiming) -> Retiming:
        """Write it if nobody has since it was read."""
        made = replace(retiming, version=retiming.version + 1)
        try:
            _item(made).save(condition=CentreItem.version == retiming.version)
        except PutError as error:
            if condition_failed(error):
                raise OvertakenError("retiming_overtaken", "Việc tính lại thời hạn đang được thực hiện") from error
            raise unavailable(error) from error
        return made

    @staticmethod
    def _query(limit: int | None = None) -> list[Retiming]:
        try:
            found = CentreItem.query(RETIMING, scan_index_forward=False, limit=limit, consistent_read=True)
            return [_retiming(item.body) for item in found]
        except PynamoDBException as error:
            raise unavailable(error) from error


_change = msgspec.json.Decoder(Change).decode
_retiming = msgspec.json.Decoder(Retiming).decode


def _item(retiming: Retiming) -> CentreItem:
    body = encode(retiming).decode()
    return CentreItem(RETIMING, _sort(retiming.number), body=body, version=retiming.version)


def _sort(number: int) -> str:
    return f"{number:06d}"


def _taken() -> ConflictError:
    return ConflictError("calendar_changed", "Lịch làm việc vừa được người khác thay đổi, vui lòng xem lại")
