"""What is taken away of cases whose time is over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event stands, and when it happened."""

    at: datetime
    code: str
    seq: int
    kind: str


class Traces(Protocol):
    """What a case holds of its sender beside its head and its events."""

    def clear(self, code: str, parts: Collection[str], until: int) -> int:
        """Take away what belongs to these parts, of texts those up to event `until`; returns how many items went.

        May be repeated. Raises UnavailableError.
        """
