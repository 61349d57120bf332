"""Who is told what when something happens (Điều 7.2, 8, 9; R39, R69)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case

SENDER = "sender"
WAITING = "waiting"  # the stage named by a reminder that the sender has been silent for long
REMINDERS = frozenset({"reminder", "overdue"})  # letters that wait for office hours and go together (Điều 3.2)


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter to "sender", "unit:<id>", "leader:<id>", "centre_leadership", "supervisor" or "operators"."""

    letter: str
    to: str


def notices_of(recorded: ev.Recorded) -> tuple[Notice, ...]:
    """Return the notices an event makes; the same event always makes the same."""
    rule = _RULES.get(type(recorded.event))
    return rule(recorded.event) if rule else ()


def still_so(event: ev.Event, case: Case) -> bool:
    """Tell whether what a reminder would say is so of the case as it is now: who reminds of it later would be wrong.

    Not once the stage or duty has ended or its due time has moved, nor while a clock that stopped in time stands still.
    """
    match event:
        case ev.ActionOverdue():
            duties = ((action.name, action.unit, action.due_at) for action in case.open_actions)
            return (event.action, event.unit, event.due_at) in duties
        case ev.Escalated():
            stage = case.stage
            if stage is None or (case.holder, stage.due_at) != (event.holder, event.due_at):
                return False
            if event.stage == WAITING:
                return stage.paused
            return stage.name == event.stage and not (stage.paused and stage.pauses[-1][0] <= stage.due_at)
    return False


def _to_sender(letter: str) -> Callable[[Any], tuple[Notice, ...]]:
    return lambda _: (Notice(letter, SENDER),)


def _received(event: ev.Received) -> tuple[Notice, ...]:
    # A refusal or a question back is told by its own event, with the code in the same letter.
    return (Notice("acknowledged", SENDER),) if event.outcome == "accept" else ()


def _supplied(event: ev.DetailsSupplied) -> tuple[Notice, ...]:
    return (Notice("written_back", SENDER),) if event.mail and event.mail.attachments else ()


def _wrote(event: ev.SenderWrote) -> tuple[Notice, ...]:
    told = (Notice("written_back", SENDER),) if event.written_back else ()
    if event.holder and event.holder.role == Role.AGENCY:  # by its queue or, without one, by mail: exchange.py
        return told
    return (*told, Notice("sender_wrote", f"unit:{event.holder.unit}" if event.holder else "operators"))


def _assigned(event: ev.ForwardedToOfficer) -> tuple[Notice, ...]:
    return (Notice("assigned", f"unit:{event.holder.unit}"),)


def _taken_back(event: ev.ForwardingTakenBack) -> tuple[Notice, ...]:
    if event.taken_from.role == Role.AGENCY:  # by its queue or, without one, by mail: exchange.py
        return ()
    return (Notice("taken_back", f"unit:{event.taken_from.unit}"),)


def _referred(event: ev.ReferredToLeadership) -> tuple[Notice, ...]:
    return (Notice("opinion_wanted", f"unit:{event.holder.unit}"),)


def _escalated(event: ev.Escalated) -> tuple[Notice, ...]:
    names = {"holder": f"unit:{event.holder.unit}", "holder_leader": f"leader:{event.holder.unit}"}
    names |= {"supervisor": f"unit:{event.supervisor}"} if event.supervisor else {}
    return tuple(Notice(event.letter, names.get(to, to)) for to in event.to)


def _urged(event: ev.Urged) -> tuple[Notice, ...]:
    return (Notice("urged", f"unit:{event.holder.unit}"),)


def _duty_overdue(event: ev.ActionOverdue) -> tuple[Notice, ...]:
    return (Notice("reminder", f"leader:{event.unit}"), Notice("reminder", "centre_leadership"))


def _to_asker(event: ev.InputGiven | ev.InputDeclined) -> tuple[Notice, ...]:
    return (Notice("input_came", f"unit:{event.asked_by}"),)


def _rescheduled(event: ev.DeadlineMoved) -> tuple[Notice, ...]:
    promised = event.old_due != event.new_due or event.appointment is not None
    return (Notice("rescheduled", SENDER),) if promised else ()


def _corrected(event: ev.LateCorrected) -> tuple[Notice, ...]:
    return (Notice("rescheduled", SENDER),) if event.running else ()


_RULES: Mapping[type[ev.Event], Callable[[Any], tuple[Notice, ...]]] = {
    ev.Received: _received,
    ev.DetailsRequested: _to_sender("details_wanted"),
    ev.DetailsSupplied: _supplied,
    ev.SenderWrote: _wrote,
    ev.Refused: _to_sender("refused"),
    ev.Appointed: _to_sender("appointed"),
    ev.Reappointed: _to_sender("reappointed"),
    ev.DeadlineMoved: _rescheduled,
    ev.LateCorrected: _corrected,
    ev.Answered: _to_sender("answered"),
    ev.Reopened: _to_sender("reopened"),
    ev.DeliveryFailed: lambda _: (Notice("undelivered", "operators"),),
    ev.ForwardedToOfficer: _assigned,
    ev.ForwardingTakenBack: _taken_back,
    ev.ReferredToLeadership: _referred,
    ev.Escalated: _escalated,
    ev.Urged: _urged,
    ev.ActionOverdue: _duty_overdue,
    ev.InputAsked: lambda event: (Notice("input_wanted", f"unit:{event.unit}"),),
    ev.InputGiven: _to_asker,
    ev.InputDeclined: _to_asker,
    ev.InputWithdrawn: lambda event: (Notice("input_withdrawn", f"unit:{event.unit}"),),
}
