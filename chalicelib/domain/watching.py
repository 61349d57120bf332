"""What the clock makes true: lateness, the escalation ladder, closing (Điều 9; R61, R111)."""

from __future__ import annotations

from datetime import datetime
from itertools import takewhile

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.case import Case, Duty, State
from chalicelib.domain.regulation import Regulation


def overdue(case: Case, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Record a binding limit that has passed, once; exactly at the due time is still in time."""
    stage = case.stage
    if stage is None or case.holder is None or not stage.binding or stage.late_since is not None:
        return []
    if not stages.passed(stage, now):
        return []
    article = regulation.stages[stage.name].article
    first = not case.late_marks
    return [ev.MarkedLate(article=article, stage=stage.name, holder=case.holder, since=stage.due_at, first=first)]


def watch(case: Case, command: cmd.Watch, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Everything that has become true by now (the late mark itself is recorded before any command)."""
    duties = _duties(case, regulation, now)
    if case.state is State.ANSWERED and case.ended_at is not None:
        done = now >= stages.due_after(case.ended_at, regulation.close_after, regulation)
        return [*duties, ev.Closed()] if done and not case.open_actions else duties
    if case.stage is None or case.holder is None:
        return []
    if case.stage.paused:
        return duties + _waiting_long(case, regulation, now)
    return duties + _rungs(case, regulation, now)


def _duties(case: Case, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Remind of each duty until it is closed; after an outage once of all that was missed."""
    return [
        ev.ActionOverdue(action=action.name, unit=action.unit, due_at=action.due_at, step=step, article=action.article)
        for action in case.open_actions
        if (step := _last_reminder(action, regulation, now)) >= action.reminders
    ]


def _last_reminder(action: Duty, regulation: Regulation, now: datetime) -> int:
    step = action.reminders
    while stages.reminded_at(action, step, regulation) <= now:
        step += 1
    return step - 1


def _rungs(case: Case, regulation: Regulation, now: datetime) -> list[ev.Event]:
    stage, holder = case.stage, case.holder
    assert stage is not None
    assert holder is not None
    above = regulation.ladder[stage.step :]
    reached = list(takewhile(lambda rung: stages.rung_at(stage, rung, regulation) <= now, above))
    if not reached:
        return []
    # After an outage only the highest rung is told, but to everybody whom those below it would have reached.
    to = dict.fromkeys(name for rung in reached for name in rung.to)
    return [
        ev.Escalated(
            stage=stage.name,
            holder=holder,
            step=stage.step + len(reached) - 1,
            due_at=stage.due_at,
            to=tuple(to),
            letter=reached[-1].letter if stage.binding else "reminder",
            supervisor=case.supervisor if "supervisor" in to else "",
        )
    ]


def _waiting_long(case: Case, regulation: Regulation, now: datetime) -> list[ev.Event]:
    assert case.stage is not None
    assert case.holder is not None
    began = case.stage.pauses[-1][0]
    if case.stage.reminded or now < stages.due_after(began, regulation.remind_waiting_after, regulation):
        return []
    return [ev.Escalated(stage="waiting", holder=case.holder, step=0, due_at=case.stage.due_at, to=("holder",))]
