"""Counters count each event once, in the office's own days, and the gauges sum to the cases there are (R103, R105)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.builders import local
from tests.integration.world import ANSWER, LEADER, OFFICER, OPERATOR, World

NIGHT = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)  # 06:30 on the first of December in Hoà Bình


def tallies(world: World, month: str = "2026-11") -> Any:
    status, shown = world.call("GET", f"/v1/desk/tallies?month={month}", token=OPERATOR)
    assert status == 200, shown
    return shown


def test_a_life_is_counted_at_each_turn(world: World) -> None:
    code = world.at_officer(kind="suggestion")
    world.clock.set(local("2026-11-23 16:01"))
    world.sweep()
    world.act(code, "forward-to-agency", OFFICER)
    world.act(code, "decline", "agency:so_tu_phap:cq01", {"reason": "Không thuộc thẩm quyền."})
    world.act(code, "answer", OFFICER, ANSWER)
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    world.drain()
    once = ("received", "forwarded_to_officer", "forwarded_to_agency", "late", "late_stages", "published")
    assert tallies(world)["totals"] == dict.fromkeys((*once, "answered", "answered_late"), 1)


def test_the_same_total_is_cut_three_ways(world: World) -> None:
    world.answered()
    world.answered(kind="suggestion")
    code = world.at_officer(kind="report", about="regulation")
    world.act(code, "answer", OFFICER, ANSWER)
    world.drain()
    shown = tallies(world)
    assert shown["totals"] == {"received": 3, "answered": 3, "forwarded_to_officer": 1}
    answered = {kind: counts["answered"] for kind, counts in shown["by_kind"].items()}
    assert answered == {"question": 1, "suggestion": 1, "report": 1}
    assert shown["by_unit"]["tong_dai"] == {"received": 3, "answered": 2}
    assert shown["by_unit"]["so_tu_phap"] == {"forwarded_to_officer": 1, "answered": 1}
    assert shown["by_day"] == {"2026-11-23": shown["totals"]}


def test_each_event_counts_once_however_often_it_comes(world: World) -> None:
    for _ in range(3):
        world.answered()
    records = world.stream()
    for _ in range(3):
        world.restream(records)
    assert world.work() == 0
    shown = tallies(world)
    assert shown["totals"] == {"received": 3, "answered": 3}
    assert {state: count for state, count in shown["states"].items() if count} == {"answered": 3}


def test_an_event_counted_in_any_order(world: World) -> None:
    world.answered()
    world.restream(world.stream()[::-1])
    assert world.work() == 0
    assert tallies(world)["states"]["answered"] == 1
    assert sum(tallies(world)["states"].values()) == 1


def test_the_gauges_sum_to_the_cases(world: World) -> None:
    """Given cases in many states, then the gauge of each is how many there are, also after they moved on."""
    world.send(title="Đơn khiếu nại về đất đai")
    world.send(sender={"name": "Bùi Thị Hoa"})
    world.send(kind="service", field="buu_chinh")
    codes = [world.send()["code"] for _ in range(3)]
    world.at_officer()
    world.at_agency()
    world.drain()
    world.act(codes[0], "answer", OPERATOR, ANSWER)
    world.act(codes[1], "refer", OPERATOR, {"reason": "Ngoài thẩm quyền"})
    world.drain()
    assert tallies(world)["states"] == dict.fromkeys(world.deps.regulation.states, 1) | {"closed": 0}


class TestDays:
    @pytest.fixture(autouse=True)
    def _night(self, world: World) -> None:
        world.clock.set(NIGHT)
        world.answered()
        world.drain()

    def test_an_event_before_midnight_in_utc_is_the_next_days(self, world: World) -> None:
        assert tallies(world, "2026-11")["totals"] == {}
        assert tallies(world, "2026-12")["by_day"] == {"2026-12-01": {"received": 1, "answered": 1}}

    def test_the_month_asked_for_by_default_is_the_local_one(self, world: World) -> None:
        _, shown = world.call("GET", "/v1/desk/tallies", token=OPERATOR)
        assert (shown["month"], shown["totals"]["received"]) == ("2026-12", 1)

    def test_the_gauges_are_of_now_whatever_the_month(self, world: World) -> None:
        assert tallies(world, "2026-10")["states"] == tallies(world, "2026-12")["states"]
        assert tallies(world, "2026-10")["states"]["answered"] == 1
