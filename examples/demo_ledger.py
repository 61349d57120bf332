"""What was done, counted by the one who did it, beside what the centre counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from examples.script_matter import Matter

WORDS: Mapping[str, str] = {
    "received": "Đã tiếp nhận",
    "answered": "Đã trả lời",
    "refused": "Không tiếp nhận, có hướng dẫn",
    "late": "Trễ hạn",
    "published": "Đã công khai",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison."""

    name: str
    words: str
    done: int
    counted: int

    @property
    def equal(self) -> bool:
        """True where both sides agree."""
        return self.done == self.counted


def tally(matters: Iterable[Matter]) -> Counter[str]:
    """Add up what was done, and the cases in each state as `now <state>`."""
    found: Counter[str] = Counter()
    for matter in matters:
        found.update({name: matter.done[name] for name in WORDS})
        found[f"now {matter.state}"] += 1
    return found


def compare(
    done: Mapping[str, int], before: Mapping[str, int], after: Mapping[str, int], states: Mapping[str, str]
) -> list[Line]:
    """Lay what was done beside what the tallies grew by."""
    words = {**WORDS} | {f"now {state}": label for state, label in states.items()}
    return [
        Line(name, label, done.get(name, 0), after.get(name, 0) - before.get(name, 0)) for name, label in words.items()
    ]


def table(lines: Iterable[Line]) -> str:
    """Write the comparison for people."""
    head = f"  {'':22} {'':34} {'done':>6} {'tallies':>8}"
    rows = [
        f"  {line.name:22} {line.words:34} {line.done:>6} {line.counted:>8}{'' if line.equal else '   ← differs'}"
        for line in lines
    ]
    return "\n".join([head, *rows])
