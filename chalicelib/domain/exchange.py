"""What the centre tells an agency's own software. The message id is the event's: a duplicate is recognised by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain import events as ev
from chalicelib.domain.case import Holder, Role, Stage, State

VERSION = "1"
AGENCY_STATES = frozenset({State.WITH_AGENCY, State.WITH_POST})


@dataclass(frozen=True, slots=True)
class Outward:
    """A message to a unit; with the matter's text, and with the sender's contact details, only where it needs them."""

    type: str
    unit: str
    with_content: bool = False
    with_sender: bool = False


def outward_of(recorded: ev.Recorded) -> Outward | None:
    """Return the message an event makes for an agency, if any."""
    event = recorded.event
    match event:
        case ev.ForwardedToAgency() | ev.SentToPost():
            return Outward("case_assigned", event.holder.unit, with_content=True, with_sender=True)
        case ev.DetailsSupplied() if event.back_to in AGENCY_STATES:
            return Outward("details_added", event.holder.unit, with_content=True, with_sender=True)
        case ev.MarkedLate() | ev.DeadlineMoved() | ev.LateCorrected() if _with_agency(event.holder):
            assert event.holder is not None
            return Outward("reminder" if isinstance(event, ev.MarkedLate) else "deadline_moved", event.holder.unit)
        case ev.ActionOpened(action="notice"):  # who reported an official is not told to the official's house
            return Outward("conduct_notice", event.unit, with_content=True)
        case ev.ActionOpened(action="substitution"):
            return Outward("substitution_requested", event.unit)
    return None


def _with_agency(holder: Holder | None) -> bool:
    return holder is not None and holder.role == Role.AGENCY


def facts(event: ev.Event) -> Mapping[str, Any]:
    """Return the times and names a message shows beside its content."""
    match event:
        case ev.ForwardedToAgency() | ev.SentToPost() | ev.DetailsSupplied():
            return {"due_at": event.stage.due_at, "stage": event.stage.name}
        case ev.MarkedLate():
            return {"late_since": event.since, "stage": event.stage}
        case ev.DeadlineMoved(stage=Stage() as stage):
            return {"old_due": event.old_due, "due_at": stage.due_at, "stage": stage.name, "reason": event.reason}
        case ev.LateCorrected():
            return {"old_due": event.since, "due_at": event.due_at, "stage": event.stage, "reason": event.reason}
        case ev.ActionOpened():
            return {"due_at": event.due_at, "action": event.action}
    return {}
