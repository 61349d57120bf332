"""What a matter turns out to be worth: a verdict (Điều 14; R105), a change and a reward (Điều 16.1; R108). Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from chalicelib.domain import merit_events as ev
from chalicelib.domain.case import CHANGED, DECLINED, FOUNDED, GRANTED, PROPOSED, UNFOUNDED, Case
from chalicelib.domain.command import Command
from chalicelib.domain.errors import InvalidError

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge(Command):
    """Say whether a conduct report was founded."""

    action: ClassVar[str] = "judge"
    verdict: str
    leader: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChange(Command):
    """Say what was amended or repealed because of a case."""

    action: ClassVar[str] = "note_change"
    document: str
    dated: date
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeReward(Command):
    """Propose a form of reward; `leader` is the head who does."""

    action: ClassVar[str] = "propose_reward"
    leader: str
    reward: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReward(Command):
    """Grant what was proposed, or not; what is granted has a document."""

    action: ClassVar[str] = "decide_reward"
    granted: bool
    leader: str
    document: str = ""
    reason: str = ""


def judge(_: Case, command: Judge, *__: object) -> list[Any]:
    """Record a verdict; the same one again is recorded too, for the reason it gives."""
    if command.verdict not in (FOUNDED, UNFOUNDED):
        raise InvalidError("unknown_verdict", "Kết luận phải là có cơ sở hoặc không có cơ sở", pointer="/verdict")
    return [ev.Judged(verdict=command.verdict, leader=command.leader, reason=command.reason)]


def note_change(_: Case, command: NoteChange, rules: Regulation, now: datetime) -> list[Any]:
    """Record a change by a document that there is already."""
    if command.dated > now.astimezone(rules.calendar.zone).date():
        raise InvalidError("document_ahead", "Ngày của văn bản chưa đến", pointer="/dated")
    return [ev.LedToChange(document=command.document, dated=command.dated, change=command.change)]


def propose_reward(_: Case, command: ProposeReward, *__: object) -> list[Any]:
    """Record a proposal."""
    return [ev.RewardProposed(leader=command.leader, reward=command.reward)]


def decide_reward(_: Case, command: DecideReward, *__: object) -> list[Any]:
    """Record the decision on a proposal; after one that was declined another may be proposed."""
    if command.granted and not command.document:
        raise InvalidError("document_missing", "Quyết định khen thưởng cần có số văn bản", pointer="/document")
    said = {name: getattr(command, name) for name in ("granted", "leader", "document", "reason")}
    return [ev.RewardDecided(**said)]


HANDLERS: Final[Mapping[type[Any], Callable[[Case, Any, Any], Case]]] = {
    ev.Judged: lambda case, event, _: replace(case, verdict=event.verdict),
    ev.LedToChange: lambda case, *_: replace(case, merit=CHANGED),
    ev.RewardProposed: lambda case, *_: replace(case, merit=PROPOSED),
    ev.RewardDecided: lambda case, event, _: replace(case, merit=GRANTED if event.granted else DECLINED),
}
RULES: Final[Mapping[type[Command], Any]] = {
    Judge: judge,
    NoteChange: note_change,
    ProposeReward: propose_reward,
    DecideReward: decide_reward,
}
