"""Count an event, once."""

from __future__ import annotations

from chalicelib.domain.counting import counters_of, month_of
from chalicelib.ports import Deps


def count_event(code: str, seq: int, deps: Deps) -> bool:
    """Add an event to the tallies; False when it was counted before."""
    recorded = deps.cases.event(code, seq)
    rules = deps.regulation
    return deps.tallies.count(recorded.id, month_of(recorded, rules.calendar.zone), counters_of(recorded, rules))
