"""The public board as the use cases need it: where it is kept, and what of it can be searched."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib.domain.search import Entry


@dataclass(frozen=True, slots=True)
class Posting:
    """A published answer: nothing in it leads to a person."""

    id: str
    kind: str
    field: str
    unit: str
    question: str
    answer: str
    published_at: datetime
    month: str = ""


class BoardStore(Protocol):
    """Published answers."""

    def put(self, posting: Posting) -> None:
        """Publish; the same id replaces."""

    def remove(self, posting_id: str) -> None:
        """Take off the board."""

    def get(self, posting_id: str) -> Posting:
        """Return one; raises NotFoundError."""

    def page(
        self, *, month: str, field: str | None, unit: str | None, limit: int, cursor: str
    ) -> tuple[tuple[Posting, ...], str]:
        """Return a page, newest first, and the cursor of the next."""

    def newest(self, month: str, *, field: str | None = None, unit: str | None = None) -> Iterator[Posting]:
        """Yield all of a month and of those before it, newest first."""


class BoardIndex(Protocol):
    """What can be searched of the board."""

    def entries(self, month: str, now: datetime) -> Collection[Entry]:
        """Return what is held, newest first; `month` is the present one."""
