"""What would have become of a stage under other rules: the same work at the same times, another clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from chalicelib.domain import stages
from chalicelib.domain.case import NORMAL, Stage
from chalicelib.domain.regulation import Regulation


class Turn(Enum):
    """What may happen to a running clock."""

    ASKED = "asked"  # the sender is asked
    SUPPLIED = "supplied"  # the sender has answered
    PROMISED = "promised"  # a new appointment was granted (Điều 9.3)
    MOVED = "moved"  # the calendar moved what was promised


@dataclass(frozen=True, slots=True)
class Move:
    """A turn of the clock, and the appointment that stands from then on, if one was granted."""

    turn: Turn
    at: datetime
    promise: datetime | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a stage: from its start through its moves to its end, or to the moment up to which it is known."""

    name: str
    started_at: datetime
    until: datetime
    priority: str = NORMAL
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ends under a regulation; without `binding`, late means that a target of the centre was missed."""

    late: bool
    due_at: datetime
    binding: bool


@dataclass(frozen=True, slots=True)
class _Clock:
    """The time the regulation gives, and the time that was promised beside it; the later one counts."""

    stage: Stage
    promise: datetime | None = None

    @property
    def due_at(self) -> datetime:
        return self.stage.due_at if self.promise is None else max(self.stage.due_at, self.promise)

    @property
    def paused(self) -> bool:
        return self.stage.paused


def replayed(run: Run, regulation: Regulation) -> Outcome:
    """Run the clock of a stage again by the rules of a regulation.

    Late once is late for good (Điều 9.2). An appointment that was granted stays a promise: where the regulation's own
    time ends before it, the promise is the due time; where it ends later, nobody would have needed the promise.
    Raises KeyError for a stage the regulation does not know, ValueError where its calendar knows no such time.
    """
    clock = _Clock(stages.begin(run.name, regulation, run.started_at, run.priority))
    late = False
    for move in run.moves:
        # A promise that the calendar has moved is moved before anybody is late by it (domain/decide.py).
        late = late or (move.turn is not Turn.MOVED and stages.passed(clock, move.at))
        clock = _Clock(_turned(clock.stage, regulation, move), move.promise)
    return Outcome(late or stages.passed(clock, run.until), clock.due_at, clock.stage.binding)


def _turned(stage: Stage, regulation: Regulation, move: Move) -> Stage:
    if move.turn is Turn.ASKED:
        return stages.pause(stage, regulation, move.at)
    return stages.resume(stage, regulation, move.at) if move.turn is Turn.SUPPLIED else stage
