"""The table of petitions: HEAD, EVENT#00001, sealed TEXT#00001 and IDENTITY, DONE#<key> for what was done once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.adapters.dynamo import codec
from chalicelib.adapters.dynamo.petition_items import PetitionItem, delete, get, listed, query
from chalicelib.adapters.dynamo.tables import HEAD
from chalicelib.adapters.dynamo.transaction import Transaction
from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.petitions.events import EVENTS, Opened, Recorded
from chalicelib.domain.petitions.petition import CONTENT, IDENTITY, Petition
from chalicelib.ports import CodeTakenError, StaleVersionError
from chalicelib.ports.petitions import DoneBeforeError, PetitionCommit, StoredPetition

if TYPE_CHECKING:
    from chalicelib.adapters.seals import KmsSeals

# What the index lists: by state, by month of the closing, of a look; what is closed and not cleared, by its day.
OPEN, CLOSED, OPENED, ENDED = "open", "closed", "opened", "ended"
_petition = msgspec.json.Decoder(Petition).decode
_words = msgspec.json.Decoder(dict[str, str]).decode
_sender = msgspec.json.Decoder(Sender).decode


class _Body(msgspec.Struct):
    """An event as it is stored; `digests` are of the sealed texts, so that the chain covers them."""

    at: datetime
    actor: Actor
    article: str
    data: msgspec.Raw
    digests: dict[str, str] = {}


class DynamoPetitions:
    """Keeps the port Petitions."""

    def __init__(self, client: Any, seals: KmsSeals) -> None:
        self._client = client
        self._seals = seals

    def load(self, code: str) -> StoredPetition:
        """Read the head."""
        head = get(code, HEAD)
        if head is None:
            raise _unknown()
        return StoredPetition(_petition(head.body), head.chain)

    def history(self, code: str) -> tuple[Recorded, ...]:
        """Read the events in one query."""
        found = tuple(_event(item) for item in query(code, "EVENT#"))
        if not found:
            raise _unknown()
        return found

    def words(self, code: str) -> Mapping[int, Mapping[str, str]]:
        """Unseal what was said, one call to KMS a text."""
        texts = {_number(item.sk): item.sealed for item in query(code, "TEXT#")}
        return {seq: _words(self._seals.unseal(sealed, about(code, CONTENT))) for seq, sealed in texts.items()}

    def identity(self, code: str) -> Sender:
        """Unseal who sent it."""
        item = get(code, IDENTITY.upper())
        if item is None:
            raise _unknown()
        return _sender(self._seals.unseal(item.sealed, about(code, IDENTITY)))

    def done(self, code: str, key: str) -> str | None:
        """Look for the key."""
        item = get(code, _done(key))
        return item.body if item else None

    def commit(self, commit: PetitionCommit) -> None:
        """Write head, event, sealed words, identity and key in one transaction."""
        code, seq = commit.petition.code, commit.recorded.seq
        transaction, items = Transaction(self._client), []
        sealed = self._sealed(commit)
        body = _event_body(commit.recorded, {part: _digest(kept) for part, kept in sealed.items()})
        chain = codec.link(commit.chain, f"{code}#{seq}", type(commit.recorded.event).__name__, body)
        items.append(_event_item(commit.recorded, body, chain))
        items += [PetitionItem(code, part, sealed=kept) for part, kept in sealed.items()]
        if commit.petition.closed_on and not commit.petition.erased_on:
            transaction.put(_ended(commit.petition.code, commit.petition.closed_on))
        # The key comes first: of two broken conditions, "done already" says more than "stale".
        if commit.key:
            transaction.create(PetitionItem(code, _done(commit.key), body=commit.fingerprint), _done_before)
        head = _head(commit.petition, chain)
        if commit.expected == 0:
            transaction.create(head, lambda _: CodeTakenError())
        else:
            transaction.replace(head, commit.expected, lambda _: StaleVersionError(commit.expected))
        for item in items:
            transaction.create(item, lambda _: StaleVersionError(commit.expected))
        transaction.run()

    def open_ones(self) -> Iterator[Petition]:
        """Read the list."""
        return (_petition(item.body) for item in listed(OPEN))

    def closed_in(self, month: str) -> Iterator[Petition]:
        """Read the list."""
        return (_petition(item.body) for item in listed(f"{CLOSED}#{month}"))

    def openings_in(self, month: str) -> Iterator[Recorded]:
        """Read the list."""
        return (_event(item) for item in listed(f"{OPENED}#{month}"))

    def closed_before(self, day: date) -> Iterator[str]:
        """Read the list: a row stands there from the closing until it was cleared."""
        return (item.pk for item in listed(ENDED, PetitionItem.list_at < day.isoformat()))

    def clear(self, code: str) -> int:
        """Delete what is sealed and the keys of wishes, and last the row that leads here."""
        gone = [item.sk for sk in ("TEXT#", IDENTITY.upper(), "DONE#") for item in query(code, sk)]
        delete(code, gone)
        delete(code, [ENDED.upper()])
        return len(gone)

    def faults(self, code: str) -> tuple[str, ...]:
        """Reckon every hash again, of the sealed texts too: no key is needed for that."""
        chain, wrong, now = "", [], self.load(code)
        sealed = {item.sk: _digest(item.sealed) for item in (*query(code, "TEXT#"), *query(code, IDENTITY.upper()))}
        for item in query(code, "EVENT#"):
            chain = codec.link(chain, f"{code}#{_number(item.sk)}", item.kind, item.body)
            kept = msgspec.json.decode(item.body, type=_Body).digests
            if chain != item.chain:
                wrong.append(item.sk)
                chain = item.chain
            if not now.petition.erased_on:  # what was taken away leaves its digest, which leads nowhere
                wrong += [part for part, digest in kept.items() if sealed.get(part) != digest]
        return tuple(wrong if chain == now.chain else [*wrong, HEAD])

    def _sealed(self, commit: PetitionCommit) -> dict[str, str]:
        code, seq = commit.petition.code, commit.recorded.seq
        made = {}
        if words := {name: said for name, said in commit.recorded.words.items() if said}:
            made[f"TEXT#{seq:05d}"] = self._seals.seal(codec.encode(words), about(code, CONTENT))
        if commit.identity is not None:
            made[IDENTITY.upper()] = self._seals.seal(codec.encode(commit.identity), about(code, IDENTITY))
        return made


def about(code: str, part: str) -> dict[str, str]:
    """Name what is sealed, as KMS and CloudTrail read it."""
    return {"petition": code, "part": part}


def _event_body(recorded: Recorded, digests: Mapping[str, str]) -> str:
    body = {"at": recorded.at, "actor": recorded.actor, "article": recorded.article, "data": recorded.event}
    return codec.encode(body | ({"digests": digests} if digests else {})).decode()


def _event_item(recorded: Recorded, body: str, chain: str) -> PetitionItem:
    item = PetitionItem(recorded.code, f"EVENT#{recorded.seq:05d}", body=body, chain=chain)
    item.kind = type(recorded.event).__name__
    if isinstance(recorded.event, Opened):
        at = codec.instant(recorded.at)
        item.list_key, item.list_at = f"{OPENED}#{at[:7]}", f"{at}#{recorded.code}"
    return item


def _head(petition: Petition, chain: str) -> PetitionItem:
    item = PetitionItem(petition.code, HEAD, body=codec.encode(petition).decode(), chain=chain)
    item.version = petition.version
    closed = petition.closed_on
    item.list_key = f"{CLOSED}#{closed.isoformat()[:7]}" if closed else OPEN
    item.list_at = f"{codec.instant(petition.received_at)}#{petition.code}"
    return item


def _ended(code: str, closed_on: date) -> PetitionItem:
    return PetitionItem(code, ENDED.upper(), list_key=ENDED, list_at=f"{closed_on}#{code}")


def _event(item: PetitionItem) -> Recorded:
    body = msgspec.json.decode(item.body, type=_Body)
    return Recorded(
        code=item.pk,
        seq=_number(item.sk),
        at=body.at,
        actor=body.actor,
        article=body.article,
        event=msgspec.json.decode(body.data, type=EVENTS[item.kind]),
        noted=tuple(body.digests),
    )


def _number(sk: str) -> int:
    return int(sk.rpartition("#")[2])


def _digest(sealed: str) -> str:
    return hashlib.sha256(sealed.encode()).hexdigest()


def _done(key: str) -> str:
    return f"DONE#{key}"


def _done_before(item: Any) -> DoneBeforeError:
    return DoneBeforeError(item["body"]["S"] if item else "")


def _unknown() -> NotFoundError:
    return NotFoundError("petition_not_found", "Không tìm thấy đơn với mã này")
