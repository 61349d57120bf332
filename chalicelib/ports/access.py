"""The log of who was shown whose personal data: written, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.access import Access


class AccessLog(Protocol):
    """All raise UnavailableError."""

    def note(self, seen: Sequence[Access]) -> None:
        """Write it down; what cannot be written must not be shown."""

    def of_person(self, name: str, start: datetime, end: datetime) -> Iterable[Access]:
        """What a log-in was shown, start <= at < end, in order of time; one query a day."""

    def of_case(self, code: str) -> Iterable[Access]:
        """Who was shown a case, the last one first."""
