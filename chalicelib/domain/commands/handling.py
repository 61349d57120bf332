"""Handing a case on, appointing, answering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.domain.case import Attachment
from chalicelib.domain.command import Command


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
class CloseAction(Command):
    """A duty of a conduct report is done."""

    action: ClassVar[str] = "close_action"
    name: str
    outcome: str
    unit: str = ""  # whose duty; empty for an operator, who may close any
