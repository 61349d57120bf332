"""What every event is: events.py and the modules beside it say which there are."""

from __future__ import annotations

from dataclasses import field
from typing import Any, ClassVar

from chalicelib.domain.case import State


def private(default: str = "") -> Any:
    """Mark a field as free text that is kept apart from the event."""
    return field(default=default, metadata={"private": True})


class Event:
    """One thing that happened."""

    state: ClassVar[State | None] = None  # the state it leads to, where it is always the same
