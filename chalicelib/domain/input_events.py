"""What can happen to a request for input inside a case (lấy ý kiến, R57): the case's own clock and owner stay (R18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.event import Event, private


@dataclass(frozen=True, slots=True, kw_only=True)
class InputAsked(Event):
    """Whoever holds the case asks `unit` a question, with a clock of its own in working minutes."""

    unit: str
    number: str
    due_at: datetime
    minutes: float
    calendar: int
    remind_every: int
    article: str
    asked_by: str  # unit
    with_contact: bool = False  # the unit may know who sent the case
    question: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputGiven(Event):
    """The unit gave its input."""

    unit: str
    number: str
    article: str
    asked_by: str  # unit that has the case now
    late: bool = False
    opinion: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputDeclined(Event):
    """The unit has none to give, or it is no matter of its own."""

    unit: str
    number: str
    article: str
    asked_by: str
    late: bool = False
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class InputWithdrawn(Event):
    """Nobody asks any more: the holder took the request back, or the case has ended without it."""

    unit: str
    number: str
    article: str
    ended: bool = False
    reason: str = private()
