"""List keys are spread over shards, so that no index partition grows hot; every shard pages by the same sort key.

A list names every number of shards it ever had: the last is written by, the largest is read by. To have more or fewer,
append a number and never take one away: what was written before is still read, and nothing is moved.
"""

from __future__ import annotations

from datetime import datetime

Counts = tuple[int, ...]
HOLDER: Counts = (4,)
ALARM: Counts = (8,)
DAY: Counts = (4,)


def of(code: str, counts: Counts) -> int:
    """Return the shard of a case; its digits are random."""
    return int(code[:6]) % counts[-1]


def holder_keys(role: str, unit: str) -> list[str]:
    """Return the keys of all shards of a holder's list."""
    return [f"{role}#{unit}#{shard}" for shard in range(max(HOLDER))]


def supervisor_keys(unit: str) -> list[str]:
    """Return the keys of all shards of the list of what a unit supervises."""
    return [f"{unit}#{shard}" for shard in range(max(HOLDER))]


def alarm_keys() -> list[str]:
    """Return the keys of all shards of the alarm list."""
    return [f"alarm#{shard}" for shard in range(max(ALARM))]


def day_keys(day: str) -> list[str]:
    """Return the keys of all shards of a UTC day's events."""
    return [f"{day}#{shard}" for shard in range(max(DAY))]


def utc_day(at: datetime) -> str:
    """Return the UTC day of a moment."""
    return at.strftime("%Y-%m-%d")
