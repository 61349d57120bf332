"""Who supervises a case follows it and urges its holder, and never decides in its place (đôn đốc, giám sát; R54)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from chalicelib.domain.case import Case, Holder
from chalicelib.domain.command import Command
from chalicelib.domain.event import Event, private

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation


@dataclass(frozen=True, slots=True, kw_only=True)
class Urge(Command):
    """Whoever supervises the case asks its holder to get on with it."""

    action: ClassVar[str] = "urge"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Urged(Event):
    """Whoever supervises the case asked its holder to get on with it; the clock stays as it is."""

    unit: str
    holder: Holder
    note: str = private()


def urge(case: Case, command: Urge, _regulation: Regulation, _now: datetime) -> list[Event]:
    """Put it on the record; the holder is told."""
    assert case.holder is not None
    return [Urged(unit=case.supervisor, holder=case.holder, note=command.note)]
