"""Which concerns an event has: the queues it is relayed to. The one table of all effects."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain import events as ev

NOTICES, OUTGOING, TALLIES, BOARD = "notices", "outgoing", "tallies", "board"
CONCERNS = (NOTICES, OUTGOING, TALLIES, BOARD)

_MORE: Mapping[type[ev.Event], tuple[str, ...]] = {
    ev.Received: (NOTICES,),
    ev.DetailsRequested: (NOTICES,),
    ev.DetailsSupplied: (NOTICES, OUTGOING),
    ev.SenderWrote: (NOTICES, OUTGOING),
    ev.Refused: (NOTICES,),
    ev.ForwardedToOfficer: (NOTICES,),
    ev.ForwardedToAgency: (OUTGOING,),
    ev.SentToPost: (OUTGOING,),
    ev.ReferredToLeadership: (NOTICES,),
    ev.Appointed: (NOTICES,),
    ev.Reappointed: (NOTICES,),
    ev.Answered: (NOTICES, OUTGOING),
    ev.Reopened: (NOTICES,),
    ev.ReturnedToOperator: (OUTGOING,),
    ev.ForwardingTakenBack: (NOTICES, OUTGOING),
    ev.ResultSubmitted: (OUTGOING,),
    ev.DeclinedByAgency: (OUTGOING,),
    ev.ActionOpened: (OUTGOING,),
    ev.ActionClosed: (OUTGOING,),
    ev.MarkedLate: (OUTGOING,),
    ev.DeadlineMoved: (NOTICES, OUTGOING),
    ev.LateCorrected: (NOTICES, OUTGOING),
    ev.Escalated: (NOTICES,),
    ev.Urged: (NOTICES,),
    ev.ActionOverdue: (NOTICES,),
    ev.InputAsked: (NOTICES,),
    ev.InputGiven: (NOTICES,),
    ev.InputDeclined: (NOTICES,),
    ev.InputWithdrawn: (NOTICES,),
    ev.DeliveryFailed: (NOTICES,),
    ev.Published: (BOARD,),
    ev.PublicationWithdrawn: (BOARD,),
}


def concerns(event_type: str) -> tuple[str, ...]:
    """Return the concerns of an event type; everything is counted. Raises KeyError for an unknown type."""
    return (TALLIES, *_MORE.get(ev.EVENT_TYPES[event_type], ()))
