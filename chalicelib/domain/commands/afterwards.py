"""What follows an answer, and what the clock and the letters ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from chalicelib.domain.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Command):
    """What the sender says of the answer: a step of the regulation's scale, the same of its criteria, free words."""

    action: ClassVar[str] = "rate"
    rating: str
    comment: str = ""
    criteria: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Command):
    """The sender, not satisfied, asks for another answer."""

    action: ClassVar[str] = "reopen"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePublication(Command):
    """Lay a text without personal data before the leadership."""

    action: ClassVar[str] = "propose_publication"
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePublication(Command):
    """Publish what was proposed."""

    action: ClassVar[str] = "approve_publication"
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPublication(Command):
    """Take it back."""

    action: ClassVar[str] = "withdraw_publication"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLate(Command):
    """Leadership takes back late marks that a day off, announced too late, had made."""

    action: ClassVar[str] = "correct_late"
    reason: str
    leader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUndelivered(Command):
    """A letter came back, or could not be sent: see events.DeliveryFailed."""

    action: ClassVar[str] = "note_undelivered"
    channel: str
    reason: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePhoned(Command):
    """Somebody telephoned the sender, whom a letter did not reach."""

    action: ClassVar[str] = "note_phoned"
    reached: bool
    number: str = ""  # where it was another than that of the file
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Command):
    """The sweep looks at a case whose alarm is due."""

    action: ClassVar[str] = "watch"
