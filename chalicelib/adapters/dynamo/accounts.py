"""The register of the staff's accounts, in the centre's own table: one item each, and a mark for each that is closed.

The second is what every request of the staff is held against: a short list that each process reads twice a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import msgspec
from pynamodb.exceptions import PutError, PynamoDBException

from chalicelib.adapters.dynamo.codec import encode, instant
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import Transaction, condition_failed, unavailable
from chalicelib.domain.accounts import Account
from chalicelib.domain.errors import ConflictError, UnavailableError

ACCOUNT, CLOSED, GUARD = "ACCOUNT", "ACCOUNT_CLOSED", "ACCOUNT_GUARD"
ADMINISTRATORS = "administrators"
CACHE_SECONDS = 30
KEPT_SECONDS = 60  # in trouble, what was read last is good for this long; then nobody is let in
NEVER = float("-inf")
PAGE = 100

_decode = msgspec.json.Decoder(Account).decode


class DynamoAccounts:
    """Keeps the port Accounts."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._closed: frozenset[str] = frozenset()
        self._read_at = NEVER

    def find(self, username: str) -> Account | None:
        """Return one, as it is now."""
        return next((_decode(item.body) for item in _query(ACCOUNT, CentreItem.sk == username)), None)

    def all(self, after: str = "") -> Iterator[Account]:
        """Those behind this name."""
        for item in _query(ACCOUNT, CentreItem.sk > after if after else None, page_size=PAGE):
            yield _decode(item.body)

    def add(self, account: Account) -> None:
        """Write it if there is none of this name."""
        try:
            _item(account).save(condition=CentreItem.pk.does_not_exist())
        except PutError as error:
            if condition_failed(error):
                raise _overtaken() from error
            raise unavailable(error) from error

    def save(self, account: Account) -> None:
        """Write it if nobody has since it was read."""
        try:
            _item(account).save(condition=CentreItem.version == account.version - 1)
        except PutError as error:
            if condition_failed(error):
                raise _overtaken() from error
            raise unavailable(error) from error

    def administrators(self) -> int:
        """Return the version of the guard; 0 where none was ever closed."""
        return next((int(item.version) for item in _query(GUARD, CentreItem.sk == ADMINISTRATORS)), 0)

    def close(self, account: Account, guard: int | None) -> None:
        """Write account, closed mark and guard in one transaction: of two administrators one closes the other."""
        assert account.closed_at is not None
        transaction = self._replacing(account)
        transaction.put(CentreItem(CLOSED, account.username, at=instant(account.closed_at)))
        if guard is not None:
            _next_guard(transaction, guard)
        transaction.run()
        self._read_at = NEVER

    def reopen(self, account: Account) -> None:
        """Write the account and a mark without a moment: the API may delete nothing from this table."""
        transaction = self._replacing(account)
        transaction.put(CentreItem(CLOSED, account.username))
        transaction.run()
        self._read_at = NEVER

    def is_closed(self, username: str) -> bool:
        """Look into the list, which is at most half a minute old."""
        age = monotonic() - self._read_at
        if age > CACHE_SECONDS:
            try:
                began = monotonic()
                self._closed, self._read_at = frozenset(item.sk for item in _query(CLOSED) if item.at), began
            except UnavailableError:
                if age > KEPT_SECONDS:
                    raise
        return username.lower() in self._closed  # the pool takes names in any case; ours are in lower case

    def _replacing(self, account: Account) -> Transaction:
        transaction = Transaction(self._client)
        transaction.replace(_item(account), account.version - 1, lambda _: _overtaken())
        return transaction


def _next_guard(transaction: Transaction, guard: int) -> None:
    item = CentreItem(GUARD, ADMINISTRATORS, version=guard + 1)
    if guard:
        transaction.replace(item, guard, lambda _: _overtaken())
    else:
        transaction.create(item, lambda _: _overtaken())


def _item(account: Account) -> CentreItem:
    return CentreItem(ACCOUNT, account.username, body=encode(account).decode(), version=account.version)


def _query(partition: str, condition: Any = None, **how: Any) -> Iterator[CentreItem]:
    try:
        # Consistent: who was closed a moment ago is closed.
        yield from CentreItem.query(partition, condition, consistent_read=True, **how)
    except PynamoDBException as error:
        raise unavailable(error) from error


def _overtaken() -> ConflictError:
    return ConflictError("account_changed", "Tài khoản vừa được người khác thay đổi, vui lòng xem lại")
