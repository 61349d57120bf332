"""Records of citizen reception in the centre's own table.

RECEPTION#<code>: HEAD (the session without words), ENTRY#00001, TEXT#00001, PERSON#00001. RECEPTIONS#<month> lists the
sessions of a month; RECEPTIONS#waiting those with a matter that waits, a row that is done with goes by TTL;
RECEPTIONS#settled those that wait for the end of their years, by the moment from which these count.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import msgspec
from pynamodb.exceptions import PynamoDBException

from chalicelib.adapters.dynamo import codec, inbox
from chalicelib.adapters.dynamo.tables import HEAD, CentreItem
from chalicelib.adapters.dynamo.transaction import Transaction, unavailable
from chalicelib.domain.actors import Sender
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.reception import Entry, Session
from chalicelib.ports import Receipt, StaleVersionError
from chalicelib.ports.reception import Minutes, Settled

LIST, WAITING, SETTLED = "RECEPTIONS", "waiting", "settled"
GONE = timedelta(days=1)


class _Kept(msgspec.Struct):
    entry: Entry
    digests: dict[str, str]
    chain: str


_kept = msgspec.json.Decoder(_Kept).decode
_session = msgspec.json.Decoder(Session).decode
_texts = msgspec.json.Decoder(dict[str, str]).decode
_person = msgspec.json.Decoder(Sender).decode


class DynamoReceptions:
    """Keeps the port Receptions."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def load(self, code: str) -> Minutes:
        """Return a record; one query."""
        items = {item.sk: item for item in _query(_key(code))}
        if HEAD not in items:
            raise NotFoundError("reception_not_found", "Không tìm thấy biên bản với mã này")
        session = _session(items[HEAD].body)
        kept = [_kept(item.body) for sk, item in items.items() if sk.startswith("ENTRY#")]
        shown = {} if session.anonymised_at else items  # what is still to be cleared is not shown
        return Minutes(session, tuple(_whole(one.entry, shown) for one in kept), kept[-1].chain)

    def add(self, entry: Entry, after: Session, chain: str, receipt: Receipt | None = None) -> None:
        """Write entry, words, person, head and both lists in one transaction."""
        transaction, key, place = Transaction(self._client), _key(after.code), f"{entry.seq:05d}"
        if receipt:
            transaction.create(inbox.receipt_item(receipt, entry.at), inbox.already_done)
        head = CentreItem(key, HEAD, body=codec.encode(after).decode(), version=after.version)
        if entry.seq == 1:
            transaction.create(head, lambda _: StaleVersionError(0))
        else:
            transaction.replace(head, entry.seq - 1, lambda _: StaleVersionError(entry.seq - 1))
        salt = os.urandom(8).hex()
        transaction.create(CentreItem(key, f"ENTRY#{place}", body=_written(entry, chain, after.code, salt)))
        if entry.texts:
            words = {**entry.texts, "salt": salt}
            transaction.create(CentreItem(key, f"TEXT#{place}", body=codec.encode(words).decode()))
        if entry.person:
            transaction.create(CentreItem(key, f"PERSON#{place}", body=codec.encode(entry.person).decode()))
        row = f"{after.day.isoformat()}#{after.code}"
        transaction.put(CentreItem(f"{LIST}#{row[:7]}", row, body=head.body))
        waits = any(one.owed for one in after.matters)
        expires = None if waits else int((entry.at + GONE).timestamp())
        transaction.put(CentreItem(f"{LIST}#{WAITING}", row, body=head.body, expires=expires))
        if after.settled_at and not after.anonymised_at:
            transaction.put(_settled(Settled(after.settled_at, after.code)))
        transaction.run()

    def of_month(self, month: str) -> Sequence[Session]:
        """Return the sessions held in a month."""
        return [_session(item.body) for item in _query(f"{LIST}#{month}", newest_first=True)]

    def settled_before(self, moment: datetime) -> Iterator[Settled]:
        """Read the list up to the moment."""
        for item in _query(f"{LIST}#{SETTLED}", CentreItem.sk < codec.instant(moment)):
            at, _, code = item.sk.partition("#")
            yield Settled(datetime.fromisoformat(at), code)

    def clear(self, code: str) -> int:
        """Delete them, 25 items a call."""
        gone = [item for item in _query(_key(code)) if item.sk.startswith(("TEXT#", "PERSON#"))]
        _delete(gone)
        return len(gone)

    def cross_off(self, settled: Settled) -> None:
        """Delete the row."""
        _delete([_settled(settled)])

    def waiting(self) -> Sequence[Session]:
        """Return those that wait; a row that TTL has not taken yet does not count."""
        found = (_session(item.body) for item in _query(f"{LIST}#{WAITING}"))
        return [session for session in found if any(one.owed for one in session.matters)]


def _settled(settled: Settled) -> CentreItem:
    return CentreItem(f"{LIST}#{SETTLED}", f"{codec.instant(settled.at)}#{settled.code}")


def _delete(items: Sequence[CentreItem]) -> None:
    try:
        with CentreItem.batch_write() as batch:
            for item in items:
                batch.delete(item)
    except PynamoDBException as error:
        raise unavailable(error) from error


def _key(code: str) -> str:
    return f"RECEPTION#{code}"


def _written(entry: Entry, chain: str, code: str, salt: str) -> str:
    """Write an entry without its words; with their digests and the hash of the entry before it (R124)."""
    open_part = replace(entry, texts={}, person=None)
    digests = {name: codec.digest(salt, words) for name, words in entry.texts.items()}
    body = codec.encode({"entry": open_part, "digests": digests})
    linked = codec.link(chain, f"{code}#{entry.seq:05d}", entry.kind, body.decode())
    return codec.encode(_Kept(open_part, digests, linked)).decode()


def _whole(entry: Entry, items: dict[str, CentreItem]) -> Entry:
    words, person = items.get(f"TEXT#{entry.seq:05d}"), items.get(f"PERSON#{entry.seq:05d}")
    texts = _texts(words.body) if words else {}
    texts.pop("salt", None)
    return replace(entry, texts=texts, person=_person(person.body) if person else None)


def _query(key: str, where: Any = None, *, newest_first: bool = False) -> list[CentreItem]:
    try:
        return list(CentreItem.query(key, where, consistent_read=True, scan_index_forward=not newest_first))
    except PynamoDBException as error:
        raise unavailable(error) from error
