"""What can happen to a case. Events are the truth; the case is their fold (evolve.py).

A field made by `private()` is free text and so personal data: it is stored apart from the event, which keeps a
salted digest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import ClassVar

from chalicelib.domain import keeping_events, merit_events  # noqa: F401 their events are among EVENT_TYPES
from chalicelib.domain.case import Attachment, Duty, Holder, Mailed, Stage, State
from chalicelib.domain.event import Event as Event
from chalicelib.domain.event import Recorded as Recorded
from chalicelib.domain.event import private
from chalicelib.domain.input_events import InputAsked as InputAsked
from chalicelib.domain.input_events import InputDeclined as InputDeclined
from chalicelib.domain.input_events import InputGiven as InputGiven
from chalicelib.domain.input_events import InputWithdrawn as InputWithdrawn
from chalicelib.domain.supervision import Urged as Urged


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Event):
    """A matter came in (tiếp nhận) and was judged by the rules of eligibility."""

    state: ClassVar[State] = State.RECEIVED
    kind: str
    about: str | None
    channel: str
    field: str
    sender_kind: str
    outcome: str  # accept, refuse, await_details
    reachable: tuple[str, ...]
    flags: tuple[str, ...]
    holder: Holder
    stage: Stage
    in_office_hours: bool
    priority: str = "normal"
    supervisor: str = ""
    attachments: tuple[Attachment, ...] = ()
    source: str = ""  # of a matter raised at a session of citizen reception
    title: str = private()
    content: str = private()
    file_names: str = private()  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsRequested(Event):
    """The sender is asked to complete the matter (R40); the clock waits."""

    state: ClassVar[State] = State.AWAITING_DETAILS
    stage: Stage
    article: str = ""
    missing: tuple[str, ...] = ()
    question: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsSupplied(Event):
    """The sender completed the matter; the clock goes on."""

    back_to: State
    stage: Stage
    holder: Holder
    reachable: tuple[str, ...]
    mail: Mailed | None = None  # None: on the portal, or told to the desk
    attachments: tuple[Attachment, ...] = ()
    content: str = private()
    file_names: str = private()  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderWrote(Event):
    """The sender wrote though nothing was asked: the words are kept; holder, state and clock stay as they are."""

    holder: Holder | None  # None: the case had ended
    clock: Stage | None  # of the holder
    written_back: bool  # a letter tells the sender what becomes of it
    mail: Mailed
    content: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Event):
    """Not accepted, with a reason and where to go instead (R39)."""

    state: ClassVar[State] = State.REFUSED
    article: str
    rule: str  # id of the rule, or "operator"
    reason: str = private()
    guidance: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified(Event):
    """The operator corrected what the sender chose (phân loại); budgets of a priority begin with the next stage."""

    kind: str
    about: str | None
    field: str
    priority: str = ""  # empty: as it was
    supervisor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardedToOfficer(Event):
    """Tier 1 → 2: beyond ordinary knowledge (Điều 8.1.b); beside the unit chosen the one that routing suggested."""

    state: ClassVar[State] = State.WITH_OFFICER
    holder: Holder
    stage: Stage
    suggested: str | None = None
    rule: str = ""  # of the routing file, that suggested it
    note: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardedToAgency(Event):
    """Tier 2 → 3: needs verification (Điều 8.1.c)."""

    state: ClassVar[State] = State.WITH_AGENCY
    holder: Holder
    stage: Stage
    note: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentToPost(Event):
    """A service request goes to the Post at once (Điều 8.2.a)."""

    state: ClassVar[State] = State.WITH_POST
    holder: Holder
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferredToLeadership(Event):
    """Out of jurisdiction: the Centre's leadership is asked (Điều 8.3)."""

    state: ClassVar[State] = State.WITH_LEADERSHIP
    holder: Holder
    stage: Stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven(Event):
    """The leadership's opinion; the operator tells the sender (Điều 8.3)."""

    state: ClassVar[State] = State.RECEIVED
    holder: Holder
    stage: Stage
    leader: str
    opinion: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedToOperator(Event):
    """The officer hands the case back."""

    state: ClassVar[State] = State.RECEIVED
    holder: Holder
    stage: Stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingTakenBack(Event):
    """Forwarded by mistake and taken back before anything was done with it; the clock before goes on."""

    taken_from: Holder
    back_to: State
    holder: Holder
    stage: Stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinedByAgency(Event):
    """Not ours, says the agency; the officer finds another."""

    state: ClassVar[State] = State.WITH_OFFICER
    holder: Holder
    stage: Stage
    unit: str
    suggested: str | None = None
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedByAgency(Event):
    """The agency confirms that it has the case."""

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed(Event):
    """The officer's first appointment for the reply (Điều 8.1.c); not a re-appointment."""

    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reappointed(Event):
    """The agency's one new appointment (hẹn lại, Điều 9.3)."""

    stage: Stage
    old_due: datetime
    new_due: datetime
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSubmitted(Event):
    """The agency's result; it goes back through the officer (R69)."""

    state: ClassVar[State] = State.WITH_OFFICER
    holder: Holder
    stage: Stage
    unit: str
    responsible_officer: str
    approving_leader: str
    attachments: tuple[Attachment, ...] = ()
    result: str = private()
    file_names: str = private()  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Event):
    """The sender has the reply, with who answers for it (R8)."""

    state: ClassVar[State] = State.ANSWERED
    tier: str  # stage it was answered from
    unit: str
    responsible_officer: str
    approving_leader: str
    attachments: tuple[Attachment, ...] = ()
    late: bool = False  # the case had become trễ hạn before
    answer: str = private()
    file_names: str = private()  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Event):
    """The sender said how satisfying the answer of `unit` is; `previous` is what was said of it before.

    `first_at` is when it was rated first, where this is another word: the tallies keep an answer's rating in one place.
    `criteria` is what was said of single things, as criterion → step of the scale.
    """

    unit: str
    rating: str
    previous: str = ""
    first_at: datetime | None = None
    comment: str = private()
    criteria: Mapping[str, str] = field(default_factory=dict)
    previous_criteria: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """The sender asked for another answer than that of `unit`; the case begins again with the operators."""

    state: ClassVar[State] = State.RECEIVED
    unit: str
    holder: Holder
    stage: Stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOpened(Event):
    """A duty of a conduct report begins: notice to, or substitution asked of, the official's agency (R75)."""

    action: str
    unit: str
    due_at: datetime
    minutes: float = 0
    calendar: int = 0
    number: str = ""  # of its document


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClosed(Event):
    """A duty of a conduct report is done, or `withdrawn` with the case it came with."""

    action: str
    unit: str
    withdrawn: bool = False
    outcome: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionOverdue(Event):
    """A duty is not done in its time; `step` counts the reminders from 0."""

    action: str
    unit: str
    due_at: datetime
    step: int = 0
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLate(Event):
    """A limit of the regulation ended unmet (Điều 9.1, 9.2)."""

    article: str
    stage: str
    holder: Holder
    since: datetime
    first: bool  # the case's first late mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """A rung of the escalation ladder was reached."""

    stage: str
    holder: Holder
    step: int
    due_at: datetime
    to: tuple[str, ...]
    letter: str = "reminder"
    supervisor: str = ""  # the case's own, where "supervisor" is told and it has one


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMoved(Event):
    """The centre's calendar was changed under a running clock: the working time left is kept, the due time moves."""

    stage: Stage | None
    holder: Holder | None
    old_due: datetime | None
    new_due: datetime | None
    appointment: datetime | None = None  # the time promised to the sender, where it moved
    actions: tuple[Duty, ...] = ()  # duties that moved
    changes: tuple[int, ...] = ()  # numbers of the changes of the calendar
    author: str = ""  # log-in name of whoever made the last of them
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCorrected(Event):
    """Leadership takes back a late mark (đính chính): by the calendar that is right the stage was in time."""

    stage: str
    unit: str
    since: datetime
    due_at: datetime  # the due time by the calendar that is right
    leader: str
    last: bool  # no late mark of the case stands any more
    running: Stage | None = None  # the stage that goes on, if it is this one
    holder: Holder | None = None  # who has that stage
    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFailed(Event):
    """A letter did not reach the sender: somebody must telephone (R69)."""

    channel: str  # "email", "sms"
    reason: str  # bounce, complaint, refused (by the mail or SMS service), suppressed (the address failed before)
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderPhoned(Event):
    """The sender was telephoned in place of a letter (R69); `attempt` counts the calls since the letter failed."""

    outcome: str  # reached, not_reached, given_up (as often not reached as the regulation asks for)
    attempt: int
    number: str = private()
    note: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationProposed(Event):
    """A text without personal data is laid before the leadership."""

    question: str = private()
    answer: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published(Event):
    """Approved for the public board (R70)."""

    unit: str
    question: str = private()
    answer: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationWithdrawn(Event):
    """Taken off the board, or not approved."""

    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Event):
    """Answered long enough ago, nothing left to do."""

    state: ClassVar[State] = State.CLOSED


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
