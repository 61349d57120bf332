"""How a case is handed on, appointed and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.case import Attachment, Holder, Stage, State
from chalicelib.domain.event import Event, private


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
