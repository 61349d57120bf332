"""The time, and the day it is in the office's own zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib.domain.regulation import Regulation


class Clock(Protocol):
    """The time, as aware UTC."""

    def now(self) -> datetime:
        """Return the present moment."""


def local_day(at: datetime, regulation: Regulation) -> date:
    """Return the day of a moment in the office's own zone."""
    return at.astimezone(regulation.calendar.zone).date()
