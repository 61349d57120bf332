"""Commands about requests for input (lấy ý kiến, R57); `id` is the request's place among the case's, from 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.domain.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class AskInput(Command):
    """Whoever holds the case asks other units a question."""

    action: ClassVar[str] = "ask_input"
    units: tuple[str, ...]
    question: str
    minutes: int | None = None  # working minutes; None: as the regulation says
    with_contact: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveInput(Command):
    """A unit that was asked answers. An `id` of 0 is the request that its unit has open."""

    action: ClassVar[str] = "give_input"
    unit: str
    opinion: str
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineInput(Command):
    """A unit that was asked has no input to give, or the matter is none of its own."""

    action: ClassVar[str] = "decline_input"
    unit: str
    reason: str
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawInput(Command):
    """Whoever holds the case asks no more."""

    action: ClassVar[str] = "withdraw_input"
    id: int
    reason: str = ""
