"""Look at one case: record what the clock has made true, and let the next alarm ring when there is something to do."""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.domain import stages
from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.commands import Watch
from chalicelib.domain.decide import decide
from chalicelib.ports import Deps, StaleVersionError, Stored
from chalicelib.usecases.carry_out import RACES, commit_of

PRECISION = timedelta(milliseconds=1)  # of the times in the store


def watch_case(code: str, deps: Deps) -> bool:
    """Return whether anything happened (R61, R111).

    Where nothing did, the alarm is put right: it may have been set under a calendar that has changed since, and would
    ring each minute for nothing. May be repeated at will. Raises NotFoundError, UnavailableError, StaleVersionError
    when others were quicker five times over, and FalseAlarmError.
    """
    for race in range(RACES):
        stored, now = deps.cases.load(code), deps.clock.now()
        made = decide(stored.case, Watch(), actor=SYSTEM, code=code, regulation=deps.regulation, now=now)
        try:
            if made.history:
                deps.cases.commit(commit_of(stored, made, deps))
            else:
                _put_right(stored, now, deps)
        except StaleVersionError:
            if race == RACES - 1:
                raise
        else:
            return bool(made.history)
    raise AssertionError("unreachable")


class FalseAlarmError(Exception):
    """The rules say that something is due and, asked what, do nothing: this case would ring for ever."""


def _put_right(stored: Stored, now: datetime, deps: Deps) -> None:
    alarm = stages.next_alarm(stored.case, deps.regulation)
    if alarm is not None and alarm + PRECISION <= now:
        raise FalseAlarmError
    if not same_moment(alarm, stored.alarm_at):
        deps.cases.set_alarm(stored.case.code, stored.case.version, alarm)


def same_moment(one: datetime | None, other: datetime | None) -> bool:
    """Tell whether two alarms are one, as the store keeps them."""
    if one is None or other is None:
        return one is other
    return abs(one - other) < PRECISION
