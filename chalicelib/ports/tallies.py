"""Counters, and months of them added up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.sums import Sums


class Tallies(Protocol):
    """Counters; each event counts once."""

    def count(self, event_id: str, month: str, counters: Mapping[str, Mapping[str, int]]) -> bool:
        """Add to counters[sort key][name]; False when the event was counted before."""

    def correct(self, month: str, row: str, name: str, *, was: int, to: int) -> None:
        """Set one counter that is no longer counted; raises ConflictError where it is not as it was."""

    def month(self, month: str) -> Mapping[str, Mapping[str, int]]:
        """Return sort key → name → count of a month, or of the gauges "now" and "holders"."""

    def between(self, partition: str, first: str, last: str) -> Mapping[str, Mapping[str, int]]:
        """Return the same of the sort keys from first to last of a partition, e.g. of some days of "finished"."""


class MonthSums(Protocol):
    """The counters of months added up, as this process holds them."""

    def of(self, month: str, now: datetime) -> Sums:
        """Return a month (YYYY-MM) as it was at most a minute ago, one that is over ten minutes; UnavailableError."""
