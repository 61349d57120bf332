"""Letters that wait to be sent: reminders for office hours, together (Điều 3.2); an SMS for the end of the night."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Reminder:
    """A letter of an event to "unit:<id>", "leader:<id>" or "sender", put down at a moment; names no person."""

    to: str
    code: str
    seq: int
    letter: str
    at: datetime


class Reminders(Protocol):
    """What waits."""

    def add(self, event_id: str, reminders: Sequence[Reminder]) -> bool:
        """Put down all reminders of an event; False when that was done before, whether they still wait or not."""

    def pending(self) -> Mapping[str, tuple[Reminder, ...]]:
        """Return what waits by recipient; may be a moment old."""

    def of(self, to: str) -> tuple[Reminder, ...]:
        """Return what waits for one recipient now."""

    def remove(self, reminders: Sequence[Reminder]) -> None:
        """Take these away and no others."""
