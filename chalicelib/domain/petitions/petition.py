"""A petition as it stands: facts alone. Who sent it, what it says and what is noted of it stand elsewhere, sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

CONTENT, IDENTITY = "content", "identity"  # the parts that are sealed


class State(StrEnum):
    """Where a petition is."""

    RECEIVED = "received"  # waits for a person to classify it
    CLASSIFIED = "classified"  # waits to be accepted, or not
    ACCEPTED = "accepted"  # thụ lý: the competent body settles it
    SETTLED = "settled"  # decided; its execution is followed
    CLOSED = "closed"


OUTCOMES = ("executed", "refused", "transferred", "guided", "moved", "withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """A petition without a word of anybody's."""

    code: str
    state: State
    channel: str
    received_at: datetime
    joint: bool = False  # of several senders
    kind: str = ""
    accepted_on: date | None = None
    grade: str = ""
    granted: tuple[int, ...] = ()  # days, one number an extension
    document: str = ""
    number: str = ""
    settled_on: date | None = None
    followed_on: date | None = None
    urged: int = 0
    checked: int = 0
    withdrawn: bool = False
    outcome: str = ""
    closed_on: date | None = None
    opened: int = 0  # how often somebody looked into it
    held: bool = False  # kept beyond its time
    erased_on: date | None = None
    version: int = 0

    @property
    def open(self) -> bool:
        """Tell whether something is left to do."""
        return self.state is not State.CLOSED
