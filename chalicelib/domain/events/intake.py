"""What a sender sends and what is made of it: receipt, further words, refusal, sorting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.domain.case import Attachment, Holder, Mailed, Stage, State
from chalicelib.domain.event import Event, private


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
