"""What leaves the centre: messages to queues, mails and SMS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """A message for a queue: a body that JSON can hold (times included), and attributes without personal data."""

    body: object
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered letter; `sms` is None for letters to the staff."""

    subject: str
    text: str
    html: str
    sms: str | None = None


class PermanentDeliveryError(Exception):
    """This will never be delivered (bad address, opted out)."""


class Outgoing(Protocol):
    """Queues to our own workers and to the agencies."""

    def relay(self, concern: str, messages: Sequence[Message]) -> None:
        """Send to the queue of a concern: notices, outgoing, tallies, board, relay_dlq; raises UnavailableError."""

    def to_agency(self, unit: str, message: Message) -> None:
        """Sign and send to an agency's own queue; raises UnavailableError."""


class Mailer(Protocol):
    """E-mail and SMS; both raise UnavailableError when worth another try, PermanentDeliveryError when not."""

    def mail(
        self, to: str, subject: str, text: str, html: str, tags: Mapping[str, str] = ..., reply_to: str = ...
    ) -> None:
        """Send a mail; `tags` come back with it if it is not delivered: letters, digits, - and _, nothing personal."""

    def sms(self, to: str, text: str) -> None:
        """Send an SMS."""


class Letters(Protocol):
    """The centre's letters."""

    def render(self, letter: str, context: Mapping[str, object]) -> Letter:
        """Render a letter by name."""
