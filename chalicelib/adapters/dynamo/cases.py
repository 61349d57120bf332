"""The case table: load, dossier, commit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from pynamodb.exceptions import DoesNotExist, PynamoDBException

from chalicelib.adapters.dynamo import alarms, audit, codec, inbox, shards
from chalicelib.adapters.dynamo.tables import CHANGES, FOLLOW_UP, HEAD, CaseItem
from chalicelib.adapters.dynamo.transaction import Transaction, unavailable
from chalicelib.domain.actors import Sender
from chalicelib.domain.case import CONTACT, MATTER, Case
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.events import EVENT_TYPES, Recorded
from chalicelib.domain.merit_events import LedToChange
from chalicelib.ports import CodeTakenError, Commit, Dossier, StaleVersionError, Stored

PERSON = "PERSON"


class DynamoCases:
    """Keeps the port CaseStore."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def load(self, code: str) -> Stored:
        """Return a case; raises NotFoundError."""
        try:
            item = CaseItem.get(code, HEAD, consistent_read=True)
        except DoesNotExist as error:
            raise _unknown() from error
        except PynamoDBException as error:
            raise unavailable(error) from error
        return stored(item)

    def load_all(self, codes: Iterable[str]) -> Mapping[str, Stored]:
        """Return cases as they stand now, a hundred a read; one that cannot be read is left out."""
        try:
            heads = list(CaseItem.batch_get([(code, HEAD) for code in codes], consistent_read=True))
        except PynamoDBException as error:
            raise unavailable(error) from error
        found: dict[str, Stored] = {}
        for head in heads:
            with suppress(msgspec.DecodeError):
                found[head.pk] = stored(head)
        return found

    def dossier(self, code: str) -> Dossier:
        """Return a case with its history; one query."""
        items = _items(code)
        case = codec.case_from_body(items[HEAD].body)
        items = _still_shown(items, case) if case.erased else items
        person = items.get(PERSON)
        return Dossier(
            case=case,
            sender=codec.sender_from_body(person.body) if person else Sender(),
            history=tuple(_event(item, items) for sk, item in sorted(items.items()) if sk.startswith("EVENT#")),
            chain=items[HEAD].chain,
        )

    def event(self, code: str, seq: int) -> Recorded:
        """Return one event without its texts."""
        try:
            item = CaseItem.get(code, f"EVENT#{seq:05d}", consistent_read=True)
        except DoesNotExist as error:
            raise _unknown() from error
        except PynamoDBException as error:
            raise unavailable(error) from error
        return codec.event_from_body(code, seq, item.kind, item.body, {})

    def history(self, code: str, *, after: int) -> Iterator[Recorded]:
        """Events of a case behind this one, in order, without their texts; one query, in pages as they are needed.

        One of a type that only a later version knows is left to that version.
        """
        behind = CaseItem.sk.between(f"EVENT#{after + 1:05d}", "EVENT#~")
        try:
            for item in CaseItem.query(code, behind, consistent_read=True):
                if item.kind in EVENT_TYPES:
                    yield _event(item, {})
        except PynamoDBException as error:
            raise unavailable(error) from error

    def as_they_are(self, events: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], tuple[Case, Recorded]]:
        """Return events without their texts, each with its case as it is now, 50 pairs a call."""
        places = {(code, sk) for code, seq in events for sk in (HEAD, f"EVENT#{seq:05d}")}
        try:
            items = {(item.pk, item.sk): item for item in CaseItem.batch_get(sorted(places), consistent_read=True)}
        except PynamoDBException as error:
            raise unavailable(error) from error
        found = ((place, _pair(*place, items)) for place in events)
        return {place: pair for place, pair in found if pair}

    def faults(self, code: str) -> tuple[str, ...]:
        """Name what in a case's log does not fit its hashes."""
        return tuple(audit.faults(code, _items(code)))

    def commit(self, commit: Commit) -> None:
        """Write head, events, texts, person and receipt in one transaction."""
        transaction = Transaction(self._client)
        events, texts, chain = _event_items(commit)
        head = _head(commit, chain)
        # The receipt comes first: of two broken conditions, "done already" says more than "stale".
        if commit.receipt:
            transaction.create(inbox.receipt_item(commit.receipt, commit.history[0].at), inbox.already_done)
        if commit.expected == 0:
            transaction.create(head, lambda _: CodeTakenError())
        else:
            transaction.replace(head, commit.expected, lambda old: _stale(commit.expected, old))
        for item in (*events, *texts):
            transaction.create(item, lambda _: StaleVersionError(commit.expected))
        if commit.sender is not None:
            transaction.put(_person(commit))
        transaction.run()

    def set_alarm(self, code: str, version: int, alarm_at: datetime | None) -> None:
        """Move the alarm by one conditional write; the version stays, for nothing happened to the case."""
        if not alarms.move(code, alarms.line(code, alarm_at), CaseItem.version == version):
            raise StaleVersionError(version)


def stored(head: CaseItem) -> Stored:
    """Read the head of a case."""
    return Stored(codec.case_from_body(head.body), head.chain, head.sender_key or "", alarms.rings_at(head))


