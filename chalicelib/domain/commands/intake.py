"""What a sender says and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.domain.case import Attachment, Mailed
from chalicelib.domain.command import Command
from chalicelib.domain.eligibility import Matter


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
