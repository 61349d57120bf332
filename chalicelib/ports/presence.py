"""Who looks at which case right now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.presence import Looking


class Presence(Protocol):
    """One row a person; rows go by themselves."""

    def all(self) -> tuple[Looking, ...]:
        """Return the rows there are, also those that hold no more."""

    def note(self, looking: Looking) -> None:
        """Keep what somebody looks at, unless something later is known."""
