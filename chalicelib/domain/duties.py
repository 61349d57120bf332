"""What events make of the duties of a conduct report (R75); evolve.py asks here. No rule is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain import events as ev
from chalicelib.domain.case import Case, ConductAction


def _opened(case: Case, event: ev.ActionOpened, recorded: ev.Recorded) -> Case:
    duty = ConductAction(
        event.action,
        event.unit,
        event.due_at,
        opened_at=recorded.at,
        minutes=event.minutes,
        calendar=event.calendar,
        number=event.number,
    )
    return replace(case, actions=(*case.actions, duty))


def _closed(case: Case, event: ev.ActionClosed, recorded: ev.Recorded) -> Case:
    return _with(case, event, closed_at=recorded.at, withdrawn=event.withdrawn)


def _overdue(case: Case, event: ev.ActionOverdue, _: ev.Recorded) -> Case:
    return _with(case, event, overdue=True, reminders=event.step + 1)


def _with(case: Case, event: ev.ActionClosed | ev.ActionOverdue, **changes: Any) -> Case:
    which = (event.action, event.unit, None)  # one that is withdrawn may have been opened again
    actions = (replace(one, **changes) if (one.name, one.unit, one.closed_at) == which else one for one in case.actions)
    return replace(case, actions=tuple(actions))


HANDLERS: Mapping[type[ev.Event], Callable[[Case, Any, ev.Recorded], Case]] = {
    ev.ActionOpened: _opened,
    ev.ActionOverdue: _overdue,
    ev.ActionClosed: _closed,
}
