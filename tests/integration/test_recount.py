"""The tallies are what the log says; a day that is over can be counted anew, by counters that were not there then."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import TallyItem
from chalicelib.domain.errors import ConflictError
from chalicelib.usecases.recount_day import Difference, recount_day
from infra.recount import recount
from tests.builders import local
from tests.integration.world import ANSWER, OFFICER, World

DAY = date(2026, 11, 23)
ROW = "2026-11-23#tong_dai#question"


@pytest.fixture
def over(world: World) -> World:
    """A day with something of each kind, which is over and recovered; an answer is rated the day after."""
    code = world.answered()
    world.answered(kind="suggestion")
    late = world.at_officer()
    world.clock.set(local("2026-11-23 16:30"))
    world.sweep()
    world.act(late, "answer", OFFICER, ANSWER)
    world.drain()
    world.call("POST", f"/v1/cases/{code}/rating", {"rating": "accepted"}, X_Case_Pin=world.deps.keys.pin(code))
    world.clock.set(local("2026-11-24 08:00"))
    world.call("POST", f"/v1/cases/{code}/rating", {"rating": "satisfied"}, X_Case_Pin=world.deps.keys.pin(code))
    world.drain()
    world.recover()
    return world


def rows(world: World) -> Any:
    return world.deps.tallies.month("2026-11")


def spoil(world: World, **counters: int) -> None:
    world.deps.tallies.count("spoilt", "2026-11", {ROW: counters})


def test_what_was_counted_is_what_the_log_says(over: World) -> None:
    assert recount_day(DAY, over.deps, mend=True) == []


def test_what_a_newer_counter_would_have_counted_is_set_right_and_nothing_else(over: World) -> None:
    before = rows(over)
    spoil(over, hour_09=-2, answered=1, strange=4)
    found = recount_day(DAY, over.deps, mend=False)
    assert found == [
        Difference(ROW, "answered", 2, 1),
        Difference(ROW, "hour_09", 0, 2),
        Difference(ROW, "strange", 4, 0),
    ]
    assert rows(over) != before, "looked at only"
    assert recount_day(DAY, over.deps, mend=True) == found
    told = {row: {name: n for name, n in names.items() if n} for row, names in rows(over).items()}
    assert told == {row: {name: n for name, n in names.items() if n} for row, names in before.items()}
    assert recount_day(DAY, over.deps, mend=True) == []


def test_a_row_that_was_never_there_is_made(over: World) -> None:
    TallyItem("2026-11", ROW).delete()
    assert {one.name for one in recount_day(DAY, over.deps, mend=True)} == {"answered", "hour_09", "received"}
    assert recount_day(DAY, over.deps, mend=False) == []


def test_a_day_that_is_still_counted_is_left_alone(over: World) -> None:
    with pytest.raises(ConflictError):
        recount_day(date(2026, 11, 24), over.deps, mend=True)


def test_an_event_that_nobody_has_counted_yet_would_be_counted_twice(over: World) -> None:
    over.clock.set(local("2026-11-24 09:00"))
    over.send()
    over.clock.set(local("2026-11-25 09:00"))
    over.recover()  # relayed, not worked on
    with pytest.raises(ConflictError):
        recount_day(date(2026, 11, 24), over.deps, mend=True)
    over.drain()
    assert recount_day(date(2026, 11, 24), over.deps, mend=True) == []


def test_who_counts_meanwhile_is_not_overwritten(over: World) -> None:
    with pytest.raises(ConflictError):
        over.deps.tallies.correct("2026-11", ROW, "answered", was=7, to=1)
    assert rows(over)[ROW]["answered"] == 1


def test_the_program_tells_counters_and_days(over: World) -> None:
    spoil(over, answered=1)
    lines = list(recount(DAY, date(2026, 11, 24), over.deps, mend=False))
    assert lines[0] == f"{ROW} answered: 2 -> 1"
    assert lines[1].startswith("2026-11-24: ")
