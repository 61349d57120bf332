"""Mails that people send to the centre: how they are read, and where those are kept that no case was found for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.unassigned_mail import UnassignedMail


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail, which is not taken: what its sender calls it, its type and its size in bytes."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as its headers and parts tell it; all of it is the writer's word. Personal data.

    `words` is `text` without what it quotes. `automatic`: a machine wrote it, which is never to be answered.
    """

    message_id: str
    source: str  # bare address of From
    subject: str
    recipients: tuple[str, ...]  # the headers that name them, as they are
    words: str
    text: str
    attachments: tuple[Attachment, ...]
    automatic: bool
    cut: bool  # it was larger than what is read of one


class Mails(Protocol):
    """Raw mails, kept for 30 days."""

    def read(self, key: str) -> Mail:
        """Return a mail; raises NotFoundError where it is gone, InvalidError where nobody can read it, Unavailable…"""


class UnassignedMails(Protocol):
    """Mails that wait for an operator; none of them holds a word of the mail. All raise UnavailableError."""

    def add(self, mail: UnassignedMail) -> None:
        """Put one down, once: what was decided of it meanwhile stays."""

    def find(self, mail: str) -> UnassignedMail | None:
        """Return one."""

    def all(self, after: str = "") -> Iterable[UnassignedMail]:
        """All of them by id, the earliest first, behind this one."""

    def save(self, mail: UnassignedMail) -> None:
        """Write what somebody did; raises ConflictError where another version is kept."""
