"""Every minute: flag what has become late, climb the ladder, close what is done (Điều 9; R61)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.ports import Deps
from chalicelib.usecases.watch_case import watch_case

WATERMARK = "sweep"


@dataclass(frozen=True, slots=True)
class Swept:
    """How many cases were looked at, and those that could not be: code and why."""

    looked_at: int
    failed: tuple[tuple[str, Exception], ...]
    more: bool


def sweep_due(deps: Deps, *, limit: int, go_on: Callable[[], bool] = lambda: True) -> Swept:
    """Look at the cases whose alarm is due, the earliest first, at most `limit`, as long as `go_on()`.

    Each is claimed by its conditional write, so overlapping and repeated sweeps are harmless. A case that
    fails is set aside for this run and never blocks the others.
    """
    now = deps.clock.now()
    failed: list[tuple[str, Exception]] = []
    looked_at, stopped = 0, False
    for code in deps.lists.due(now, limit=limit):
        if not go_on():
            stopped = True
            break
        looked_at += 1
        try:
            watch_case(code, deps)
        except Exception as error:  # noqa: BLE001 whatever is wrong with one case, the others' clocks go on
            failed.append((code, error))
    more = stopped or looked_at >= limit
    if not more:
        deps.watermarks.advance(WATERMARK, now)
    return Swept(looked_at, tuple(failed), more)
