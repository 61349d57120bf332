"""What people and the clock ask of a case. `action` is the name in the table of permissions (permissions/)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.case import Attachment, Mailed
from chalicelib.domain.command import Command as Command
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.input_commands import AskInput as AskInput
from chalicelib.domain.input_commands import DeclineInput as DeclineInput
from chalicelib.domain.input_commands import GiveInput as GiveInput
from chalicelib.domain.input_commands import WithdrawInput as WithdrawInput
from chalicelib.domain.supervision import Urge as Urge


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive(Command):
    """A new matter, sent by a citizen or written down by an operator (Điều 7.1)."""

    action: ClassVar[str] = "receive"
    matter: Matter
    kind: str
    about: str | None
    channel: str
    field: str
    supervisor: str = ""  # by the routing rules
    priority: str = "normal"
    attachments: tuple[Attachment, ...] = ()
    file_names: str = ""  # of the attachments, a line each
    source: str = ""  # code and matter of the session of citizen reception that it was raised at


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDetails(Command):
    """Ask the sender to complete the matter."""

    action: ClassVar[str] = "request_details"
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyDetails(Command):
    """The sender's further words; `matter` is the whole matter as it now stands, to be judged again."""

    action: ClassVar[str] = "supply_details"
    content: str
    matter: Matter
    attachments: tuple[Attachment, ...] = ()
    file_names: str = ""  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Command):
    """Words of the sender that came by mail, asked for or not; `matter` is the whole matter with them."""

    action: ClassVar[str] = "write"
    content: str
    matter: Matter
    mail: Mailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(Command):
    """Not accepted, by a person."""

    action: ClassVar[str] = "refuse"
    reason: str
    guidance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify(Command):
    """Correct kind, field and priority; without a priority it stays as it is, as who supervises."""

    action: ClassVar[str] = "classify"
    kind: str
    about: str | None
    field: str
    priority: str = ""
    supervisor: str | None = None  # by the routing rules; None: as it was


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardToOfficer(Command):
    """Hand over to the one-stop officer of a unit."""

    action: ClassVar[str] = "forward_to_officer"
    unit: str
    note: str = ""
    suggested: str | None = None  # by the routing rules, and by which of them
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardToAgency(Command):
    """Hand over to a focal officer: of the officer's own unit, or of another where the regulation has it so."""

    action: ClassVar[str] = "forward_to_agency"
    unit: str = ""  # the officer's own unless told
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendToPost(Command):
    """Hand a service request to the unit that serves it."""

    action: ClassVar[str] = "send_to_post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refer(Command):
    """Ask the leadership: out of jurisdiction."""

    action: ClassVar[str] = "refer"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveOpinion(Command):
    """The leadership's answer to Refer."""

    action: ClassVar[str] = "give_opinion"
    opinion: str
    leader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnToOperator(Command):
    """The officer hands the case back."""

    action: ClassVar[str] = "return_to_operator"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack(Command):
    """Whoever forwarded the case takes it back."""

    action: ClassVar[str] = "take_back"
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint(Command):
    """The officer tells the sender when the reply will come."""

    action: ClassVar[str] = "appoint"
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Command):
    """The agency confirms."""

    action: ClassVar[str] = "accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reappoint(Command):
    """The agency asks for one new appointment."""

    action: ClassVar[str] = "reappoint"
    new_due: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitResult(Command):
    """The agency's, or the Post's, result."""

    action: ClassVar[str] = "submit_result"
    result: str
    responsible_officer: str
    approving_leader: str
    attachments: tuple[Attachment, ...] = ()
    file_names: str = ""  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Command):
    """Not ours."""

    action: ClassVar[str] = "decline"
    reason: str
    suggested: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Command):
    """The reply to the sender."""

    action: ClassVar[str] = "answer"
    answer: str
    responsible_officer: str
    approving_leader: str
    attachments: tuple[Attachment, ...] = ()
    file_names: str = ""  # of the attachments, a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Command):
    """What the sender says of the answer: a step of the regulation's scale, the same of its criteria, free words."""

    action: ClassVar[str] = "rate"
    rating: str
    comment: str = ""
    criteria: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Command):
    """The sender, not satisfied, asks for another answer."""

    action: ClassVar[str] = "reopen"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseAction(Command):
    """A duty of a conduct report is done."""

    action: ClassVar[str] = "close_action"
    name: str
    outcome: str
    unit: str = ""  # whose duty; empty for an operator, who may close any


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposePublication(Command):
    """Lay a text without personal data before the leadership."""

    action: ClassVar[str] = "propose_publication"
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePublication(Command):
    """Publish what was proposed."""

    action: ClassVar[str] = "approve_publication"
    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPublication(Command):
    """Take it back."""

    action: ClassVar[str] = "withdraw_publication"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectLate(Command):
    """Leadership takes back late marks that a day off, announced too late, had made."""

    action: ClassVar[str] = "correct_late"
    reason: str
    leader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteUndelivered(Command):
    """A letter came back, or could not be sent: see events.DeliveryFailed."""

    action: ClassVar[str] = "note_undelivered"
    channel: str
    reason: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePhoned(Command):
    """Somebody telephoned the sender, whom a letter did not reach."""

    action: ClassVar[str] = "note_phoned"
    reached: bool
    number: str = ""  # where it was another than that of the file
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Command):
    """The sweep looks at a case whose alarm is due."""

    action: ClassVar[str] = "watch"
