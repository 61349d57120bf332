"""The clock of a case: opening, pausing, prolonging a stage, and when to look at it next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isclose
from typing import TYPE_CHECKING, Final, Protocol

from chalicelib.domain.case import NORMAL, Case, Duty, Stage, State

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation, Rung

HANDLING: Final = ("officer", "agency", "reply", "post")  # the stages after the operators' own, until the answer


class Timed(Protocol):
    """What runs out: a stage, or what is told of one."""

    @property
    def due_at(self) -> datetime:
        """When its time is over."""

    @property
    def paused(self) -> bool:
        """True while its clock waits."""


class Reckoned(Protocol):
    """What a due time was reckoned from, whoever's it is."""

    @property
    def started_at(self) -> datetime:
        """From when."""

    @property
    def minutes(self) -> float:
        """How many working minutes."""

    @property
    def pauses(self) -> Pauses:
        """When the clock stood still."""

    @property
    def due_at(self) -> datetime:
        """When they are used up."""

    @property
    def calendar(self) -> int:
        """By which version of the calendar."""


MICROSECOND = 1 / 60_000_000  # in minutes
Pauses = tuple[tuple[datetime, datetime | None], ...]


def due_after(start: datetime, minutes: float, regulation: Regulation, pauses: Pauses = ()) -> datetime:
    """Return, in UTC, the moment at which so many working minutes are used up."""
    return regulation.calendar.due(start, minutes, pauses).astimezone(UTC)


def begin(
    name: str, regulation: Regulation, now: datetime, priority: str = NORMAL, running: Stage | None = None
) -> Stage:
    """Start the clock of a stage at the moment of transfer; outside hours it runs from the next opening (R63).

    Where a priority limits the handling as a whole, the clock that is `running` goes on through all of it.
    """
    limit = regulation.limit(name, priority)
    if running and name in HANDLING and running.name in HANDLING and regulation.handled_in(priority):
        return replace(running, name=name, accepted_at=None, reminded=False)
    due = due_after(now, limit.minutes, regulation)
    return Stage(name, now, limit.minutes, due, due, limit.binding, calendar=regulation.calendar_version)


def pause(stage: Stage, regulation: Regulation, now: datetime) -> Stage:
    """Stop the clock while the sender is asked, where the regulation lets that pause it."""
    if State.AWAITING_DETAILS not in regulation.pauses:
        return stage
    return replace(stage, pauses=(*stage.pauses, (now, None)), reminded=False)


def resume(stage: Stage, regulation: Regulation, now: datetime) -> Stage:
    """Let the clock go on: the due time moves by what the pause took, unless it had passed before the pause."""
    if not stage.paused:
        return stage
    began = stage.pauses[-1][0]
    pauses = (*stage.pauses[:-1], (began, max(now, began)))
    resumed = replace(stage, pauses=pauses, calendar=regulation.calendar_version)
    # A promised time may lie at the end of a closed hour: the same office minute as its beginning, which is nearer.
    if stage.due_at <= began or fits(resumed, regulation):
        return resumed
    return replace(resumed, due_at=due_after(stage.started_at, stage.minutes, regulation, pauses))


def fits(clock: Reckoned, regulation: Regulation) -> bool:
    """Tell whether a due time is as far from its start, in working time, as it was given minutes."""
    worked = regulation.calendar.elapsed_minutes(clock.started_at, clock.due_at, clock.pauses)
    return isclose(worked, clock.minutes, rel_tol=0, abs_tol=MICROSECOND)


def in_hours(at: datetime, regulation: Regulation) -> bool:
    """Tell whether a moment is of office hours; they end with it: 17:00 itself is fair though the door closes then."""
    return regulation.calendar.is_open(at) or regulation.calendar.is_open(at - timedelta(seconds=1))


def prolong(stage: Stage, regulation: Regulation, new_due: datetime) -> Stage:
    """Move the due time to a promised one (Điều 9.3); the first promise is kept beside it."""
    minutes = regulation.calendar.elapsed_minutes(stage.started_at, new_due, stage.pauses)
    return replace(stage, minutes=minutes, due_at=new_due, calendar=regulation.calendar_version)


def passed(stage: Timed, now: datetime) -> bool:
    """Tell whether the time of a stage is over: exactly at the due time is still in time, and who waits is not late."""
    return not stage.paused and now > stage.due_at


def rung_at(stage: Stage, rung: Rung, regulation: Regulation) -> datetime:
    """When a rung of the ladder is reached: a moment of office hours, for its notices keep them (Điều 3.2).

    A budget that ends with the day ends at closing time; its rung is the next opening.
    """
    if rung.minutes_after is not None:
        reached = due_after(stage.due_at, rung.minutes_after, regulation, stage.pauses)
    else:
        reached = due_after(stage.started_at, _budget_until(stage, rung), regulation, stage.pauses)
    return told_at(reached, regulation)


def _budget_until(stage: Stage, rung: Rung) -> float:
    if rung.minutes_before is not None:
        return max(stage.minutes - rung.minutes_before, 0)
    assert rung.percent is not None
    return stage.minutes * rung.percent / 100


def told_at(moment: datetime, regulation: Regulation) -> datetime:
    """Return when people are told of what became true at a moment: in office hours (Điều 3.2)."""
    return regulation.calendar.next_open(moment).astimezone(UTC)


def reminded_at(action: Duty, step: int, regulation: Regulation) -> datetime:
    """Return when the leaders are reminded of a duty: at its due time, then again and again until it is closed."""
    every = action.remind_every or regulation.conduct_remind_every
    return told_at(due_after(action.due_at, step * every, regulation) if step else action.due_at, regulation)


def next_alarm(case: Case, regulation: Regulation) -> datetime | None:
    """The earliest moment at which `watch` would find something to do; None when there is none."""
    if case.state is State.CLOSED or case.state is State.REFUSED:
        return None
    moments = [reminded_at(action, action.reminders, regulation) for action in case.open_actions]
    if case.stage is not None:
        moments += _of_stage(case.stage, regulation)
    elif not case.open_actions:
        assert case.ended_at is not None, "a case without a stage has ended"
        moments.append(due_after(case.ended_at, regulation.close_after, regulation))
    return min(moments, default=None)


def _of_stage(stage: Stage, regulation: Regulation) -> list[datetime]:
    if stage.paused:
        silent_for = due_after(stage.pauses[-1][0], regulation.remind_waiting_after, regulation)
        return [] if stage.reminded else [silent_for]
    moments = [stage.due_at] if stage.binding and stage.late_since is None else []
    if stage.step < len(regulation.ladder):
        moments.append(rung_at(stage, regulation.ladder[stage.step], regulation))
    return moments
