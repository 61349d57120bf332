"""After a change of the centre's calendar: look at every open case again and let each move what the change moves.

May be cut short and run again anywhere: each case is moved by its own conditional write, and the place that was reached
is kept after each page. docs/calendar.md proves that no case is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from chalicelib.domain import stages
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.retiming import touched
from chalicelib.ports import Deps, OvertakenError, Retiming, Stored
from chalicelib.usecases.watch_case import same_moment, watch_case

PAGE = 100
ROUNDS = 2  # the first at once, the last when nobody computes with the calendar as it was before
SETTLE = timedelta(seconds=120)
Each = Callable[..., Iterator[Any]]  # as `map`; a thread pool's does several at once


@dataclass
class Retimed:
    """What a run did: cases looked at, those that could not be (code and why), and how long the change has waited."""

    looked_at: int = 0
    failed: list[tuple[str, Exception]] = field(default_factory=list)
    age: timedelta = timedelta()


def retime_cases(deps: Deps, *, go_on: Callable[[], bool] = lambda: True, each: Each = map) -> Retimed:
    """Go on with the newest retiming until it is done, must wait, or `go_on()` says no; raises UnavailableError.

    One read when there is none open. Of two runs at once, the one that is overtaken stops. A case that fails is set
    aside and never holds up the others: its own next command, or its alarm, moves it before anything else.
    """
    did, retiming = Retimed(), deps.retimings.newest()
    if retiming is None or retiming.finished_at:
        return did
    deps.calendar.changes(fresh=True)
    did.age = deps.clock.now() - retiming.announced_at
    try:
        if retiming.started_at is None:
            retiming = deps.retimings.save(replace(retiming, started_at=deps.clock.now()))
        while retiming.finished_at is None and go_on() and not _must_wait(retiming, deps):
            retiming = _page(retiming, did, each, deps)
    except OvertakenError:
        pass
    return did


def _must_wait(retiming: Retiming, deps: Deps) -> bool:
    # Counted from the first run, not from the announcement: the change was surely there for all to read by then.
    assert retiming.started_at is not None
    return retiming.round == ROUNDS and not retiming.cursor and deps.clock.now() < retiming.started_at + SETTLE


def _page(retiming: Retiming, did: Retimed, each: Each, deps: Deps) -> Retiming:
    codes, cursor = deps.alarms.walk(retiming.cursor, limit=PAGE)
    rules, found = deps.regulation, deps.cases.load_all(codes)
    wrong = [code for code in codes if code not in found or _wrong(found[code], rules)]
    errors = list(each(lambda code: _watch(code, deps), wrong))
    failed = [(code, error) for code, error in zip(wrong, errors, strict=True) if error]
    right = set(found).intersection(wrong).difference(code for code, _ in failed)
    moved = sum(touched(found[code].case, rules) for code in right)
    did.looked_at += len(codes)
    did.failed += failed
    counted = replace(
        retiming,
        cursor=cursor,
        looked_at=retiming.looked_at + len(codes),
        moved=retiming.moved + moved,
        failed=retiming.failed + len(failed),
    )
    return deps.retimings.save(counted if cursor else _round_done(counted, deps))


def _round_done(retiming: Retiming, deps: Deps) -> Retiming:
    if retiming.round == ROUNDS:
        return replace(retiming, finished_at=deps.clock.now())
    return replace(retiming, round=retiming.round + 1, looked_at=0, failed=0)


def _wrong(stored: Stored, regulation: Regulation) -> bool:
    """Tell whether the calendar moves something of the case, or lets its alarm ring at another time."""
    if touched(stored.case, regulation):
        return True
    return not same_moment(stages.next_alarm(stored.case, regulation), stored.alarm_at)


def _watch(code: str, deps: Deps) -> Exception | None:
    """Let a case be moved, or its alarm put right; return what is wrong with the case itself."""
    try:
        watch_case(code, deps)
    except UnavailableError:
        raise
    except Exception as error:  # noqa: BLE001 whatever is wrong with one case, the others' clocks go on
        return error
    return None
