"""Cases and their events, as they are read and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from chalicelib.domain.errors import ConflictError

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib.domain.actors import Sender
    from chalicelib.domain.case import Case
    from chalicelib.domain.event import Recorded
    from chalicelib.ports.inbox import Receipt


@dataclass(frozen=True, slots=True)
class Stored:
    """A case as read, with the hash of its last event (the link for the next) and its sender's keyed hash.

    `alarm_at` is the moment at which the sweep finds it, to the millisecond; None where it will not.
    """

    case: Case
    chain: str
    sender_key: str = ""
    alarm_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with everything that belongs to it: sender, every event with its texts."""

    case: Case
    sender: Sender
    history: tuple[Recorded, ...]
    chain: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One atomic change of a case. `expected` is the version it was decided on; 0 for a new case.

    It is listed under `sender_key`; with a new sender also under `mail_key`, where that is another.
    """

    case: Case
    history: Sequence[Recorded]
    chain: str
    expected: int
    alarm_at: datetime | None
    sender: Sender | None = None
    sender_key: str = ""
    mail_key: str = ""
    receipt: Receipt | None = None


class CodeTakenError(Exception):
    """A new case got a code that is in use: draw another."""


class StaleVersionError(ConflictError):
    """Somebody changed the case meanwhile."""

    def __init__(self, expected: int, **context: Any) -> None:
        super().__init__(
            "stale_version",
            "Hồ sơ vừa được người khác cập nhật, vui lòng tải lại",
            expected_version=expected,
            **context,
        )


class CaseStore(Protocol):
    """Cases and their events."""

    def load(self, code: str) -> Stored:
        """Return a case; raises NotFoundError."""

    def load_all(self, codes: Iterable[str]) -> Mapping[str, Stored]:
        """Return cases by code, without those that do not exist or cannot be read."""

    def dossier(self, code: str) -> Dossier:
        """Return a case with its history; raises NotFoundError."""

    def event(self, code: str, seq: int) -> Recorded:
        """Return one event without its texts; raises NotFoundError."""

    def history(self, code: str, *, after: int) -> Iterable[Recorded]:
        """Events of a case behind this one, in order, without their texts."""

    def as_they_are(self, events: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], tuple[Case, Recorded]]:
        """Return events by code and number, each with its case as it is now; what cannot be read is left out."""

    def faults(self, code: str) -> tuple[str, ...]:
        """Name what in a case's log does not fit its hashes; raises NotFoundError."""

    def commit(self, commit: Commit) -> None:
        """Write all of it or nothing; raises StaleVersionError, AlreadyDoneError, CodeTakenError, UnavailableError."""

    def set_alarm(self, code: str, version: int, alarm_at: datetime | None) -> None:
        """Let the sweep find a case at another time, the case unchanged; raises StaleVersionError, UnavailableError."""
