"""What can happen to a petition. An event holds facts; the words that came with it stand apart, sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor


class Event:
    """Something that happened."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Received(Event):
    """It came; `from_case`: out of the ordinary track."""

    channel: str
    joint: bool
    from_case: bool = False


@dataclass(frozen=True, slots=True)
class Supplemented(Event):
    """Its sender said more."""


@dataclass(frozen=True, slots=True)
class Classified(Event):
    """A person said what it is."""

    kind: str


@dataclass(frozen=True, slots=True)
class Accepted(Event):
    """Thụ lý, by the competent body (words: body)."""

    on: date


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """It ends without being settled: refused, transferred, guided, moved."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """The competent body took more time."""

    grade: str
    days: int


@dataclass(frozen=True, slots=True)
class Settled(Event):
    """The decision or conclusion was issued."""

    document: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """The competent body was urged, or its execution checked (R85)."""

    how: str
    on: date


@dataclass(frozen=True, slots=True)
class Executed(Event):
    """What was decided is done."""


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """The sender took it back; a denunciation may go on all the same."""

    goes_on: bool


@dataclass(frozen=True, slots=True)
class Opened(Event):
    """Somebody asked to see a part of it, and was shown it after this was written."""

    part: str


@dataclass(frozen=True, slots=True)
class HeldBack(Event):
    """It is kept for good: a serious matter, or one that goes on elsewhere (words: reason)."""


@dataclass(frozen=True, slots=True)
class HoldLifted(Event):
    """Its time counts again."""


@dataclass(frozen=True, slots=True)
class Erased(Event):
    """Its time was over: words and identity are taken away, facts and log stay."""


EVENTS: Mapping[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event in its place. `words` are empty where they were not unsealed; `noted` names them all the same."""

    code: str
    seq: int
    at: datetime
    actor: Actor
    article: str
    event: Event
    words: Mapping[str, str] = field(default_factory=dict)
    noted: tuple[str, ...] = ()