def _items(code: str) -> dict[str, CaseItem]:
    try:
        items = {item.sk: item for item in CaseItem.query(code, consistent_read=True)}
    except PynamoDBException as error:
        raise unavailable(error) from error
    if HEAD not in items:
        raise _unknown()
    return items


def _pair(code: str, seq: int, items: Mapping[tuple[str, str], CaseItem]) -> tuple[Case, Recorded] | None:
    try:
        head, event = items[code, HEAD], items[code, f"EVENT#{seq:05d}"]
        return codec.case_from_body(head.body), codec.event_from_body(code, seq, event.kind, event.body, {})
    except (KeyError, TypeError, msgspec.MsgspecError):  # one that cannot be read does not hide the others
        return None


def _still_shown(items: dict[str, CaseItem], case: Case) -> dict[str, CaseItem]:
    """Leave out what is anonymised: between the event and the run that clears it away it is there, and is not shown."""
    last = max(sk for sk, item in items.items() if item.kind == "Anonymised").removeprefix("EVENT#")
    hidden = {PERSON} if CONTACT in case.erased else set()
    if MATTER in case.erased:
        hidden |= {sk for sk in items if sk.startswith("TEXT#") and sk <= f"TEXT#{last}"}
    return {sk: item for sk, item in items.items() if sk not in hidden}


def _unknown() -> NotFoundError:
    return NotFoundError("case_not_found", "Không tìm thấy hồ sơ với mã này")


def _stale(expected: int, old: Any) -> StaleVersionError:
    now = int(old["version"]["N"]) if old else 0
    return StaleVersionError(expected, current_version=now)


def _event(item: CaseItem, items: dict[str, CaseItem]) -> Recorded:
    seq = int(item.sk.removeprefix("EVENT#"))
    kept = items.get(f"TEXT#{seq:05d}")
    texts = msgspec.json.decode(kept.body, type=dict[str, str]) if kept else {}
    return codec.event_from_body(item.pk, seq, item.kind, item.body, texts)


def _event_items(commit: Commit) -> tuple[list[CaseItem], list[CaseItem], str]:
    events, texts, chain = [], [], commit.chain
    for recorded in commit.history:
        salt = os.urandom(8).hex()
        body, kept = codec.event_to_body(recorded, salt)
        chain = codec.link(chain, recorded.id, type(recorded.event).__name__, body)
        events.append(_event_item(recorded, body, chain))
        if kept:
            texts.append(
                CaseItem(recorded.code, f"TEXT#{recorded.seq:05d}", body=codec.encode(kept).decode(), salt=salt)
            )
    return events, texts, chain


def _event_item(recorded: Recorded, body: str, chain: str) -> CaseItem:
    at = codec.instant(recorded.at)
    item = CaseItem(
        recorded.code,
        f"EVENT#{recorded.seq:05d}",
        kind=type(recorded.event).__name__,
        at=at,
        body=body,
        chain=chain,
        day_key=f"{shards.utc_day(recorded.at)}#{shards.of(recorded.code, shards.DAY)}",
        day_sort=f"{at}#{recorded.id}",
    )
    if isinstance(recorded.event, LedToChange):
        item.follow_key, item.follow_at = CHANGES, f"{at}_{recorded.code}"
    return item


def _person(commit: Commit) -> CaseItem:
    """Make the item of the sender; by mail it is found itself, where the head is listed under the telephone."""
    item = CaseItem(commit.case.code, PERSON, body=codec.sender_to_body(commit.sender or Sender()))
    if commit.mail_key:
        item.sender_key, item.received_key = commit.mail_key, _received(commit.case)
    return item


def _received(case: Case) -> str:
    return f"{codec.instant(case.received_at)}#{case.code}"


def _head(commit: Commit, chain: str) -> CaseItem:
    case = commit.case
    item = CaseItem(case.code, HEAD, body=codec.case_to_body(case), version=case.version, chain=chain)
    if case.holder and case.stage:
        item.holder_key = f"{case.holder.role}#{case.holder.unit}#{shards.of(case.code, shards.HOLDER)}"
        if case.supervisor:
            item.supervisor_key = f"{case.supervisor}#{shards.of(case.code, shards.HOLDER)}"
        item.due_key = f"{codec.instant(case.stage.due_at)}_{case.code}"  # a cursor: no "#", which ends a URL's query
    if line := alarms.line(case.code, commit.alarm_at):
        item.alarm_key, item.alarm_at = line
    if commit.sender_key:
        item.sender_key, item.received_key = commit.sender_key, _received(case)
    if case.follow_up_at:
        item.follow_key, item.follow_at = FOLLOW_UP, f"{codec.instant(case.follow_up_at)}_{case.code}"
    _index_late(item, case)
    return item


def _index_late(item: CaseItem, case: Case) -> None:
    if case.late_marks:
        first = case.late_marks[0]
        since = codec.instant(first.since)
        item.late_key, item.late_at = f"{first.unit}#{since[:7]}", f"{since}#{case.code}"
