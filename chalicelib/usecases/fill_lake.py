"""Each night: write the days that the lake has not, and the last one again.

A day is written whole, so twice is once. What was committed in a day's last moment is there the night after at the
latest: yesterday is always written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from chalicelib.ports import Deps, local_day
from chalicelib.ports.lake import LakeRow

LOOKS_BACK = 40  # days: so long the function may have failed, and fills the gap by itself


def fill_lake(
    rows: Callable[[date], Iterable[LakeRow]], deps: Deps, *, go_on: Callable[[], bool] = lambda: True
) -> dict[date, int]:
    """Write what `rows` shows of each day; returns how many. The newest first, as long as `go_on()`."""
    today = local_day(deps.clock.now(), deps.regulation)
    days = [today - timedelta(days=back) for back in range(1, LOOKS_BACK + 1)]
    there = deps.lake.days(days[-1])
    written: dict[date, int] = {}
    for day in days:
        if day in there and day != days[0]:
            continue
        if not go_on():
            break
        written[day] = deps.lake.write(day, rows(day))
    return written
