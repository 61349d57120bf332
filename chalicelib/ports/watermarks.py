"""How far repeated jobs have come."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Watermarks(Protocol):
    """How far a repeated job has come."""

    def get(self, name: str) -> datetime | None:
        """Return the mark."""

    def advance(self, name: str, to: datetime) -> None:
        """Move the mark forward, never back."""
