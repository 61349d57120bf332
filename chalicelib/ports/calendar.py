"""What administrators have changed about the office's days, and the recomputation each change asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.errors import ConflictError

if TYPE_CHECKING:
    from chalicelib.domain.centre_calendar import Change
    from chalicelib.ports.inbox import Receipt


class CentreCalendar(Protocol):
    """The changes made at run time, on top of the regulation's own calendar. None is ever changed or taken out."""

    def changes(self, *, fresh: bool = False) -> tuple[Change, ...]:
        """Return all changes in order, a short while old unless `fresh`; raises UnavailableError."""

    def add(self, change: Change, receipt: Receipt) -> None:
        """Record a change, open its retiming and keep the receipt, all or nothing.

        Raises ConflictError when the number is taken, AlreadyDoneError, UnavailableError.
        """


@dataclass(frozen=True, slots=True)
class Retiming:
    """How far the recomputation of the open cases has come that a change of the calendar asks for.

    Every open case is looked at in two rounds (docs/calendar.md says why). The newest retiming covers the older ones.
    """

    number: int  # of the change
    announced_at: datetime
    version: int = 0  # counts the writes of this record
    started_at: datetime | None = None
    round: int = 1
    cursor: str = ""  # of the next page; empty: the first
    looked_at: int = 0  # cases, in this round
    moved: int = 0  # cases, by this job itself: a case's own next command may be quicker
    failed: int = 0  # cases that could not be looked at, in this round
    finished_at: datetime | None = None


class Retimings(Protocol):
    """The recomputations."""

    def newest(self) -> Retiming | None:
        """Return that of the last change."""

    def all(self) -> tuple[Retiming, ...]:
        """Return one for each change, in order."""

    def save(self, retiming: Retiming) -> Retiming:
        """Write what was read with this version, and return it with its next; raises OvertakenError."""


class OvertakenError(ConflictError):
    """Another run has gone on meanwhile."""
