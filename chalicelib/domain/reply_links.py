"""The link by which an agency without software answers (Điều 11.1.a: "hoặc email"): to which work, and until when.

A link names the event that gave a unit work: that one assignment, or that one duty of a conduct report. It leads there
as long as the unit has the work; the word that ends the work ends the link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role
from chalicelib.domain.case import INPUT, Case, Holder
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.stages import due_after
from chalicelib.domain.working_time import NeverDueError

BY_LINK = "link"  # log-in name of an agency that answers by the link in its mail
# What ends the work, and so uses the link up.
CLOSING = frozenset({"submit_result", "decline", "close_action", "give_input", "decline_input"})
OF_DUTIES = {INPUT: frozenset({"give_input", "decline_input"})}  # how they are answered; all others by "close_action"
_TITLE = "Liên kết này không đúng, đã được sử dụng hoặc đã hết hiệu lực."


class LinkOverError(NotFoundError):
    """The link was good once (410)."""

    def __init__(self) -> None:
        super().__init__("link_over", _TITLE, status=410)


class LinkUnknownError(NotFoundError):
    """The centre never made such a link (404); who tries is told no more than above."""

    def __init__(self) -> None:
        super().__init__("link_unknown", _TITLE)


@dataclass(frozen=True, slots=True)
class Task:
    """Work that an event gave a unit: the case itself, or a duty ("notice", "substitution", "input")."""

    seq: int
    unit: str
    duty: str = ""


def answers(action: str, task: Task) -> bool:
    """Tell whether an action is one by which such work is answered."""
    if task.duty:
        return action in OF_DUTIES.get(task.duty, {"close_action"})
    return action != "close_action" and action not in OF_DUTIES[INPUT]


def task_given(recorded: ev.Recorded) -> Task | None:
    """Return the work that an event gives an agency, if any."""
    match recorded.event:
        case ev.ForwardedToAgency() | ev.SentToPost() as event:
            return Task(recorded.seq, event.holder.unit)
        case ev.ActionOpened() as event:
            return Task(recorded.seq, event.unit, event.action)
        case ev.InputAsked() as event:
            return Task(recorded.seq, event.unit, INPUT)
    return None


def task_of(case: Case, history: Sequence[ev.Recorded], unit: str, duty: str = "") -> Task | None:
    """Return the work that a unit has now: the case itself, or a duty."""
    has = (
        any((open_one.unit, open_one.name) == (unit, duty) for open_one in case.open_actions)
        if duty
        else case.holder == Holder(Role.AGENCY, unit)
    )
    given = (task_given(recorded) for recorded in reversed(history)) if has else iter(())
    return next((task for task in given if task and (task.unit, task.duty) == (unit, duty)), None)


def check_link(case: Case, history: Sequence[ev.Recorded], task: Task, regulation: Regulation, now: datetime) -> None:
    """Raise LinkOverError where the unit has this work no more, or its time has run out."""
    until = good_until(case, task, regulation)
    if task_of(case, history, task.unit, task.duty) != task or (until is not None and now > until):
        raise LinkOverError


def good_until(case: Case, task: Task, regulation: Regulation) -> datetime | None:
    """Return the last moment of a link to work that runs; None while its clock stands still or never ends."""
    due = due_of(case, task)
    try:
        return due and due_after(due, regulation.reply_links_live, regulation)
    except NeverDueError:
        return None


def due_of(case: Case, task: Task) -> datetime | None:
    """Return when the work is due; None while its clock stands still."""
    if task.duty:
        duties = (one.due_at for one in case.open_actions if (one.unit, one.name) == (task.unit, task.duty))
        return next(duties, None)
    return case.stage.due_at if case.stage and not case.stage.paused else None
