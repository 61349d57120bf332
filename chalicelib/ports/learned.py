"""What the centre learned from its own cases: versions of a file each, of which the newest counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from chalicelib.domain.signals import Findings, Foretold, Hits

if TYPE_CHECKING:
    from chalicelib.domain.sketches import Sketches
    from chalicelib.domain.triage import Model

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """Of a version: cases it was learned from, and how the one before did on cases new to it, by task."""

    cases: int = 0
    before: Mapping[str, Hits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release(Generic[T]):
    """A version: its number from 1 up, when it was made, from what, and what it says."""

    number: int
    at: datetime
    facts: Facts
    content: T


class Shelf(Protocol[T]):
    """The versions of one thing."""

    def newest(self, now: datetime) -> Release[T] | None:
        """Return the newest, as it was at most five minutes ago; None of none. Raises UnavailableError."""

    def publish(self, content: T, facts: Facts, now: datetime, *, after: int) -> int:
        """Add the version behind `after` (0: the first); ConflictError where it is there, UnavailableError."""


class Learned(Protocol):
    """All there is."""

    @property
    def triage(self) -> Shelf[Model]:
        """Suggestions."""

    @property
    def sketches(self) -> Shelf[Sketches]:
        """What was said lately."""

    @property
    def findings(self) -> Shelf[Findings]:
        """Bottlenecks."""

    @property
    def forecast(self) -> Shelf[Foretold]:
        """What will come in."""


__all__ = ["Facts", "Findings", "Foretold", "Hits", "Learned", "Release", "Shelf"]
