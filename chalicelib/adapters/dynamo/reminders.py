"""Reminders that wait, in one partition of the centre's table: an empty one costs half a read unit a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from pynamodb.exceptions import PynamoDBException

from chalicelib.adapters.dynamo import inbox
from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import Transaction, unavailable
from chalicelib.ports import AlreadyDoneError, Receipt, Reminder

REMINDER = "REMINDER"


class DynamoReminders:
    """Keeps the port Reminders."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def add(self, event_id: str, reminders: Sequence[Reminder]) -> bool:
        """Put down rows and receipt together: an event delivered again after its rows were sent makes no new ones."""
        transaction = Transaction(self._client)
        receipt = Receipt(f"reminders#{event_id}", "", "")
        transaction.create(inbox.receipt_item(receipt, reminders[0].at), inbox.already_done)
        for item in {_sort(reminder): _item(reminder) for reminder in reminders}.values():
            transaction.put(item)
        try:
            transaction.run()
        except AlreadyDoneError:
            return False
        return True

    def pending(self) -> Mapping[str, tuple[Reminder, ...]]:
        """Return what waits by recipient."""
        rows = groupby(_query(None), key=lambda reminder: reminder.to)
        return {to: tuple(found) for to, found in rows}

    def of(self, to: str) -> tuple[Reminder, ...]:
        """Return what waits for one recipient, as the table stands."""
        return tuple(_query(CentreItem.sk.startswith(f"{to}#"), consistent_read=True))

    def remove(self, reminders: Sequence[Reminder]) -> None:
        """Take these away, 25 a call."""
        try:
            with CentreItem.batch_write() as batch:
                for reminder in reminders:
                    batch.delete(_item(reminder))
        except PynamoDBException as error:
            raise unavailable(error) from error


def _query(condition: Any, **how: Any) -> list[Reminder]:
    try:
        return [_reminder(item) for item in CentreItem.query(REMINDER, condition, **how)]
    except PynamoDBException as error:
        raise unavailable(error) from error


def _sort(reminder: Reminder) -> str:
    return f"{reminder.to}#{reminder.code}#{reminder.seq:05d}#{reminder.letter}"


def _item(reminder: Reminder) -> CentreItem:
    return CentreItem(REMINDER, _sort(reminder), at=instant(reminder.at))


def _reminder(item: CentreItem) -> Reminder:
    to, code, seq, letter = item.sk.split("#")
    return Reminder(to, code, int(seq), letter, datetime.fromisoformat(item.at))
