"""Leadership sees what suggestions led to and what became of the rewards, and nobody's name (Điều 16.1; R108)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.desk import at_desk
from tests.integration.test_desk_case_page import CHANGE, DECIDED, REWARD
from tests.integration.world import ADMIN, ANSWER, LEADER, OFFICER, SENDER, World

PAGE = "/ban-lam-viec/khen-thuong"


def changed(world: World, *decisions: bool) -> str:
    code: str = world.at_officer(kind="suggestion")
    world.act(code, "answer", OFFICER, ANSWER)
    world.act(code, "change", OFFICER, CHANGE)
    for granted in decisions:
        world.act(code, "reward", OFFICER, REWARD)
        decided = DECIDED | {"granted": granted, "leader": "Lê Thị Minh"}
        world.act(code, "reward/decision", LEADER, decided)
    return code


def listed(world: World, **asked: Any) -> Any:
    query = "&".join(f"{name}={value}" for name, value in ({"year": 2026} | asked).items())
    status, found = world.call("GET", f"/v1/desk/rewards?{query}", token=LEADER)
    assert status == 200, found
    return found


def test_each_change_stands_there_with_what_was_proposed_and_decided(world: World) -> None:
    code = changed(world, False, True)
    world.answered()
    [row] = listed(world)["rewards"]
    assert (row["code"], row["merit"], row["kind"]) == (code, "granted", "suggestion")
    assert (row["document"], row["dated"], row["change"]) == (CHANGE["document"], CHANGE["dated"], CHANGE["change"])
    assert [(one["granted"], one["reward"]) for one in row["proposals"]] == [
        (False, REWARD["reward"]),
        (True, REWARD["reward"]),
    ]
    assert row["proposals"][1]["document"] == DECIDED["document"]
    assert SENDER["name"] not in str(row)


def test_a_page_shows_the_same_and_leads_to_the_case(world: World) -> None:
    desk = at_desk(world, LEADER)
    assert "chưa ghi nhận" in desk.open(PAGE).words
    code = changed(world, True)
    page = desk.open(PAGE)
    assert f"ban-lam-viec/ho-so/{code}" in page.html
    assert CHANGE["document"] in page.words
    assert "đã khen thưởng" in page.words
    assert SENDER["name"] not in page.words
    assert "chưa ghi nhận" in desk.open(f"{PAGE}?nam=2025").words
    assert "khen-thuong" in desk.open("/ban-lam-viec/lanh-dao").html


def test_pages_follow_each_other_and_years_are_apart(world: World) -> None:
    codes = []
    for _ in range(3):
        codes.append(changed(world))
        world.clock.forward(minutes=1)
    first = listed(world, limit=2)
    second = listed(world, limit=2, cursor=first["cursor"])
    assert [row["code"] for row in (*first["rewards"], *second["rewards"])] == codes[::-1]
    assert second["cursor"] == ""
    assert listed(world, year=2025)["rewards"] == []
    assert listed(world, year=2027, cursor=first["cursor"])["rewards"] == []
    assert world.call("GET", "/v1/desk/follow-ups", token=OFFICER)[1].get("cases", []) == []


def test_it_is_the_leaderships(world: World) -> None:
    for token in (OFFICER, ADMIN):
        assert world.call("GET", "/v1/desk/rewards?year=2026", token=token)[0] == 403


@pytest.mark.parametrize("year", ["1999", "3000", "x", ""])
def test_what_is_no_year_is_refused(world: World, year: str) -> None:
    assert world.call("GET", f"/v1/desk/rewards?year={year}", token=LEADER)[0] == 422
