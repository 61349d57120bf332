"""What can happen to a case. Events are the truth; the case is their fold (evolve.py); their rooms are beside this.

A field made by `private()` is free text and so personal data: it is stored apart from the event, which keeps a
salted digest.
"""

from __future__ import annotations

from dataclasses import fields

from chalicelib.domain import keeping_events, merit_events  # noqa: F401 their events are among EVENT_TYPES
from chalicelib.domain.event import Event as Event
from chalicelib.domain.event import Recorded as Recorded
from chalicelib.domain.events.afterwards import DeliveryFailed as DeliveryFailed
from chalicelib.domain.events.afterwards import PublicationProposed as PublicationProposed
from chalicelib.domain.events.afterwards import PublicationWithdrawn as PublicationWithdrawn
from chalicelib.domain.events.afterwards import Published as Published
from chalicelib.domain.events.afterwards import Rated as Rated
from chalicelib.domain.events.afterwards import Reopened as Reopened
from chalicelib.domain.events.afterwards import SenderPhoned as SenderPhoned
from chalicelib.domain.events.clock import ActionClosed as ActionClosed
from chalicelib.domain.events.clock import ActionOpened as ActionOpened
from chalicelib.domain.events.clock import ActionOverdue as ActionOverdue
from chalicelib.domain.events.clock import Closed as Closed
from chalicelib.domain.events.clock import DeadlineMoved as DeadlineMoved
from chalicelib.domain.events.clock import Escalated as Escalated
from chalicelib.domain.events.clock import LateCorrected as LateCorrected
from chalicelib.domain.events.clock import MarkedLate as MarkedLate
from chalicelib.domain.events.handling import AcceptedByAgency as AcceptedByAgency
from chalicelib.domain.events.handling import Answered as Answered
from chalicelib.domain.events.handling import Appointed as Appointed
from chalicelib.domain.events.handling import DeclinedByAgency as DeclinedByAgency
from chalicelib.domain.events.handling import ForwardedToAgency as ForwardedToAgency
from chalicelib.domain.events.handling import ForwardedToOfficer as ForwardedToOfficer
from chalicelib.domain.events.handling import ForwardingTakenBack as ForwardingTakenBack
from chalicelib.domain.events.handling import OpinionGiven as OpinionGiven
from chalicelib.domain.events.handling import Reappointed as Reappointed
from chalicelib.domain.events.handling import ReferredToLeadership as ReferredToLeadership
from chalicelib.domain.events.handling import ResultSubmitted as ResultSubmitted
from chalicelib.domain.events.handling import ReturnedToOperator as ReturnedToOperator
from chalicelib.domain.events.handling import SentToPost as SentToPost
from chalicelib.domain.events.intake import Classified as Classified
from chalicelib.domain.events.intake import DetailsRequested as DetailsRequested
from chalicelib.domain.events.intake import DetailsSupplied as DetailsSupplied
from chalicelib.domain.events.intake import Received as Received
from chalicelib.domain.events.intake import Refused as Refused
from chalicelib.domain.events.intake import SenderWrote as SenderWrote
from chalicelib.domain.input_events import InputAsked as InputAsked
from chalicelib.domain.input_events import InputDeclined as InputDeclined
from chalicelib.domain.input_events import InputGiven as InputGiven
from chalicelib.domain.input_events import InputWithdrawn as InputWithdrawn
from chalicelib.domain.supervision import Urged as Urged

EVENT_TYPES: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}

LATER_WORDS = (DetailsSupplied, SenderWrote)  # what the sender said after the first words, in `content`
SENDERS_WORDS = (Received, *LATER_WORDS)

_PRIVATE: dict[str, tuple[str, ...]] = {
    name: tuple(item.name for item in fields(kind) if item.metadata.get("private"))  # type: ignore[arg-type] # all events are dataclasses
    for name, kind in EVENT_TYPES.items()
}


def private_fields(kind: type[Event]) -> tuple[str, ...]:
    """Names of the fields of an event type that are kept apart."""
    return _PRIVATE[kind.__name__]
