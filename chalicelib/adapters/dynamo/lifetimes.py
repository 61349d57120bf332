"""How long rows are kept that a table forgets by itself: the days of the centre's file of retention."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

_days: dict[str, int] = {}


def configure(days: Mapping[str, int]) -> None:
    """Take the days by kind of row."""
    _days.clear()
    _days.update(days)


def expires(kind: str, at: datetime) -> int:
    """Return the TTL of a row written at a moment, in seconds of the epoch; housekeeping only, never a clock."""
    return int((at + timedelta(days=_days[kind])).timestamp())
