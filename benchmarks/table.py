"""Lines of the table, and the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADER = ("what", "measured", "against", "ratio", "limit")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured, what it is held against in the same run, how many times that it may be at most, at least."""

    what: str
    measured: str
    against: str = ""
    ratio: float | None = None
    limit: float | None = None
    least: float | None = None

    @property
    def broken(self) -> bool:
        """Tell whether a limit is passed."""
        if self.ratio is None:
            return False
        return (self.limit is not None and self.ratio > self.limit) or (
            self.least is not None and self.ratio < self.least
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the words of the line."""
        limits = [f"{sign} {value:g}" for sign, value in (("≤", self.limit), ("≥", self.least)) if value is not None]
        limit = " ".join(limits) + (" BROKEN" if self.broken else "")
        return (self.what, self.measured, self.against, "" if self.ratio is None else f"{self.ratio:.2f}", limit)


def compared(
    what: str,
    measured: float,
    against: float,
    unit: str,
    *,
    limit: float | None = None,
    least: float | None = None,
) -> Line:
    """Make the line of two measurements in one unit."""
    return Line(what, _told(measured, unit), _told(against, unit), measured / against, limit, least)


def _told(value: float, unit: str) -> str:
    return (f"{value:.3g}" if value < 1000 else f"{value:,.0f}") + f" {unit}"


def render(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> str:
    """Lay rows out as a Markdown table that also reads well in a terminal."""
    everything = [list(header), *map(list, rows)]
    widths = [max(len(row[column]) for row in everything) for column in range(len(header))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in everything
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])
