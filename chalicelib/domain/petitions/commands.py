"""What can be asked of a petition. Texts are the words of an event: nobody reads them without the key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

OF_THE_HEAD = frozenset({"hold", "lift"})  # actions of the head of the department alone


class Command:
    """A wish of somebody's."""

    __slots__ = ()
    action: ClassVar[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive(Command):
    """Take a petition in."""

    action: ClassVar[str] = "receive"
    channel: str
    content: str
    joint: bool = False
    from_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement(Command):
    """Add what its sender says later."""

    action: ClassVar[str] = "supplement"
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify(Command):
    """Say what it is (R82); again where that was wrong."""

    action: ClassVar[str] = "classify"
    kind: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Command):
    """Record that the competent body accepted it (thụ lý)."""

    action: ClassVar[str] = "accept"
    body: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse(Command):
    """Record that it is not accepted, and why."""

    action: ClassVar[str] = "refuse"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Command):
    """Send it to the body that has authority (chuyển đơn)."""

    action: ClassVar[str] = "transfer"
    body: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide(Command):
    """Tell the sender where to go (hướng dẫn)."""

    action: ClassVar[str] = "guide"
    body: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(Command):
    """Let it go on in the ordinary track: it is a report or suggestion."""

    action: ClassVar[str] = "move"
    case: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """Record that the competent body takes more time, as far as the law lets it."""

    action: ClassVar[str] = "extend"
    grade: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Command):
    """Record the decision or conclusion."""

    action: ClassVar[str] = "settle"
    document: str
    number: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Command):
    """Record that the competent body was urged (urged) or its execution checked (checked)."""

    action: ClassVar[str] = "follow"
    how: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Execute(Command):
    """Record that what was decided is done, and close it."""

    action: ClassVar[str] = "execute"
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    """Record that the sender took it back, in writing."""

    action: ClassVar[str] = "withdraw"
    goes_on: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBack(Command):
    """Keep it beyond its time, as a serious matter is."""

    action: ClassVar[str] = "hold"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold(Command):
    """Let its time count again."""

    action: ClassVar[str] = "lift"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase(Command):
    """Take words and identity away of one that was closed before this day; nobody asks for it but the clock."""

    action: ClassVar[str] = "erase"
    closed_before: date
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Command):
    """Look into a part of it; the identity only for a reason."""

    action: ClassVar[str] = "open"
    part: str
    reason: str = ""
