"""A chart's geometry; the template draws it as SVG. Units are those of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 720, 270, 32, 30
GROUP_SHARE = 0.36  # of a group's width, each of its two bars


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, from above, and the kind of what it counts."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words, centred at x."""

    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def bars(groups: Sequence[tuple[str, int, int, int]]) -> Chart:
    """Draw (month, came, good, bad): a bar of what came beside one of what was done, well below and badly on top."""
    most = max((max(came, good + bad) for _, came, good, bad in groups), default=0) or 1
    unit, step = (HEIGHT - FOOT - HEAD) / most, WIDTH / max(len(groups), 1)
    base, width = HEIGHT - FOOT, step * GROUP_SHARE
    drawn: list[Bar] = []
    labels: list[Label] = []
    for number, (month, came, good, bad) in enumerate(groups):
        middle = (number + 0.5) * step
        labels.append(Label(f"{month[5:]}/{month[:4]}", round(middle, 1), HEIGHT - 8))
        for kind, count, below, x in (
            ("came", came, 0, middle - width),
            ("good", good, 0, middle),
            ("bad", bad, good, middle),
        ):
            top = base - (below + count) * unit
            drawn += (
                [Bar(kind, round(x, 1), round(top, 1), round(width - 2, 1), round(count * unit, 1))] if count else []
            )
        for count, x in ((came, middle - width / 2), (good + bad, middle + width / 2)):
            labels.append(Label(f"{count}", round(x, 1), round(base - count * unit - 5, 1)))
    return Chart(WIDTH, HEIGHT, tuple(drawn), tuple(labels))
