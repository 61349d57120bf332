"""Where records of citizen reception are kept: entries that are added and never changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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

    def waiting(self) -> Sequence[Session]:
        """Return the sessions of which a matter was not answered when they were last written to."""
