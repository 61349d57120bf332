"""Which stages a case ran through, and what became of them, as its events tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain import stages
from chalicelib.domain.case import NORMAL, State
from chalicelib.domain.replay import Move, Run, Turn
from chalicelib.views.export import Line, StageFacts

ENDED = frozenset({State.ANSWERED, State.REFUSED, State.CLOSED})
TURNS = {
    "DetailsRequested": Turn.ASKED,
    "DetailsSupplied": Turn.SUPPLIED,
    "Reappointed": Turn.PROMISED,
}


@dataclass(slots=True)
class Told:
    """One run of a stage as it was: at which unit, whether it was late, whether it still runs."""

    clock: StageFacts  # as of the last event that touched it
    unit: str
    priority: str
    late: bool = False
    since: datetime | None = None  # of its late mark
    promised: bool = False
    running: bool = True
    until: datetime | None = None
    moves: list[Move] = field(default_factory=list)

    @property
    def run(self) -> Run:
        """What of it does not depend on the rules."""
        assert self.until is not None
        return Run(self.clock.name, self.clock.started_at, self.until, self.priority, tuple(self.moves))

    def turn(self, line: Line, clock: StageFacts) -> None:
        """Its clock was touched; whatever but the calendar touches it, what had passed by then has passed."""
        turn = TURNS.get(line.type, Turn.MOVED)
        if turn is not Turn.MOVED:
            self.late = self.late or stages.passed(self.clock, line.at)
        self.promised = self.promised or turn is Turn.PROMISED
        if self.promised or turn is not Turn.MOVED:
            self.moves.append(Move(turn, line.at, clock.due_at if self.promised else None))
        self.clock = clock

    def correct(self, due_at: datetime | None) -> None:
        """Its late mark was none: by the right calendar it was due then."""
        self.late, self.since = False, None
        if due_at is not None:
            self.moves = [replace(move, promise=move.promise and max(move.promise, due_at)) for move in self.moves]

    def end(self, at: datetime, *, running: bool = False) -> None:
        """Nothing more is known of it after this moment."""
        self.late = self.late or stages.passed(self.clock, at)
        self.running, self.until = running, at


def stage_runs(case: Sequence[Line]) -> list[Told]:
    """Return the runs of the stages of a case; the last is judged at the moment of the export if it still runs."""
    found: list[Told] = []
    run: Told | None = None
    priority = NORMAL
    for line in case:
        priority = line.priority or priority
        clock = line.stage
        if clock is not None and not (run and _same(run.clock, clock)):
            if run is not None:
                run.end(line.at)
            run = _resumed(found, clock) or Told(clock, line.holder.unit if line.holder else line.unit, priority)
            found.append(run)
        elif clock is not None and run is not None:
            run.turn(line, clock)
        elif run is not None and line.after in ENDED:
            run.end(line.at)
            run = None
        if line.type in _MARKS:
            _MARKS[line.type](found, line)
    if run is not None:
        run.end(case[-1].as_of, running=True)
    return found


def _resumed(found: list[Told], clock: StageFacts) -> Told | None:
    """Return the run that goes on because what ended it was taken back: it never stopped."""
    for run in found:
        if _same(run.clock, clock):
            found.remove(run)
            run.running, run.until, run.clock = True, None, clock
            return run
    return None


def _same(clock: StageFacts, other: StageFacts) -> bool:
    return clock.started_at == other.started_at and clock.name == other.name


def _marked(found: list[Told], line: Line) -> None:
    if found:
        found[-1].late, found[-1].since = True, line.since


def _corrected(found: list[Told], line: Line) -> None:
    for run in found:
        if run.since == line.since and run.clock.name == line.stage_name:
            run.correct(line.due_at)


_MARKS = {"MarkedLate": _marked, "LateCorrected": _corrected}
