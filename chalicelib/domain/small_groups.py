"""What may be told by name of what few people said: nobody shall be worked out of it (R95, R110)."""

from __future__ import annotations

from collections.abc import Mapping


def too_small(numbers: Mapping[str, int], smallest: int) -> set[str]:
    """Return the groups not told by name: those with few, and one more where the sum would give them away."""
    hidden: set[str] = set()
    together = 0
    for group, number in sorted(numbers.items(), key=lambda item: (item[1], item[0])):
        if number < smallest or 0 < together < smallest:
            hidden.add(group)
            together += number
    return hidden
