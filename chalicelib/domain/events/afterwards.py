"""What comes of an answer: letters that do not arrive, ratings, another answer, the public board."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.case import Holder, Stage, State
from chalicelib.domain.event import Event, private


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """A letter did not reach the sender: somebody must telephone (R69)."""

    channel: str  # "email", "sms"
    reason: str  # bounce, complaint, refused (by the mail or SMS service), suppressed (the address failed before)
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderPhoned(Event):
    """The sender was telephoned in place of a letter (R69); `attempt` counts the calls since the letter failed."""

    outcome: str  # reached, not_reached, given_up (as often not reached as the regulation asks for)
    attempt: int
    number: str = private()
    note: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Event):
    """The sender said how satisfying the answer of `unit` is; `previous` is what was said of it before.

    `first_at` is when it was rated first, where this is another word: the tallies keep an answer's rating in one place.
    `criteria` is what was said of single things, as criterion → step of the scale.
    """

    unit: str
    rating: str
    previous: str = ""
    first_at: datetime | None = None
    comment: str = private()
    criteria: Mapping[str, str] = field(default_factory=dict)
    previous_criteria: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """The sender asked for another answer than that of `unit`; the case begins again with the operators."""

    state: ClassVar[State] = State.RECEIVED
    unit: str
    holder: Holder
    stage: Stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationProposed(Event):
    """A text without personal data is laid before the leadership."""

    question: str = private()
    answer: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Event):
    """Approved for the public board (R70)."""

    unit: str
    question: str = private()
    answer: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationWithdrawn(Event):
    """Taken off the board, or not approved."""

    reason: str = private()
