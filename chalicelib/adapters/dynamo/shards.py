"""List keys are spread over shards, so that no index partition grows hot; every shard pages by the same sort key."""

from __future__ import annotations

from datetime import datetime

HOLDER, ALARM, DAY = 4, 8, 4


def of(code: str, count: int) -> int:
    """Return the shard of a case; its digits are random."""
    return int(code[:6]) % count


def holder_keys(role: str, unit: str) -> list[str]:
    """Return the keys of all shards of a holder's list."""
    return [f"{role}#{unit}#{shard}" for shard in range(HOLDER)]


def alarm_keys() -> list[str]:
    """Return the keys of all shards of the alarm list."""
    return [f"alarm#{shard}" for shard in range(ALARM)]


def day_keys(day: str) -> list[str]:
    """Return the keys of all shards of a UTC day's events."""
    return [f"{day}#{shard}" for shard in range(DAY)]


def utc_day(at: datetime) -> str:
    """Return the UTC day of a moment."""
    return at.strftime("%Y-%m-%d")
