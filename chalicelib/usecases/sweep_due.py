"""Every minute: flag what has become late, climb the ladder, close what is done (Điều 9; R61)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Protocol

from chalicelib.domain.errors import DomainError, UnavailableError
from chalicelib.ports import Alarm, Deps, StaleVersionError
from chalicelib.usecases.watch_case import watch_case

WATERMARK = "sweep"
BATCH = 64  # alarms under way at once, at most
TRIES, REST, DAY = 3, timedelta(minutes=1), 24 * 3600


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at a case; not `done`: it is still to be looked at."""

    alarm: Alarm
    error: Exception | None = None
    done: bool = True


class Each(Protocol):
    """Do something with many, as `map` does; a thread pool's does it with several at once."""

    def __call__(self, look: Callable[[Alarm], Look], alarms: Iterable[Alarm], /) -> Iterator[Look]:
        """Return what came of each, in order."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How many cases were looked at; those that could not be: code and why; how old what is left is, if anything."""

    looked_at: int
    failed: tuple[tuple[str, Exception], ...]
    lag: timedelta
    more: bool


def sweep_due(deps: Deps, *, limit: int, go_on: Callable[[], bool] = lambda: True, each: Each = map) -> Swept:
    """Look at the cases whose alarm is due, the earliest first, at most `limit`, as long as `go_on()`.

    Each is claimed by its conditional write, so overlapping and repeated sweeps are harmless. What is left over is
    still on the list and older than all that comes: the next run begins with it, and nobody need remember it. The
    watermark (all that was due before it has been looked at) is for people to see how far the sweep has come.
    """
    _ = deps.regulation, deps.cases, deps.inbox  # made here, not by several threads at once
    now = deps.clock.now()
    alarms = iter(deps.alarms.due(now, limit=limit + 1))
    looked_at, failed, left = 0, [], []
    for batch in _batches(islice(alarms, limit)):
        looks = list(each(lambda alarm: _look(alarm, deps, go_on), batch))
        looked_at += sum(look.done for look in looks)
        failed += [(look.alarm.code, look.error) for look in looks if look.error]
        left += [look.alarm.at for look in looks if not look.done]
        if not go_on():
            break
    left += [alarm.at for alarm in islice(alarms, 1)]
    oldest = min(left, default=None)
    deps.watermarks.advance(WATERMARK, oldest or now)
    return Swept(looked_at, tuple(failed), deps.clock.now() - oldest if oldest else timedelta(), bool(left))


def _look(alarm: Alarm, deps: Deps, go_on: Callable[[], bool]) -> Look:
    if not go_on():
        return Look(alarm, done=False)
    try:
        watch_case(alarm.code, deps)
    except (UnavailableError, StaleVersionError) as error:  # nothing is wrong with the case: it stays where it is
        return Look(alarm, error, done=False)
    except Exception as error:  # noqa: BLE001 whatever is wrong with one case, the others' clocks go on
        return _move_away(alarm, error, deps)
    return Look(alarm)


def _move_away(alarm: Alarm, error: Exception, deps: Deps) -> Look:
    """Send a case that cannot be looked at to the end of the list; after some tries take it off."""
    now = deps.clock.now()
    code = error.code if isinstance(error, DomainError) else type(error).__name__
    try:
        if deps.inbox.count_failure(f"sweep#{alarm.code}", now, window_seconds=DAY) < TRIES:
            deps.alarms.put_off(alarm, now + REST)
        else:
            deps.alarms.set_aside(alarm, now, code)
    except Exception:  # noqa: BLE001 as above
        return Look(alarm, error, done=False)
    return Look(alarm, error)


def _batches(alarms: Iterator[Alarm]) -> Iterator[list[Alarm]]:
    while batch := list(islice(alarms, BATCH)):
        yield batch
