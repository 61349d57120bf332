"""Numbers that look drawn and are the same every time, for learning that can be repeated; nothing secret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
MODULUS, FACTOR = 2**31 - 1, 48271  # Park & Miller 1988, the factor of 1993


class Dice:
    """Draws from a seed between 1 and MODULUS - 1."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def roll(self) -> float:
        """Return a number from 0 up to 1."""
        self._state = self._state * FACTOR % MODULUS
        return self._state / MODULUS

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """Return things in another order."""
        drawn = [self.roll() for _ in things]
        return [things[place] for place in sorted(range(len(things)), key=drawn.__getitem__)]
