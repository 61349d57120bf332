"""Where petitions are kept, and what seals their words: in files of their own, for nobody else asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from chalicelib.ports.deps import Deps

if TYPE_CHECKING:
    from chalicelib.domain.actors import Sender
    from chalicelib.domain.petitions.events import Recorded
    from chalicelib.domain.petitions.petition import Petition
    from chalicelib.domain.petitions.rules import PetitionRules


@dataclass(frozen=True, slots=True)
class StoredPetition:
    """A petition as read, with the hash of its last event."""

    petition: Petition
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionCommit:
    """One atomic change: the petition after one event. `key` names the wish ("" of the clock's), `fingerprint` what
    was wished.

    A new petition has `expected` 0 and an `identity`.
    """

    petition: Petition
    recorded: Recorded
    chain: str
    expected: int
    key: str
    fingerprint: str
    identity: Sender | None = field(default=None, repr=False)


class DoneBeforeError(Exception):
    """The key was used before; `fingerprint` is that of what it was used for."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__("done before")
        self.fingerprint = fingerprint


class Petitions(Protocol):
    """The table of petitions. Words and identity are sealed on the way in and unsealed only when asked for."""

    def load(self, code: str) -> StoredPetition:
        """Return a petition; raises NotFoundError."""

    def history(self, code: str) -> tuple[Recorded, ...]:
        """Return its events without their words; raises NotFoundError."""

    def words(self, code: str) -> Mapping[int, Mapping[str, str]]:
        """Unseal the words of its events, by number; each is a call to the key."""

    def identity(self, code: str) -> Sender:
        """Unseal who sent it; raises NotFoundError."""

    def done(self, code: str, key: str) -> str | None:
        """Return the fingerprint of what this key was used for; None where it was not."""

    def commit(self, commit: PetitionCommit) -> None:
        """Write all or nothing; raises DoneBeforeError, StaleVersionError, CodeTakenError."""

    def open_ones(self) -> Iterator[Petition]:
        """Give those that are not closed, the earliest first."""

    def closed_in(self, month: str) -> Iterator[Petition]:
        """Give those that were closed in a month ("2026-11")."""

    def openings_in(self, month: str) -> Iterator[Recorded]:
        """Give who looked into which, in order, without the reasons."""

    def closed_before(self, day: date) -> Iterator[str]:
        """Give the codes of those that were closed before a day and not cleared, the earliest first."""

    def clear(self, code: str) -> int:
        """Take away what is sealed of one that was erased, and the keys of its wishes; returns how many items went.

        May be repeated. Raises UnavailableError.
        """

    def faults(self, code: str) -> tuple[str, ...]:
        """Name what in its log does not fit its hashes."""


class PetitionKeys(Protocol):
    """What only this centre can compute of petitions."""

    def petition_code(self, key: str, attempt: int) -> str:
        """Return the code that belongs to a wish to hand in: the same wish has the same code."""

    def petition_pin(self, code: str) -> str:
        """Return the six digits with which its sender sees how it stands."""

    def petition_mark(self, text: str) -> str:
        """Return a keyed hash of what was wished: it tells two wishes apart and shows neither."""


class PetitionDeps(Deps, Protocol):
    """What the use cases of the track have beside all others."""

    @property
    def petition_rules(self) -> PetitionRules | None:
        """What the regulation says of petitions; None where the centre does not take them."""

    @property
    def petitions(self) -> Petitions:
        """The table of petitions."""

    @property
    def petition_keys(self) -> PetitionKeys:
        """Codes and PINs of petitions."""
