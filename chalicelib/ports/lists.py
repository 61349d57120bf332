"""Lists of cases and of what happened to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib.domain.case import Case
    from chalicelib.domain.event import Recorded
    from chalicelib.ports.keeping import Place


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `cursor` asks for the next one, empty at the end."""

    cases: tuple[Case, ...]
    cursor: str = ""


class CaseLists(Protocol):
    """Lists of cases, none of them a scan."""

    def of_holder(self, role: str, unit: str, *, limit: int, cursor: str) -> Page:
        """Open cases of a holder by due time."""

    def supervised(self, unit: str, *, limit: int, cursor: str) -> Page:
        """Open cases that a unit supervises, by due time."""

    def of_sender(self, sender_key: str, *, limit: int) -> tuple[Case, ...]:
        """Cases of a sender, newest first."""

    def late(self, unit: str, month: str, *, limit: int) -> tuple[Case, ...]:
        """Cases that became late at a unit in a month (YYYY-MM)."""

    def to_follow_up(self, after: str = "") -> Iterable[tuple[str, Case]]:
        """Cases with a sender to telephone or an open duty, the earliest first, each with its cursor; lazily."""

    def led_to_change(self, start: datetime, end: datetime, after: str = "") -> Iterable[tuple[str, str]]:
        """Codes of the cases of which a change was noted then, the newest first, each with its cursor; lazily."""

    def events_between(self, start: datetime, end: datetime) -> Iterable[Recorded]:
        """Events with start <= at < end, without their texts."""

    def happened_between(self, start: datetime, end: datetime, kinds: Collection[str]) -> Iterable[Place]:
        """Where events of these types stand, start <= at < end, in order of time; none is read."""

    def received_between(self, start: datetime, end: datetime, *, code: str) -> Iterable[tuple[datetime, str]]:
        """When and under which code cases came in, start <= at < end, in this order; at `start` from `code` on."""
