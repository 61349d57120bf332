"""What events make of duties: of conduct reports (R75), of units asked for input (R57); evolve.py asks here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain import events as ev
from chalicelib.domain.case import INPUT, Case, Duty
from chalicelib.domain.case_code import display


def document_number(case: Case, duty: str, symbol: str, ahead: int = 1) -> str:
    """Return the number of a duty's document: the case's code, a symbol, and which of its kind in the case it is."""
    place = sum(other.name == duty for other in case.actions) + ahead
    return f"{display(case.code)}/{symbol}" + (f"-{place}" if place > 1 else "")


def _opened(case: Case, event: ev.ActionOpened, recorded: ev.Recorded) -> Case:
    return _owing(case, event.action, event, recorded)


def _asked(case: Case, event: ev.InputAsked, recorded: ev.Recorded) -> Case:
    return _owing(case, INPUT, event, recorded, remind_every=event.remind_every, article=event.article)


def _owing(case: Case, name: str, event: ev.ActionOpened | ev.InputAsked, recorded: ev.Recorded, **more: Any) -> Case:
    duty = Duty(
        name,
        event.unit,
        event.due_at,
        opened_at=recorded.at,
        minutes=event.minutes,
        calendar=event.calendar,
        number=event.number,
        **more,
    )
    return replace(case, actions=(*case.actions, duty))


def _said(case: Case, event: ev.InputGiven | ev.InputDeclined, recorded: ev.Recorded) -> Case:
    return _changed(case, (INPUT, event.unit), closed_at=recorded.at)


def _unasked(case: Case, event: ev.InputWithdrawn, recorded: ev.Recorded) -> Case:
    return _changed(case, (INPUT, event.unit), closed_at=recorded.at, withdrawn=True)


def _closed(case: Case, event: ev.ActionClosed, recorded: ev.Recorded) -> Case:
    return _changed(case, (event.action, event.unit), closed_at=recorded.at, withdrawn=event.withdrawn)


def _overdue(case: Case, event: ev.ActionOverdue, _: ev.Recorded) -> Case:
    return _changed(case, (event.action, event.unit), overdue=True, reminders=event.step + 1)


def _changed(case: Case, whose: tuple[str, str], **changes: Any) -> Case:
    which = (*whose, None)  # one that is withdrawn may have been opened again
    actions = (replace(one, **changes) if (one.name, one.unit, one.closed_at) == which else one for one in case.actions)
    return replace(case, actions=tuple(actions))


HANDLERS: Mapping[type[ev.Event], Callable[[Case, Any, ev.Recorded], Case]] = {
    ev.ActionOpened: _opened,
    ev.ActionOverdue: _overdue,
    ev.ActionClosed: _closed,
    ev.InputAsked: _asked,
    ev.InputGiven: _said,
    ev.InputDeclined: _said,
    ev.InputWithdrawn: _unasked,
}
