"""What a matter turns out to be worth: the verdict on a conduct report (Điều 14; R105). Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from chalicelib.domain import merit_events as ev
from chalicelib.domain.case import Case, Role, State
from chalicelib.domain.command import Command
from chalicelib.domain.errors import InvalidError

FOUNDED, UNFOUNDED = "founded", "unfounded"
ENDED: Final = frozenset({State.ANSWERED, State.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge(Command):
    """Say whether a conduct report was founded."""

    action: ClassVar[str] = "judge"
    verdict: str
    leader: str
    reason: str


def judge(_: Case, command: Judge, *__: object) -> list[Any]:
    """Record a verdict; the same one again is recorded too, for the reason it gives."""
    if command.verdict not in (FOUNDED, UNFOUNDED):
        raise InvalidError("unknown_verdict", "Kết luận phải là có cơ sở hoặc không có cơ sở", pointer="/verdict")
    return [ev.Judged(verdict=command.verdict, leader=command.leader, reason=command.reason)]


HANDLERS: Final[Mapping[type[Any], Callable[[Case, Any, Any], Case]]] = {
    ev.Judged: lambda case, event, _: replace(case, verdict=event.verdict),
}
RULES: Final[Mapping[type[Command], Any]] = {Judge: judge}
# As in permissions.py: in which states, and whose they are.
ROLE_ACTIONS: Final = {"judge": (ENDED, frozenset({Role.LEADERSHIP}))}


def makes_sense(name: str, case: Case) -> bool:
    """Tell whether something can be said of what a matter is worth."""
    return name != "judge" or case.protects_sender
