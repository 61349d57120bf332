"""Short sketches of what was said lately: enough to see that a matter was told before, too little to read it.

A sketch is the KEEP smallest hashes of a text's pairs of syllables (Broder 1997); two sketches tell roughly which share
of their texts' pairs is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from zlib import crc32

KEEP = 32
FEWEST = 6  # pairs; of a shorter text nobody can say that it is another one again
ALIKE = 0.45
RECENT = timedelta(days=30)
MOST = 5

Sketch = Sequence[int]


@dataclass(frozen=True, slots=True)
class Sketched:
    """A case, the local day it came in, and its sketch."""

    day: date
    sketch: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sketches:
    """The cases of the last weeks by code; the next to be added came in at `until` or later."""

    until: datetime | None = None
    cases: Mapping[str, Sketched] = field(default_factory=dict)


def sketch(said: Sequence[str]) -> tuple[int, ...]:
    """Sketch a text by its syllables (heard.syllables); empty where it is too short."""
    pairs = {crc32(f"{one} {other}".encode()) for one, other in pairwise(said)}
    return tuple(sorted(pairs)[:KEEP]) if len(pairs) >= FEWEST else ()


def sameness(one: Sketch, other: Sketch) -> float:
    """Estimate which share of all pairs of two texts both have."""
    least = sorted({*one, *other})[:KEEP]
    both = {*one} & {*other}
    return sum(found in both for found in least) / len(least) if least else 0.0


def added(sketches: Sketches, new: Iterable[tuple[str, Sketched]], until: datetime, today: date) -> Sketches:
    """Add cases, and forget those that are not recent any more."""
    cases = {code: found for code, found in {**sketches.cases, **dict(new)}.items() if today - found.day <= RECENT}
    return Sketches(until, cases)


def alike(of: Sketch, sketches: Sketches, but: str = "") -> tuple[tuple[str, float], ...]:
    """Return the cases most like a sketch, but for itself, with how much they are."""
    found = [(code, sameness(of, case.sketch)) for code, case in sketches.cases.items() if code != but]
    ranked = sorted((one for one in found if one[1] >= ALIKE), key=lambda one: (-one[1], one[0]))
    return tuple(ranked[:MOST]) if of else ()
