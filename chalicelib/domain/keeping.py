"""How long a case is kept whole, and what anonymising leaves of it (R99, R100). Pure.

The time counts "from the year of completion" (TT 10/2022/TT-BNV): from the end of the calendar year in which the case
was answered or refused for the last time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar, Final
from zoneinfo import ZoneInfo

from chalicelib.domain import keeping_events as ev
from chalicelib.domain.case import DONE, PARTS, Case
from chalicelib.domain.command import Command
from chalicelib.domain.errors import ConflictError

RETENTION, REQUEST = "retention", "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldBack(Command):
    """Keep a case whole: a matter that is open elsewhere, a complaint that runs."""

    action: ClassVar[str] = "hold_back"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftHold(Command):
    """Let its time count again."""

    action: ClassVar[str] = "lift_hold"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymise(Command):
    """Take parts of a case out of sight for good; `completed_before`: only one that ended before this moment."""

    action: ClassVar[str] = "anonymise"
    basis: str
    parts: tuple[str, ...] = PARTS
    article: str = ""
    completed_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectSender(Command):
    """Set the sender's own details right: which; with words that are added."""

    action: ClassVar[str] = "correct_sender"
    fields: tuple[str, ...]
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrict(Command):
    """Publish nothing of the case any more."""

    action: ClassVar[str] = "restrict"


def end_of_time(now: datetime, years: int, zone: ZoneInfo) -> datetime:
    """Return the moment before which a case must have been completed for its years to be over."""
    return datetime.combine(first_kept(now, years, zone), time.min, zone).astimezone(UTC)


def first_kept(now: datetime, years: int, zone: ZoneInfo) -> date:
    """Return the day at the office before which what was completed is past its years."""
    return date(now.astimezone(zone).year - years, 1, 1)


def over(case: Case, completed_before: datetime) -> bool:
    """Tell whether nothing keeps a case any longer: it is done, was done before then, and nobody holds it."""
    done = case.state in DONE and case.ended_at is not None and case.ended_at < completed_before
    return done and not case.held and not case.open_actions


def anonymise(case: Case, command: Anonymise, *_: object) -> list[Any]:
    """Anonymise what is not yet; said twice it is done once."""
    left = tuple(part for part in PARTS if part in command.parts and part not in case.erased)
    if not left:
        return []
    if case.open_actions or (command.completed_before and not over(case, command.completed_before)):
        raise ConflictError("still_kept", "Hồ sơ này còn phải lưu giữ")
    return [ev.Anonymised(basis=command.basis, parts=left, article=command.article)]


def _anonymised(case: Case, event: ev.Anonymised, recorded: Any) -> Case:
    return replace(case, erased=(*case.erased, *event.parts), erased_at=recorded.at)


HANDLERS: Final[Mapping[type[Any], Callable[[Case, Any, Any], Case]]] = {
    ev.HeldBack: lambda case, *_: replace(case, held=True),
    ev.HoldLifted: lambda case, *_: replace(case, held=False),
    ev.Restricted: lambda case, *_: replace(case, restricted=True),
    ev.Anonymised: _anonymised,
}
RULES: Final[Mapping[type[Command], Any]] = {
    HoldBack: lambda _, command, *__: [ev.HeldBack(reason=command.reason)],
    LiftHold: lambda _, command, *__: [ev.HoldLifted(reason=command.reason)],
    Anonymise: anonymise,
    CorrectSender: lambda _, command, *__: [ev.SenderCorrected(fields=command.fields, content=command.content)],
    Restrict: lambda *_: [ev.Restricted()],
}
