"""Requests of senders about their data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.rights import RightRequest


class Rights(Protocol):
    """All raise UnavailableError."""

    def add(self, record: RightRequest) -> RightRequest:
        """Write it down, once: of the same id the first is kept and returned."""

    def find(self, record: str) -> RightRequest:
        """Return one; raises NotFoundError."""

    def all(self) -> Iterable[RightRequest]:
        """Return them, in no order; what was decided goes after its time."""

    def save(self, record: RightRequest) -> None:
        """Change the one that is a version older; raises ConflictError."""
