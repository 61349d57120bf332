"""Dead letters in two partitions of the centre's table: what stands is read every minute, what is settled never is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from pynamodb.exceptions import DeleteError, PutError, PynamoDBException, UpdateError

from chalicelib.adapters.dynamo import lifetimes
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.adapters.dynamo.transaction import condition_failed, unavailable
from chalicelib.domain.dead_letters import DeadLetter, by_id
from chalicelib.domain.errors import ConflictError
from chalicelib.ports import Words

STANDING, SETTLED = "DEAD_LETTER", "DEAD_LETTER_SETTLED"
PAGE = 100
WITHOUT_WORDS = ["pk", "sk", "body", "version"]
_decoder = msgspec.json.Decoder(DeadLetter)
_attributes = msgspec.json.Decoder(dict[str, str]).decode


class DynamoDeadLetters:
    """Keeps the port DeadLetters. The message stands beside the record, in attributes that no list reads."""

    def find(self, letter: str) -> DeadLetter | None:
        """Return one; between the two writes of `settle` the settled one is there and the standing one still is."""
        for partition in (STANDING, SETTLED):
            for item in _query(partition, CentreItem.sk == letter, attributes_to_get=WITHOUT_WORDS):
                return _letter(item)
        return None

    def standing(self, after: str = "") -> Iterator[DeadLetter]:
        """Those that stand, and those closed a moment ago."""
        return _list(STANDING, after)

    def settled(self, after: str = "") -> Iterator[DeadLetter]:
        """The others."""
        return _list(SETTLED, after)

    def words(self, letter: str) -> Words | None:
        """Return the message of one."""
        for item in _query(STANDING, CentreItem.sk == letter):
            return Words(item.letter or "", _attributes(item.letter_attributes or "{}"))
        return None

    def record(self, letter: DeadLetter, words: Words) -> None:
        """Put record and message in one item: neither is there without the other."""
        item = CentreItem(
            STANDING,
            letter.id,
            body=encode(letter).decode(),
            version=letter.version,
            letter=words.body,
            letter_attributes=encode(words.attributes).decode(),
        )
        before = CentreItem.version == letter.version - 1
        _conditional(lambda: item.save(condition=CentreItem.pk.does_not_exist() | before))

    def save(self, letter: DeadLetter) -> None:
        """Change the record; of a letter that is given up the message goes in the same write."""
        actions = [CentreItem.body.set(encode(letter).decode()), CentreItem.version.set(letter.version)]
        if not letter.stands:
            actions += [CentreItem.letter.remove(), CentreItem.letter_attributes.remove()]
        before = CentreItem.version == letter.version - 1
        _conditional(lambda: CentreItem(STANDING, letter.id).update(actions, condition=before))

    def settle(self, letter: DeadLetter) -> None:
        """Put it there before it is taken here: whoever dies between finds it in both and does it again."""
        item = CentreItem(SETTLED, letter.id, body=encode(letter).decode(), version=letter.version)
        item.expires = lifetimes.expires("dead_letters", letter.settled_at)
        older = CentreItem.pk.does_not_exist() | (CentreItem.version <= letter.version)
        _conditional(lambda: item.save(condition=older))
        _conditional(lambda: CentreItem(STANDING, letter.id).delete(condition=CentreItem.version == letter.version))


def _list(partition: str, after: str) -> Iterator[DeadLetter]:
    condition = CentreItem.sk > after if after else None
    for item in _query(partition, condition, page_size=PAGE, attributes_to_get=WITHOUT_WORDS):
        yield _letter(item)


def _letter(item: CentreItem) -> DeadLetter:
    try:
        return _decoder.decode(item.body)
    except msgspec.MsgspecError:  # of another version, say: it is no reason to forget the message
        return by_id(item.sk, int(item.version))


def _query(partition: str, condition: Any, **how: Any) -> Iterator[CentreItem]:
    try:
        yield from CentreItem.query(partition, condition, consistent_read=True, **how)
    except PynamoDBException as error:
        raise unavailable(error) from error


def _conditional(write: Any) -> None:
    try:
        write()
    except (PutError, UpdateError, DeleteError) as error:
        if condition_failed(error):
            raise ConflictError("letter_not_open", "Thông điệp này vừa được người khác xử lý") from error
        raise unavailable(error) from error
