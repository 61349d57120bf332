"""Dead letters: where they arrive, where they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.dead_letters import DeadLetter


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it was sent: it may hold personal data and is shown to nobody."""

    body: str
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Died:
    """A message in a dead-letter queue. `letter` names the dead letter that it was before it was sent again."""

    message: str
    handle: str
    sent_at: datetime
    words: Words
    letter: str = ""


class DeadQueues(Protocol):
    """The dead-letter queues by the queue before them: notices, …, replies, relay, agency-<unit>."""

    def take(self, queue: str) -> Sequence[Died]:
        """Receive some; they come again if they are not removed. Raises UnavailableError."""

    def remove(self, queue: str, died: Sequence[Died]) -> None:
        """Take these out of the dead-letter queue; raises UnavailableError."""

    def send_again(self, queue: str, words: Words, letter: str) -> None:
        """Send to the queue before it, bearing the name of the dead letter; raises UnavailableError."""


class DeadLetters(Protocol):
    """What died; the words of a letter go when it is settled. All raise UnavailableError."""

    def find(self, letter: str) -> DeadLetter | None:
        """Return one, whether it stands or is settled."""

    def standing(self, after: str = "") -> Iterable[DeadLetter]:
        """Those not settled yet, by id: the earliest message first; read as they are taken."""

    def settled(self, after: str = "") -> Iterable[DeadLetter]:
        """The others, by id."""

    def words(self, letter: str) -> Words | None:
        """Return the message of a letter that stands."""

    def record(self, letter: DeadLetter, words: Words) -> None:
        """Write one that died (again); raises ConflictError where another version is kept."""

    def save(self, letter: DeadLetter) -> None:
        """Write what somebody decided; raises ConflictError where another version is kept."""

    def settle(self, letter: DeadLetter) -> None:
        """Keep it among the settled, without its words; raises ConflictError where another version stands."""
