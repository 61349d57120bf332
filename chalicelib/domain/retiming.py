"""A change of the centre's calendar under running clocks: which due times move, and why (R63; Điều 3.2).

The working time that is left is kept, so a due time moves by what the change takes or gives. Nothing that is late
already is touched, and a clock that waits for the sender is set when it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.case import Case, Duty, Stage
from chalicelib.domain.centre_calendar import Change
from chalicelib.domain.regulation import Regulation


@dataclass(frozen=True, slots=True)
class _Duty:
    """A duty's clock: it never stands still."""

    started_at: datetime
    minutes: float
    due_at: datetime
    calendar: int
    pauses: stages.Pauses = ()


def touched(case: Case, regulation: Regulation) -> bool:
    """Tell whether a change of the calendar moves anything of this case."""
    return bool(moved(case, regulation, case.received_at))


def moved(case: Case, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Move what the calendar has moved since it was reckoned; nothing when no change has touched the case."""
    stage = _stage(case.stage, regulation) if case.stage else None
    appointment = _appointment(case, stage, regulation)
    actions = tuple(found for action in case.open_actions if (found := _action(action, regulation)))
    if not (appointment or actions or (stage and case.stage and stage.due_at != case.stage.due_at)):
        return []
    changes = _changes(case, stage, actions, regulation)
    return [
        ev.DeadlineMoved(
            stage=stage or case.stage,
            holder=case.holder,
            old_due=case.stage.due_at if case.stage else None,
            new_due=stage.due_at if stage else None,
            appointment=appointment,
            actions=actions,
            changes=tuple(change.number for change in changes),
            author=changes[-1].author,
            reason="; ".join(dict.fromkeys(change.why for change in changes)),
        )
    ]


def _stage(stage: Stage, regulation: Regulation) -> Stage:
    if stage.paused or stage.late_since is not None:
        return stage
    due = _due_again(stage, regulation)
    return stage if due is None else replace(stage, due_at=due, calendar=regulation.calendar_version)


def _action(action: Duty, regulation: Regulation) -> Duty | None:
    if action.overdue or action.opened_at is None:
        return None
    due = _due_again(_Duty(action.opened_at, action.minutes, action.due_at, action.calendar), regulation)
    return None if due is None else replace(action, due_at=due, calendar=regulation.calendar_version)


def _due_again(clock: stages.Reckoned, regulation: Regulation) -> datetime | None:
    """Return where the due time lies by a newer calendar; None when it stays."""
    if clock.calendar >= regulation.calendar_version:
        return None
    if not stages.fits(clock, regulation):
        due = stages.due_after(clock.started_at, clock.minutes, regulation, clock.pauses)
    else:  # no time was lost, but the hour itself may be: one promised for an opening that is none any more
        due = _attainable(clock.due_at, regulation)
    return None if due == clock.due_at else due


def _appointment(case: Case, stage: Stage | None, regulation: Regulation) -> datetime | None:
    """Return the new time promised to the sender, if it moves: with the due time it is, or out of a closed hour."""
    promised = case.appointment
    if promised is None or case.stage is None or stage is None or case.stage.paused:
        return None
    if promised == case.stage.due_at:
        return stage.due_at if stage.due_at != promised else None
    if case.stage.calendar >= regulation.calendar_version:
        return None
    attainable = _attainable(promised, regulation)
    return attainable if attainable != promised else None


def _attainable(at: datetime, regulation: Regulation) -> datetime:
    return at if stages.in_hours(at, regulation) else stages.told_at(at, regulation)


def _changes(case: Case, stage: Stage | None, actions: tuple[Duty, ...], regulation: Regulation) -> tuple[Change, ...]:
    """Return the changes that lie in the time of what moved, the newest last."""
    old = [clock for clock in (case.stage, *case.open_actions) if clock is not None]
    new = [clock for clock in (stage, *actions) if clock is not None]
    known = min(clock.calendar for clock in old)
    begins = [clock.started_at if isinstance(clock, Stage) else clock.opened_at for clock in old]
    ends = [clock.due_at for clock in (*old, *new)] + ([case.appointment] if case.appointment else [])
    first = _day(min(begin for begin in begins if begin), regulation)
    last = _day(max(ends), regulation)
    newer = [change for change in regulation.changes if change.number > known]
    return tuple(change for change in newer if any(first <= day <= last for day in change.dates)) or tuple(newer)


def _day(at: datetime, regulation: Regulation) -> date:
    return at.astimezone(regulation.calendar.zone).date()
