"""Where records of citizen reception are kept: entries that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.reception import Entry, Session
    from chalicelib.ports.inbox import Receipt


@dataclass(frozen=True, slots=True)
class Minutes:
    """A session with all its entries, and the hash of the last one."""

    session: Session
    entries: tuple[Entry, ...]
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A record of which nobody waited for an answer from a moment on, as it was when it was written down."""

    at: datetime
    code: str


class Receptions(Protocol):
    """Records of sessions; all raise UnavailableError."""

    def load(self, code: str) -> Minutes:
        """Return a record; raises NotFoundError."""

    def add(self, entry: Entry, after: Session, chain: str, receipt: Receipt | None = None) -> None:
        """Add an entry to the session it makes, all or nothing.

        Raises StaleVersionError where another entry was quicker, AlreadyDoneError for a receipt that is there.
        """

    def of_month(self, month: str) -> Sequence[Session]:
        """Return the sessions held in a month (YYYY-MM), the latest first."""

    def settled_before(self, moment: datetime) -> Iterator[Settled]:
        """Give the records settled before a moment, and not crossed off, the earliest first."""

    def clear(self, code: str) -> int:
        """Take away words and persons of a record; returns how many items went. May be repeated."""

    def cross_off(self, settled: Settled) -> None:
        """List a record no more: it was cleared, or is settled later than it was thought."""

    def waiting(self) -> Sequence[Session]:
        """Return the sessions of which a matter was not answered when they were last written to."""
