"""A chart's geometry; the template draws it as SVG. Units are those of the drawing, nearly 1:1 on a telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT, HEAD = 360, 200, 22, 18
GROUP_SHARE = 0.4  # of a group's width, each of its two bars
LETTER, GAP = 7, 4  # width of a digit of the labels, and between two of them
ROUND = (1, 2, 3, 4, 6, 8, 10, 12, 16)

Stack = Sequence[tuple[str, float]]  # (kind, how many), from below


@dataclass(frozen=True, slots=True)
class Group:
    """What stands side by side over one label."""

    label: str
    stacks: Sequence[Stack]


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
    """What is drawn; `lines` are heights across, told by labels where the bars bear no numbers."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    lines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where groups stand: from `left` on, a `step` each; a `unit` high each of what they count, `top` the highest."""

    left: float
    step: float
    unit: float
    top: float
    roomy: bool  # each stack has room for its number


def bars(groups: Sequence[Group]) -> Chart:
    """Draw groups of stacks. Each stack bears its number if all have room; else a scale stands at the left."""
    frame = _frame(groups)
    drawn: list[Bar] = []
    labels = [] if frame.roomy else _scale(frame)
    every = max(((len(group.label) * LETTER + GAP) // frame.step + 1 for group in groups), default=1)
    for number, group in enumerate(groups):
        middle = frame.left + (number + 0.5) * frame.step
        width = frame.step * 2 * GROUP_SHARE / max(len(group.stacks), 1)
        if number % every == 0:
            labels.append(Label(group.label, round(middle, 1), HEIGHT - 6))
        for place, stack in enumerate(group.stacks):
            x = middle + (place - len(group.stacks) / 2) * width
            drawn += _stacked(stack, x, width, frame.unit)
            labels += [_told(stack, x + width / 2, frame.unit)] if frame.roomy else []
    heights = (0,) if frame.roomy else (0, frame.top / 2, frame.top)
    return Chart(WIDTH, HEIGHT, tuple(drawn), tuple(labels), tuple(_y(one, frame.unit) for one in heights))


def _frame(groups: Sequence[Group]) -> _Frame:
    tallest = max((_height(stack) for group in groups for stack in group.stacks), default=0)
    told = max((len(group.stacks) * (len(_words(tallest)) + 1) * LETTER for group in groups), default=0)
    number = max(len(groups), 1)
    roomy = told <= WIDTH / number
    top = (tallest or 1) if roomy else _round(tallest)
    left = 0 if roomy else len(_words(top)) * LETTER + 8
    return _Frame(left, (WIDTH - left) / number, (HEIGHT - FOOT - HEAD) / top, top, roomy)


def _stacked(stack: Stack, x: float, width: float, unit: float) -> list[Bar]:
    below, found = 0.0, []
    for kind, count in stack:
        if count:
            y = _y(below + count, unit)
            found.append(Bar(kind, round(x, 1), y, round(width * 0.94, 1), round(count * unit, 1)))
        below += count
    return found


def _told(stack: Stack, x: float, unit: float) -> Label:
    return Label(_words(_height(stack)), round(x, 1), round(_y(_height(stack), unit) - 4, 1))


def _scale(frame: _Frame) -> list[Label]:
    x = frame.left / 2 - 3
    return [Label(_words(value), x, round(_y(value, frame.unit) + 4, 1)) for value in (0, frame.top / 2, frame.top)]


def _y(count: float, unit: float) -> float:
    return round(HEIGHT - FOOT - count * unit, 1)


def _round(count: float) -> float:
    """Return the next of 2, 4, 6, 8, 10, 12, 16, 20, 30, 40 … to stand at the top: half of it is whole, too."""
    power = 1
    while True:
        for lead in ROUND:
            if lead * power >= count and lead * power % 2 == 0:
                return lead * power
        power *= 10


def _height(stack: Stack) -> float:
    return sum(count for _, count in stack)


def _words(count: float) -> str:
    return f"{count:,.0f}".replace(",", ".")
