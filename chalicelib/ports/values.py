"""What passes through the ports: plain values, and what a port may refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from chalicelib.domain import units
from chalicelib.domain.errors import ConflictError

if TYPE_CHECKING:
    from chalicelib.domain.actors import Sender
    from chalicelib.domain.case import Case
    from chalicelib.domain.events import Recorded


@dataclass(frozen=True, slots=True)
class Stored:
    """A case as read, with the hash of its last event (the link for the next) and its sender's keyed hash.

    `alarm_at` is the moment at which the sweep finds it, to the millisecond; None where it will not.
    """

    case: Case
    chain: str
    sender_key: str = ""
    alarm_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with everything that belongs to it: sender, every event with its texts."""

    case: Case
    sender: Sender
    history: tuple[Recorded, ...]
    chain: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What makes a command idempotent: same key and fingerprint, same result (a case code)."""

    key: str
    fingerprint: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """One atomic change of a case. `expected` is the version it was decided on; 0 for a new case.

    It is listed under `sender_key`; with a new sender also under `mail_key`, where that is another.
    """

    case: Case
    history: Sequence[Recorded]
    chain: str
    expected: int
    alarm_at: datetime | None
    sender: Sender | None = None
    sender_key: str = ""
    mail_key: str = ""
    receipt: Receipt | None = None


class AlreadyDoneError(Exception):
    """The receipt's key was used before; `receipt` is the one that was kept."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.key)
        self.receipt = receipt


class CodeTakenError(Exception):
    """A new case got a code that is in use: draw another."""


class StaleVersionError(ConflictError):
    """Somebody changed the case meanwhile."""

    def __init__(self, expected: int, **context: Any) -> None:
        super().__init__(
            "stale_version",
            "Hồ sơ vừa được người khác cập nhật, vui lòng tải lại",
            expected_version=expected,
            **context,
        )


Unit = units.Unit


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `cursor` asks for the next one, empty at the end."""

    cases: tuple[Case, ...]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """When a case rings. `line` is how the list of alarms knows it: once moved it is another."""

    code: str
    at: datetime
    line: str


@dataclass(frozen=True, slots=True)
class Aside:
    """A case that could not be looked at, since when, and why: a stable code, never words of a case."""

    code: str
    since: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says."""

    username: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Posting:
    """A published answer: nothing in it leads to a person."""

    id: str
    kind: str
    field: str
    unit: str
    question: str
    answer: str
    published_at: datetime
    month: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message for a queue: a body that JSON can hold (times included), and attributes without personal data."""

    body: object
    attributes: Mapping[str, str] = field(default_factory=dict)


class PermanentDeliveryError(Exception):
    """This will never be delivered (bad address, opted out)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter; `sms` is None for letters to the staff."""

    subject: str
    text: str
    html: str
    sms: str | None = None
