"""Breaches of personal data that were written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.breaches import Breach


class Breaches(Protocol):
    """All raise UnavailableError."""

    def add(self, breach: Breach) -> Breach:
        """Write it down, once: of the same id the first is kept and returned."""

    def find(self, breach: str) -> Breach:
        """Return one; raises NotFoundError."""

    def all(self) -> Iterable[Breach]:
        """Return them, the last discovered first; few."""

    def save(self, breach: Breach) -> None:
        """Change the one that is a version older; raises ConflictError."""
