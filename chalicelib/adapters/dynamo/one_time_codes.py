"""One-time codes of senders, a row each in the inbox: `result` is the nonce, `fingerprint` the form that came last."""

from __future__ import annotations

from datetime import datetime

from pynamodb.exceptions import PutError, PynamoDBException, UpdateError
from pynamodb.models import Model

from chalicelib.adapters.dynamo.codec import instant
from chalicelib.adapters.dynamo.tables import InboxItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable

GOOD, USED = "good", "used"


class DynamoOneTimeCodes:
    """Keeps the port OneTimeCodes."""

    def ask(self, sender: str, form: str, nonce: str, now: datetime, until: datetime) -> str:
        """Write the row over, unless this form did so already."""
        expires = int(until.timestamp())
        item = InboxItem(
            _key(sender), fingerprint=form, result=nonce, state=GOOD, lease_until=instant(until), expires=expires
        )
        new = InboxItem.pk.does_not_exist() | (InboxItem.fingerprint != form) | (InboxItem.lease_until <= instant(now))
        try:
            item.save(condition=new)
        except PutError as error:
            if condition_failed(error):
                return self.nonce(sender, now)
            raise unavailable(error) from error
        return nonce

    def nonce(self, sender: str, now: datetime) -> str:
        """Read the row as it stands."""
        try:
            item = InboxItem.get(_key(sender), consistent_read=True)
        except Model.DoesNotExist:
            return ""
        except PynamoDBException as error:
            raise unavailable(error) from error
        return str(item.result) if item.lease_until > instant(now) else ""

    def use(self, sender: str, nonce: str, form: str, now: datetime) -> bool:
        """Mark the row; of two forms at the same moment the condition lets one by."""
        ours = (InboxItem.state == GOOD) | (InboxItem.fingerprint == form)
        still = (InboxItem.result == nonce) & (InboxItem.lease_until > instant(now)) & ours
        try:
            InboxItem(_key(sender)).update(
                [InboxItem.state.set(USED), InboxItem.fingerprint.set(form)], condition=still
            )
        except UpdateError as error:
            if condition_failed(error):
                return False
            raise unavailable(error) from error
        return True


def _key(sender: str) -> str:
    return f"one-time-code#{sender}"
