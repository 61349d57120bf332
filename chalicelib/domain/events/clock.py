"""What the clock makes true of a case, its duties, and what moves them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.case import Duty, Holder, Stage, State
from chalicelib.domain.event import Event, private


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOpened(Event):
    """A duty of a conduct report begins: notice to, or substitution asked of, the official's agency (R75)."""

    action: str
    unit: str
    due_at: datetime
    minutes: float = 0
    calendar: int = 0
    number: str = ""  # of its document


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClosed(Event):
    """A duty of a conduct report is done, or `withdrawn` with the case it came with."""

    action: str
    unit: str
    withdrawn: bool = False
    outcome: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOverdue(Event):
    """A duty is not done in its time; `step` counts the reminders from 0."""

    action: str
    unit: str
    due_at: datetime
    step: int = 0
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLate(Event):
    """A limit of the regulation ended unmet (Điều 9.1, 9.2)."""

    article: str
    stage: str
    holder: Holder
    since: datetime
    first: bool  # the case's first late mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """A rung of the escalation ladder was reached."""

    stage: str
    holder: Holder
    step: int
    due_at: datetime
    to: tuple[str, ...]
    letter: str = "reminder"
    supervisor: str = ""  # the case's own, where "supervisor" is told and it has one


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    """The centre's calendar was changed under a running clock: the working time left is kept, the due time moves."""

    stage: Stage | None
    holder: Holder | None
    old_due: datetime | None
    new_due: datetime | None
    appointment: datetime | None = None  # the time promised to the sender, where it moved
    actions: tuple[Duty, ...] = ()  # duties that moved
    changes: tuple[int, ...] = ()  # numbers of the changes of the calendar
    author: str = ""  # log-in name of whoever made the last of them
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCorrected(Event):
    """Leadership takes back a late mark (đính chính): by the calendar that is right the stage was in time."""

    stage: str
    unit: str
    since: datetime
    due_at: datetime  # the due time by the calendar that is right
    leader: str
    last: bool  # no late mark of the case stands any more
    running: Stage | None = None  # the stage that goes on, if it is this one
    holder: Holder | None = None  # who has that stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """Answered long enough ago, nothing left to do."""

    state: ClassVar[State] = State.CLOSED
