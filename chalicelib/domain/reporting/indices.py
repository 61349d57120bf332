"""What the numbers come to: the two ratios of Decision 766, the indices of Circular 01/2018 that our data can give."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.reporting.cells import PAKN, Figures

MOST_LATE = 10  # percent: index 8 is 1 down to nine tenths on time (TT 01/2018 Điều 13)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole; no percentage where there is no whole."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """In percent, rounded to one decimal."""
        return round(100 * self.part / self.whole, 1) if self.whole else None


@dataclass(frozen=True, slots=True)
class Index:
    """An index of TT 01/2018 (2, 1 or 0), and what it rests on."""

    score: int
    basis: Ratio


def on_time(figures: Figures, row: str = PAKN) -> Ratio:
    """Handled on or before time ÷ within authority (766/QĐ-TTg): all of the period but those refused."""
    return Ratio(_in_time(figures, row), figures.of(row, "entered") - figures.of(row, "refused"))


def on_time_of_due(figures: Figures, row: str = PAKN) -> Ratio:
    """Handled on or before time ÷ those that fell due: answered, or open and late."""
    return Ratio(_in_time(figures, row), figures.of(row, "due"))


def satisfaction(figures: Figures, row: str = PAKN) -> Ratio:
    """All − those rated not satisfied or reported again ÷ all (766/QĐ-TTg), each matter once.

    Only who is not satisfied can report again: the rating says both.
    """
    whole = figures.of(row, "entered") - figures.of(row, "reopened")
    return Ratio(whole - figures.of(row, "unsatisfied"), whole)


def attitude(figures: Figures, row: str) -> Index:
    """Index 7: 0 with a conduct report, but for those found unfounded; 2 with none. Our data give no 1."""
    every = figures.of(row, "conduct")
    counted = every - figures.of(row, "conduct_unfounded")
    return Index(0 if counted else 2, Ratio(counted, every))


def explaining(figures: Figures, row: str) -> Index:
    """Index 8: 2 with none or all on time and none prolonged, 1 from nine tenths on time, else 0; 0 if prolonged."""
    basis, prolonged = on_time_of_due(figures, row), figures.of(row, "prolonged")
    if prolonged:
        return Index(0, basis)
    if basis.part == basis.whole:
        return Index(2, basis)
    late = basis.whole - basis.part
    return Index(1 if 100 * late <= MOST_LATE * basis.whole else 0, basis)


def _in_time(figures: Figures, row: str) -> int:
    return figures.of(row, "answered_early") + figures.of(row, "answered_on_time")
