"""The counters of a month added up the ways people ask for: by day, unit, kind, and what came in by hour."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

Counts = Mapping[str, int]
HOUR = "hour_"  # received in an hour of the office's day: hour_00 … hour_23, beside `received` in the same row
RATED = "rated_"  # answers by a step of the scale
CRITERION = "criterion_"  # and by criterion and step: criterion_<criterion>:<step>


@dataclass(frozen=True, slots=True)
class Sums:
    """Name → count of a month, of each unit, kind and day in it; `by_hour` is day → "00" … "23" → received."""

    totals: Counts
    by_day: Mapping[str, Counts]
    by_unit: Mapping[str, Counts]
    by_kind: Mapping[str, Counts]
    by_hour: Mapping[str, Counts]


def sums(rows: Mapping[str, Counts]) -> Sums:
    """Add up the rows "<day>#<unit>#<kind>"."""
    totals: Counter[str] = Counter()
    parts = by_day, *_ = tuple(defaultdict[str, Counter[str]](Counter) for _ in range(3))
    for key, counts in rows.items():
        totals.update(counts)
        for part, name in zip(parts, key.split("#"), strict=True):
            part[name].update(counts)
    hours = {day: found for day, counts in by_day.items() if (found := _named(HOUR, counts))}
    cut = [{name: _but_hours(of) for name, of in part.items()} for part in parts]
    return Sums(_but_hours(totals), cut[0], cut[1], cut[2], hours)


def ratings(counts: Counts) -> Counts:
    """Return step of the scale → answers that were rated so."""
    return _named(RATED, counts)


def criteria(counts: Counts) -> dict[str, dict[str, int]]:
    """Return criterion → step of the scale → answers that were rated so in it."""
    found: dict[str, dict[str, int]] = {}
    for name, n in _named(CRITERION, counts).items():
        criterion, _, step = name.partition(":")
        found.setdefault(criterion, {})[step] = n
    return found


def _named(prefix: str, counts: Counts) -> Counts:
    return {name.removeprefix(prefix): n for name, n in counts.items() if n and name.startswith(prefix)}


def _but_hours(counts: Counts) -> Counts:
    return {name: count for name, count in counts.items() if not name.startswith(HOUR)}
