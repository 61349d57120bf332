"""Months added up, held in this process: who looks at numbers of the past looks at the same again and again."""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.domain.sums import Sums, sums
from chalicelib.ports import Tallies

FRESH = timedelta(minutes=1)
SETTLED = timedelta(minutes=10)  # of a month that is over only ratings still move, and what was counted late


class HeldSums:
    """Keeps the port MonthSums."""

    def __init__(self, tallies: Tallies) -> None:
        self._tallies = tallies
        self._held: dict[str, tuple[datetime, Sums]] = {}

    def of(self, month: str, now: datetime) -> Sums:
        """Return what is held, read anew where it is too old."""
        over = month < f"{now - timedelta(days=1):%Y-%m}"
        held = self._held.get(month)
        if held is None or now - held[0] >= (SETTLED if over else FRESH):
            held = self._held[month] = now, sums(self._tallies.month(month))
        return held[1]
