"""What each event tells of the round it happened in; events not named here tell a report nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from sys import intern
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain import events as ev
from chalicelib.domain.case import Case
from chalicelib.domain.merit_events import Judged, LedToChange, RewardDecided, RewardProposed
from chalicelib.domain.reporting.rounds import ANSWERED, LATE, ON_TIME, REFUSED, Mark, Round, answered_in

Tell = Callable[[Round, Case | None, ev.Recorded, ZoneInfo], None]
Correct = Callable[[Round, ev.Recorded, datetime, datetime], bool]


def _answered(one: Round, before: Case | None, recorded: ev.Recorded, zone: ZoneInfo) -> None:
    event = recorded.event
    assert isinstance(event, ev.Answered)
    assert before is not None
    one.outcome, one.ended_at, one.officer = ANSWERED, recorded.at, intern(event.responsible_officer)
    one.timing, one.told_late = answered_in(before, recorded.at, late=event.late, zone=zone), event.late


def _refused(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    assert isinstance(recorded.event, ev.Refused)
    one.outcome, one.ended_at, one.timing, one.reason = REFUSED, recorded.at, "", recorded.event.rule


def _reappointed(one: Round, _: Case | None, __: ev.Recorded, ___: ZoneInfo) -> None:
    one.prolonged = True


def _rated(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    # Another word on an answer that was rated before the period belongs there, where the tallies count it too.
    assert isinstance(recorded.event, ev.Rated)
    if one.rating or not recorded.event.previous:
        one.rating = recorded.event.rating


def _marked(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    event = recorded.event
    assert isinstance(event, ev.MarkedLate)
    one.marks += (Mark(event.holder.unit, event.stage, event.since, counted=True),)


def _corrected(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    _correct(one, recorded)


def _correct(one: Round, recorded: ev.Recorded, *_: object) -> bool:
    event = recorded.event
    assert isinstance(event, ev.LateCorrected)
    found = [mark for mark in one.marks if (mark.stage, mark.since) == (event.stage, event.since)]
    for mark in found:
        mark.corrected = True
    if found and one.outcome == ANSWERED and one.timing == LATE and not one.late_marks:
        one.timing = ON_TIME
    return bool(found)


def _judged(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    _judge(one, recorded)


def _judge(one: Round, recorded: ev.Recorded, *_: object) -> bool:
    assert isinstance(recorded.event, Judged)
    one.verdict = recorded.event.verdict
    return one.flows


def _rewarded(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    event = recorded.event
    if isinstance(event, LedToChange | RewardProposed):
        one.did("led_to_change" if isinstance(event, LedToChange) else "reward_proposed")
    elif isinstance(event, RewardDecided) and event.granted:
        one.did("reward_granted")


def _published(one: Round, _: Case | None, __: ev.Recorded, ___: ZoneInfo) -> None:
    one.did("published")


def _duty(one: Round, _: Case | None, recorded: ev.Recorded, __: ZoneInfo) -> None:
    event: Any = recorded.event
    if isinstance(event, ev.ActionOverdue):
        if event.step == 0:  # else a reminder of what is overdue already
            one.did(f"{event.action}.overdue")
        return
    opened = isinstance(event, ev.ActionOpened)
    one.did(f"{event.action}.{'opened' if opened else 'closed'}")
    others = tuple(unit for unit in one.accused if unit != event.unit)
    if opened:
        one.accused = (*others, event.unit)
    elif event.withdrawn:
        one.accused = others


def _rated_again(one: Round, recorded: ev.Recorded, start: datetime, end: datetime) -> bool:
    event = recorded.event
    assert isinstance(event, ev.Rated)
    if not one.rating or event.first_at is None or not start <= event.first_at < end:
        return False
    one.rating = event.rating
    return True


TELL: Mapping[type[ev.Event], Tell] = {
    ev.Answered: _answered,
    ev.Refused: _refused,
    ev.Reappointed: _reappointed,
    ev.Rated: _rated,
    ev.MarkedLate: _marked,
    ev.LateCorrected: _corrected,
    Judged: _judged,
    LedToChange: _rewarded,
    RewardProposed: _rewarded,
    RewardDecided: _rewarded,
    ev.Published: _published,
    ev.ActionOpened: _duty,
    ev.ActionClosed: _duty,
    ev.ActionOverdue: _duty,
}
OF_ALL_ROUNDS = (ev.LateCorrected, Judged)  # what may be about a round before the last one
LATER: Mapping[type[ev.Event], Correct] = {ev.Rated: _rated_again, ev.LateCorrected: _correct, Judged: _judge}
