"""Early warning (R111): from what people did, through stream and counters, to what will be late at their pace."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.usecases import foresee_late
from tests.builders import local
from tests.integration.world import ADMIN, AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, World

HEALTH = "so_y_te"
SERVICE = {"kind": "service", "field": "buu_chinh"}


def risk(world: World, token: str = LEADER, query: str = "", *, expect: int = 200) -> Any:
    world.drain()
    status, shown = world.call("GET", f"/v1/desk/risk{query}", token=token)
    assert status == expect, shown
    return shown


def names(shown: Any) -> list[tuple[str, str]]:
    return [(one["holder"]["role"], one["holder"]["unit"]) for one in shown["holders"]]


def held(shown: Any, role: str, unit: str) -> Any:
    [found] = [one for one in shown["holders"] if (one["holder"]["role"], one["holder"]["unit"]) == (role, unit)]
    return found


class TestForecast:
    def test_what_the_pace_leaves_no_time_for_is_listed_worst_first(self, world: World) -> None:
        """Given an officer who answered eight cases this week (255 minutes each), when three more come at once, then
        the two that five hours leave no time for are listed with their figures."""
        world.clock.set(local("2026-11-18 07:30"))
        for code in [world.at_officer() for _ in range(8)]:
            world.act(code, "answer", OFFICER, ANSWER)
        world.clock.set(local("2026-11-20 11:30"))
        codes = sorted(world.at_officer() for _ in range(3))
        shown = risk(world, OFFICER)
        officer = held(shown, "officer", "so_tu_phap")
        assert shown["measured_from"] == "2026-11-16"  # Monday to Friday noon: four days and four hours
        assert shown["measured_minutes"] == 4 * 450 + 240
        assert (officer["finished"], officer["pace"], officer["open"], officer["will_be_late"]) == (8, 255, 3, 2)
        assert (officer["work_minutes"], officer["minutes_left"], officer["load"]) == (765, 300, 2.55)
        worst, other = shown["cases"]
        assert [worst["code"], other["code"]] == codes[:0:-1]  # one due time: the codes decide whose turn comes first
        assert (worst["minutes_left"], worst["overrun_minutes"], worst["load"]) == (300, 465, 2.55)
        assert (other["minutes_left"], other["overrun_minutes"], other["load"]) == (300, 210, 1.7)
        assert worst["due_at"] == "2026-11-23T02:00:00Z"  # Friday 13:30 and five hours: Monday 09:00
        assert other["expected_at"] == "2026-11-23T07:30:00Z"  # 210 minutes on Friday, 240 and 60 on Monday: 14:30
        assert (worst["binding"], worst["stage"]) == (True, "officer")

    def test_targets_are_told_apart_from_limits(self, world: World) -> None:
        """ADR 6: the operators' hour is a target; whoever passes it is not trễ hạn."""
        for _ in range(2):
            world.send()
        world.at_agency()
        world.at_agency()
        shown = risk(world)
        assert {(case["stage"], case["binding"]) for case in shown["cases"]} == {("operator", False), ("agency", True)}

    def test_who_finished_nothing_has_no_pace(self, world: World) -> None:
        world.at_agency()
        agency = held(risk(world, AGENCY), "agency", "so_tu_phap")
        assert (agency["pace"], agency["finished"], agency["will_be_late"]) == (None, 0, 0)

    def test_what_is_late_and_what_waits_is_counted_apart(self, world: World) -> None:
        asked, late = world.at_officer(), world.at_officer()
        world.act(asked, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh?"})
        world.clock.set(local("2026-11-24 10:00"))
        world.sweep()
        fresh = world.at_officer()
        shown = risk(world, OFFICER)
        officer = held(shown, "officer", "so_tu_phap")
        assert (officer["open"], officer["waiting"], officer["overdue"], officer["will_be_late"]) == (3, 1, 1, 1)
        assert [case["code"] for case in shown["cases"]] == [fresh]
        assert late not in str(shown)

    def test_nothing_open_nothing_foreseen(self, world: World) -> None:
        world.answered()
        shown = risk(world)
        assert (shown["holders"], shown["cases"], shown["holders_unread"], shown["will_be_late"]) == ([], [], 0, 0)


class TestCounters:
    def test_each_event_counts_once_however_often_it_comes(self, world: World) -> None:
        world.at_agency()
        world.answered()
        before = risk(world)
        records = world.stream()
        for _ in range(3):
            world.restream(records)
        assert world.work() == 0
        assert risk(world) == before
        assert held(before, "agency", "so_tu_phap")["open"] == 1
        assert names(before) == [("agency", "so_tu_phap")]

    def test_a_week_of_two_months_is_one_week(self, world: World) -> None:
        world.clock.set(local("2026-11-30 09:00"))
        code = world.at_officer()
        world.act(code, "answer", OFFICER, ANSWER)
        world.clock.set(local("2026-12-02 09:00"))
        world.act(world.at_officer(), "answer", OFFICER, ANSWER)
        world.at_officer()
        assert held(risk(world, OFFICER), "officer", "so_tu_phap")["finished"] == 2

    def test_what_was_finished_before_the_week_does_not_count(self, world: World) -> None:
        world.clock.set(local("2026-11-13 16:00"))
        world.act(world.at_officer(), "answer", OFFICER, ANSWER)
        world.clock.set(local("2026-11-20 10:00"))
        world.at_officer()
        assert held(risk(world, OFFICER), "officer", "so_tu_phap")["finished"] == 0
        world.clock.set(local("2026-11-19 10:00"))
        assert held(risk(world, OFFICER), "officer", "so_tu_phap")["finished"] == 1


class TestWhoSeesWhat:
    @pytest.fixture(autouse=True)
    def _cases(self, world: World) -> None:
        for unit in ("so_tu_phap", HEALTH):
            for _ in range(2):
                world.at_officer(unit)
                world.at_agency(unit)
        world.send()
        world.send(**SERVICE)

    @pytest.mark.parametrize("token", [OPERATOR, LEADER, ADMIN])
    def test_the_centre_sees_everybody_worst_first(self, world: World, token: str) -> None:
        shown = risk(world, token)
        assert len(names(shown)) == 6
        overruns = [holder["worst_overrun"] for holder in shown["holders"]]
        assert overruns == sorted(overruns, reverse=True)
        assert [case["overrun_minutes"] for case in shown["cases"]] == [overruns[0]] * 2 + [overruns[2]] * 2
        assert shown["will_be_late"] == 4

    @pytest.mark.parametrize("token", [OFFICER, AGENCY])
    def test_a_unit_sees_its_own(self, world: World, token: str) -> None:
        shown = risk(world, token)
        assert sorted(names(shown)) == [("agency", "so_tu_phap"), ("officer", "so_tu_phap")]
        assert {case["holder"]["unit"] for case in shown["cases"]} == {"so_tu_phap"}

    @pytest.mark.parametrize("token", [OFFICER, AGENCY])
    def test_but_no_others(self, world: World, token: str) -> None:
        refused = risk(world, token, f"?unit={HEALTH}", expect=403)
        assert refused["code"] == "not_your_unit"

    def test_filters(self, world: World) -> None:
        assert sorted(names(risk(world, LEADER, f"?unit={HEALTH}"))) == [("agency", HEALTH), ("officer", HEALTH)]
        assert names(risk(world, LEADER, f"?unit={HEALTH}&role=agency")) == [("agency", HEALTH)]
        assert names(risk(world, LEADER, "?role=operator")) == [("operator", "tong_dai")]
        assert names(risk(world, LEADER, "?unit=tong_dai")) == [("operator", "tong_dai")]
        assert names(risk(world, LEADER, "?unit=lanh_dao_trung_tam")) == []
        assert len(names(risk(world, LEADER, "?role=agency"))) == 3

    def test_the_list_is_cut_and_the_count_is_not(self, world: World) -> None:
        shown = risk(world, LEADER, "?limit=1")
        assert (len(shown["cases"]), shown["will_be_late"]) == (1, 4)


class TestBounds:
    def test_the_longest_queues_are_looked_into_and_the_others_counted(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(foresee_late, "HOLDERS", 1)
        for unit, often in (("so_tu_phap", 1), (HEALTH, 3), ("so_noi_vu", 2)):
            for _ in range(often):
                world.at_officer(unit)
        shown = risk(world)
        assert (names(shown), shown["holders_unread"]) == ([("officer", HEALTH)], 2)

    def test_a_long_queue_is_read_up_to_a_bound_and_says_so(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(foresee_late, "CASES", 2)
        for _ in range(3):
            world.at_officer()
        officer = held(risk(world), "officer", "so_tu_phap")
        assert (officer["open"], officer["more"]) == (2, True)
