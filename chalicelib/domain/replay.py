"""What would have become of a stage under other rules: the same work at the same times, another clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from chalicelib.domain import stages
from chalicelib.domain.case import Stage
from chalicelib.domain.regulation import NORMAL, Regulation


class Turn(Enum):
    """What may happen to a running clock."""

    ASKED = "asked"  # the sender is asked
    SUPPLIED = "supplied"  # the sender has answered
    PROMISED = "promised"  # a new appointment was granted (Điều 9.3)
    MOVED = "moved"  # the calendar moved what was promised


@dataclass(frozen=True, slots=True)
class Move:
    """A turn of the clock, and the time that is promised from then on."""

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
class _Clocks:
    """The time the regulation gives, and the time that was promised beside it; the later one counts."""

    own: Stage
    promised: Stage | None = None

    @property
    def due_at(self) -> datetime:
        return self.own.due_at if self.promised is None else max(self.own.due_at, self.promised.due_at)

    @property
    def paused(self) -> bool:
        return self.own.paused


def replayed(run: Run, regulation: Regulation) -> Outcome:
    """Run the clock of a stage again by the rules of a regulation.

    Late once is late for good (Điều 9.2). An appointment that was granted stays a promise: where the regulation's own
    time ends before it, the promise is the due time; where it ends later, nobody would have needed the promise.
    Raises KeyError for a stage the regulation does not know, ValueError where its calendar knows no such time.
    """
    clocks = _Clocks(stages.begin(run.name, regulation, run.started_at, run.priority))
    late = False
    for move in run.moves:
        # A due time that the calendar has moved is moved before anybody is late by it (domain/decide.py).
        late = late or (move.turn is not Turn.MOVED and stages.passed(clocks, move.at))
        clocks = _TURNS[move.turn](clocks, regulation, move)
    return Outcome(late or stages.passed(clocks, run.until), clocks.due_at, clocks.own.binding)


def _asked(clocks: _Clocks, regulation: Regulation, move: Move) -> _Clocks:
    promised = clocks.promised and stages.pause(clocks.promised, regulation, move.at)
    return _Clocks(stages.pause(clocks.own, regulation, move.at), promised)


def _supplied(clocks: _Clocks, regulation: Regulation, move: Move) -> _Clocks:
    promised = clocks.promised and stages.resume(clocks.promised, regulation, move.at)
    return _Clocks(stages.resume(clocks.own, regulation, move.at), promised)


def _promised(clocks: _Clocks, regulation: Regulation, move: Move) -> _Clocks:
    assert move.promise is not None
    return _Clocks(clocks.own, stages.prolong(clocks.own, regulation, move.promise))


def _moved(clocks: _Clocks, regulation: Regulation, move: Move) -> _Clocks:
    return clocks if clocks.promised is None else _promised(clocks, regulation, move)


_TURNS: Mapping[Turn, Callable[[_Clocks, Regulation, Move], _Clocks]] = {
    Turn.ASKED: _asked,
    Turn.SUPPLIED: _supplied,
    Turn.PROMISED: _promised,
    Turn.MOVED: _moved,
}
