"""What every event is, and an event in its place; events/ and the modules beside it say which there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import State


def private(default: str = "") -> Any:
    """Mark a field as free text that is kept apart from the event."""
    return field(default=default, metadata={"private": True})


class Event:
    """One thing that happened."""

    state: ClassVar[State | None] = None  # the state it leads to, where it is always the same


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place: `seq` counts from 1 within the case, the states are before and after it.

    `kind`, `field` and `unit` are the case's after the event: what every count and report is grouped by.
    """

    code: str
    seq: int
    at: datetime
    actor: Actor
    article: str
    event: Event
    before: State | None
    after: State
    kind: str = ""
    field: str = ""
    unit: str = ""

    @property
    def id(self) -> str:
        """Unique and stable: the key of every effect of this event."""
        return f"{self.code}#{self.seq:05d}"
