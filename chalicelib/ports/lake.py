"""Where the event log goes for questions that read years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class LakeRow:
    """One event. The table's columns are these fields, in this order; times are UTC, minutes are working minutes."""

    code: str
    seq: int
    at: datetime
    type: str
    role: str
    before: str | None
    after: str
    kind: str
    field: str
    unit: str
    priority: str | None
    holder_role: str | None
    holder_unit: str | None
    stage: str | None
    stage_started_at: datetime | None
    stage_minutes: float | None
    stage_due_at: datetime | None
    stage_first_due_at: datetime | None
    binding: bool | None
    paused: bool | None
    since: datetime | None
    due_at: datetime | None
    rating: str | None


class Lake(Protocol):
    """A table of events by day."""

    def write(self, day: date, rows: Iterable[LakeRow]) -> int:
        """Put a day's rows in the place of what was there of it; returns how many. Raises UnavailableError."""

    def days(self, since: date) -> frozenset[date]:
        """Return which days from this one on are there."""
