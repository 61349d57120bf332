"""Which events an agency's own software is told of. The message id is the event's: a duplicate is recognised by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case, Holder, Stage, State
from chalicelib.domain.errors import ConflictError

SOFTWARE = "sqs"  # log-in name of an agency that speaks by its queue
NEAR = timedelta(seconds=1)  # a client may keep times to the second
AGENCY_STATES = frozenset({State.WITH_AGENCY, State.WITH_POST})


@dataclass(frozen=True, slots=True)
class Outward:
    """A message to a unit: `facts` beside the case; the matter's text and the sender's contact only where needed."""

    type: str
    unit: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    with_content: bool = False
    with_sender: bool = False


def outward_of(recorded: ev.Recorded, holder: Holder | None) -> Outward | None:
    """Return the message an event makes for an agency, if any; `holder` had the case until then."""
    event = recorded.event
    match event:
        case ev.ForwardedToAgency() | ev.SentToPost():
            return _work("case_assigned", event.holder.unit, event.stage)
        case ev.DetailsSupplied() | ev.SenderWrote():
            return _words(event)
        case ev.MarkedLate() | ev.DeadlineMoved() | ev.LateCorrected() if _with_agency(event.holder):
            return _of_clock(event)
        case ev.ActionOpened():
            return _duty(event)
        case ev.ActionClosed():
            return _withdrawn(recorded, event.unit, {"action": event.action})
    return _withdrawn(recorded, holder.unit, {}) if holder and _left(recorded, holder) else None


def check_assignment(case: Case, assigned_at: datetime | None) -> None:
    """Raise ConflictError where a reply names another assignment than the one that runs; naming none is allowed."""
    if assigned_at is None or case.stage is None:
        return
    if abs(case.stage.started_at - assigned_at) >= NEAR:
        raise ConflictError(
            "old_assignment",
            "Thông điệp trả lời một lần giao đã kết thúc",
            pointer="/assigned_at",
            assigned_at=case.stage.started_at,
        )


def _work(kind: str, unit: str, stage: Stage) -> Outward:
    facts = {"stage": stage.name, "assigned_at": stage.started_at, "due_at": stage.due_at}
    return Outward(kind, unit, facts, with_content=True, with_sender=True)


def _words(event: ev.DetailsSupplied | ev.SenderWrote) -> Outward | None:
    clock = event.clock if isinstance(event, ev.SenderWrote) else event.stage
    if event.holder is None or clock is None or not _with_agency(event.holder):
        return None
    return _work("details_added", event.holder.unit, clock)


def _duty(event: ev.ActionOpened) -> Outward:
    facts = {"action": event.action, "number": event.number, "due_at": event.due_at}
    if event.action == "notice":  # who reported an official is not told to the official's house
        return Outward("conduct_notice", event.unit, facts, with_content=True)
    return Outward("substitution_requested", event.unit, facts)


def _of_clock(event: ev.MarkedLate | ev.DeadlineMoved | ev.LateCorrected) -> Outward | None:
    assert event.holder is not None
    unit = event.holder.unit
    match event:
        case ev.MarkedLate():
            return Outward("reminder", unit, {"stage": event.stage, "late_since": event.since})
        case ev.DeadlineMoved(stage=Stage() as stage):
            moved = {"stage": stage.name, "old_due": event.old_due, "due_at": stage.due_at, "reason": event.reason}
            return Outward("deadline_moved", unit, moved)
        case ev.LateCorrected():
            moved = {"stage": event.stage, "old_due": event.since, "due_at": event.due_at, "reason": event.reason}
            return Outward("deadline_moved", unit, moved)
    return None


def _withdrawn(recorded: ev.Recorded, unit: str, facts: Mapping[str, Any]) -> Outward | None:
    """Tell the software that the work is no longer its own, unless it was the software that said so."""
    actor = recorded.actor
    its_own = (actor.role, actor.unit) == (Role.AGENCY, unit)
    if its_own and actor.name == SOFTWARE:
        return None
    return Outward("withdrawn", unit, {"because": "done_at_desk" if its_own else "taken_back", **facts})


def _left(recorded: ev.Recorded, holder: Holder) -> bool:
    # A case that waits for its sender stays with whoever asked.
    return _with_agency(holder) and recorded.after not in AGENCY_STATES | {State.AWAITING_DETAILS}


def _with_agency(holder: Holder | None) -> bool:
    return holder is not None and holder.role == Role.AGENCY
