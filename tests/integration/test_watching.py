"""Looking at one case: what happens, and that no alarm rings for nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain import stages
from chalicelib.ports import StaleVersionError
from chalicelib.usecases.watch_case import FalseAlarmError, watch_case
from tests.builders import local
from tests.integration.world import ANSWER, MONDAY, OFFICER, World

TOMORROW = MONDAY + timedelta(days=1)


def due(world: World) -> list[str]:
    return [alarm.code for alarm in world.deps.alarms.due(world.clock.now(), limit=10)]


def alarm_of(world: World, code: str) -> Any:
    return world.deps.cases.load(code).alarm_at


def ring_now(world: World, code: str) -> None:
    """Set a case's alarm too early, as a calendar that has changed since would have."""
    world.deps.cases.set_alarm(code, world.case(code).version, world.clock.now())


def test_what_is_due_happens_once(world: World) -> None:
    code = world.at_officer()
    world.clock.set(local("2026-11-23 16:01"))
    assert [watch_case(code, world.deps) for _ in range(2)] == [True, False]
    assert len(world.case(code).late) == 1


def test_an_alarm_that_rings_for_nothing_is_put_right(world: World) -> None:
    """Given an alarm set under another calendar, when the sweep looks, then the case is unchanged and silent."""
    code = world.at_officer()
    before = world.deps.cases.load(code)
    ring_now(world, code)
    assert due(world) == [code]
    world.sweep()
    assert due(world) == []
    assert world.deps.cases.load(code) == before


def test_an_alarm_that_is_right_is_not_written_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.at_officer()
    monkeypatch.setattr(world.deps.cases, "set_alarm", pytest.fail)
    assert watch_case(code, world.deps) is False


def test_a_case_without_alarm_gets_the_one_it_should_have(world: World) -> None:
    code = world.at_officer()
    right = alarm_of(world, code)
    world.deps.cases.set_alarm(code, 2, None)
    assert alarm_of(world, code) is None
    watch_case(code, world.deps)
    assert alarm_of(world, code) == right


def test_an_ended_case_loses_an_alarm_it_should_not_have(world: World) -> None:
    code = world.answered()
    world.clock.set(local("2026-12-01 09:01"))
    world.sweep()
    world.deps.cases.set_alarm(code, world.case(code).version, world.clock.now())
    assert (watch_case(code, world.deps), alarm_of(world, code)) == (False, None)


def test_an_alarm_is_not_moved_behind_a_change(world: World) -> None:
    """Given somebody who acts while the sweep looks, then the alarm of the newer version stands."""
    code = world.at_officer()
    ring_now(world, code)
    set_alarm = world.deps.cases.set_alarm

    def late(*args: Any) -> None:
        world.deps.cases.__dict__.pop("set_alarm")
        world.act(code, "answer", OFFICER, ANSWER)
        set_alarm(*args)

    world.deps.cases.__dict__["set_alarm"] = late
    assert watch_case(code, world.deps) is False
    stored = world.deps.cases.load(code)
    assert stored.case.state == "answered"
    assert stored.alarm_at == stages.next_alarm(stored.case, world.deps.regulation)


def test_a_version_that_is_past_is_refused(world: World) -> None:
    code = world.at_officer()
    with pytest.raises(StaleVersionError):
        world.deps.cases.set_alarm(code, 1, TOMORROW)
    with pytest.raises(StaleVersionError):
        world.deps.cases.set_alarm("482109375511", 1, TOMORROW)


def test_rules_that_contradict_themselves_are_an_error(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given rules that call for a look and then see nothing, then that is said: it would ring for ever."""
    code = world.at_officer()
    monkeypatch.setattr(stages, "next_alarm", lambda *_: MONDAY - timedelta(seconds=1))
    with pytest.raises(FalseAlarmError):
        watch_case(code, world.deps)


def test_a_calendar_that_changed(world: World) -> None:
    """Given a day off that was announced late, when the old alarm rings, then the sweep looks again on the new one."""
    code = world.at_officer()
    old = world.deps.regulation
    world.deps.__dict__["regulation"] = replace(old, calendar=old.calendar.with_changes(["2026-11-23"]))
    first = alarm_of(world, code)
    world.clock.set(first)
    world.sweep()
    assert alarm_of(world, code) > first
