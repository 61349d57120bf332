"""The alarms of cases, and the list of those that cannot be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


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


class Alarms(Protocol):
    """What the sweep must look at; cases it cannot look at are on a list of their own. All raise UnavailableError."""

    def due(self, now: datetime, *, limit: int) -> Iterable[Alarm]:
        """Alarms at or before now, the earliest first."""

    def walk(self, cursor: str, *, limit: int) -> tuple[tuple[str, ...], str]:
        """Codes of the cases with an alarm and the cursor of the next page; it is empty at both ends."""

    def put_off(self, alarm: Alarm, to: datetime) -> None:
        """Let it ring later, unless it was moved meanwhile."""

    def set_aside(self, alarm: Alarm, since: datetime, error: str) -> None:
        """Take a case off the list of alarms, unless it was moved meanwhile; its next change brings it back."""

    def aside(self, *, limit: int, cursor: str) -> tuple[tuple[Aside, ...], str]:
        """Cases set aside, the longest first, and the cursor of the next page."""

    def count_aside(self, *, up_to: int) -> int:
        """Count the cases set aside."""

    def put_back(self, code: str, now: datetime) -> None:
        """Let a case set aside ring now; raises NotFoundError where it is not."""
