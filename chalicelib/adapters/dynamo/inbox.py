"""The inbox: what has been done already. Rows go by TTL, which is housekeeping and never a clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pynamodb.exceptions import PutError, PynamoDBException, UpdateError
from pynamodb.models import Model

from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import InboxItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.ports import AlreadyDoneError, Receipt

INBOX = "inbox"  # kind of row of lifetimes.py
CLAIMED, DONE = "claimed", "done"


def receipt_item(receipt: Receipt, now: datetime) -> InboxItem:
    """Make the row of a receipt."""
    return InboxItem(
        receipt.key,
        fingerprint=receipt.fingerprint,
        result=receipt.result,
        state=DONE,
        expires=lifetimes.expires(INBOX, now),
    )


def already_done(old: Any) -> AlreadyDoneError:
    """Read the receipt that was kept, from the raw item of a broken condition."""
    row = {name: next(iter(value.values())) for name, value in (old or {}).items()}
    return AlreadyDoneError(Receipt(row.get("pk", ""), row.get("fingerprint", ""), row.get("result", "")))


class DynamoInbox:
    """Keeps the port Inbox."""

    def find(self, key: str) -> Receipt | None:
        """Return the receipt kept under a key."""
        try:
            item = InboxItem.get(key, consistent_read=True)
        except Model.DoesNotExist:
            return None
        except PynamoDBException as error:
            raise unavailable(error) from error
        return Receipt(item.pk, item.fingerprint or "", item.result or "")

    def claim(self, key: str, now: datetime, *, lease_seconds: int) -> bool:
        """Take an effect; a claim whose lease has run out may be taken again."""
        item = InboxItem(
            key,
            state=CLAIMED,
            lease_until=instant(now + timedelta(seconds=lease_seconds)),
            expires=lifetimes.expires(INBOX, now),
        )
        free = InboxItem.pk.does_not_exist() | ((InboxItem.state == CLAIMED) & (InboxItem.lease_until < instant(now)))
        try:
            item.save(condition=free)  # the whole row is ours: nothing else writes claims
        except PutError as error:
            if condition_failed(error):
                return False
            raise unavailable(error) from error
        return True

    def is_done(self, key: str) -> bool:
        """Tell whether a claim was confirmed."""
        try:
            return bool(InboxItem.get(key, consistent_read=True).state == DONE)
        except Model.DoesNotExist:
            return False
        except PynamoDBException as error:
            raise unavailable(error) from error

    def confirm(self, key: str) -> None:
        """Mark a claim as done."""
        self._update(key, [InboxItem.state.set(DONE)], None)

    def release(self, key: str) -> None:
        """Let another try at once; a claim that is done stays done."""
        self._update(key, [InboxItem.lease_until.set("")], InboxItem.state == CLAIMED)

    def missing(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the keys without a row."""
        try:
            found = {item.pk for item in InboxItem.batch_get(list(keys), attributes_to_get=["pk"])}
        except PynamoDBException as error:
            raise unavailable(error) from error
        return tuple(key for key in keys if key not in found)

    def count_failure(self, key: str, now: datetime, *, window_seconds: int) -> int:
        """Count in the window that `now` falls in."""
        item = InboxItem(_window(key, now, window_seconds))
        expires = int(now.timestamp()) + 2 * window_seconds
        try:
            item.update([InboxItem.failures.add(1), InboxItem.expires.set(expires)])
        except UpdateError as error:
            raise unavailable(error) from error
        return int(item.failures or 0)

    def failures(self, key: str, now: datetime, *, window_seconds: int) -> int:
        """Return the count of the window that `now` falls in."""
        try:
            return int(InboxItem.get(_window(key, now, window_seconds), consistent_read=True).failures or 0)
        except Model.DoesNotExist:
            return 0
        except PynamoDBException as error:
            raise unavailable(error) from error

    def note_failure(self, key: str, reason: str, now: datetime) -> None:
        """Note the last reason and count; whoever comes last is right, so nothing has to hold before."""
        expires = lifetimes.expires(INBOX, now)
        actions = [InboxItem.failures.add(1), InboxItem.result.set(reason), InboxItem.expires.set(expires)]
        self._update(key, actions, None)

    def noted(self, key: str) -> tuple[str, int]:
        """Return what was noted."""
        try:
            item = InboxItem.get(key, consistent_read=True)
        except Model.DoesNotExist:
            return "", 0
        except PynamoDBException as error:
            raise unavailable(error) from error
        return item.result or "", int(item.failures or 0)

    @staticmethod
    def _update(key: str, actions: list[Any], condition: Any) -> None:
        try:
            InboxItem(key).update(actions, condition=condition)
        except UpdateError as error:
            if not condition_failed(error):
                raise unavailable(error) from error


def _window(key: str, now: datetime, seconds: int) -> str:
    return f"{key}#{int(now.timestamp()) // seconds}"
