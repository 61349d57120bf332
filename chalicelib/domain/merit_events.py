"""What a matter turns out to be worth: judged (Điều 14; R105), a change, a reward for its sender (Điều 16.1; R108)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chalicelib.domain.event import Event, private


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Event):
    """Leadership says whether a conduct report was founded; a later word replaces an earlier one."""

    verdict: str  # founded, unfounded
    leader: str
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedToChange(Event):
    """A rule or procedure was amended or repealed because of what the sender said, by which document of which day."""

    document: str  # its number
    dated: date
    change: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardProposed(Event):
    """The head of whoever handled the case proposes a form of reward for its sender."""

    leader: str
    reward: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardDecided(Event):
    """Leadership grants what was proposed, by which document, or not."""

    granted: bool
    leader: str
    document: str = ""
    reason: str = private()
