"""Conduct reports judged (R105), rewards for what led to a change (R108): by program, at the desk, in a report."""

from __future__ import annotations

import pytest

from tests.builders import local
from tests.integration.test_desk_case_page import CHANGE, DECIDED, REWARD, answered_conduct, do, shown
from tests.integration.test_reports import asked, numbers
from tests.integration.world import ANSWER, LEADER, OFFICER, OPERATOR, World

REASON = "Camera cho thấy cán bộ đã hướng dẫn đúng."
UNFOUNDED = {"verdict": "unfounded", "reason": REASON, "leader": "Lê Thị Minh"}


@pytest.fixture
def code(world: World) -> str:
    world.clock.set(local("2026-11-23 09:00"))
    return answered_conduct(world)


def of_november(world: World) -> tuple[dict[str, int], dict[str, int]]:
    world.clock.set(local("2026-12-02 09:00"))
    world.drain()
    report = asked(world)
    return numbers(world, report, "conduct"), numbers(world, report, "unit:so_tu_phap")


def test_a_month_counts_it_as_it_was_judged(world: World, code: str) -> None:
    world.act(code, "verdict", LEADER, UNFOUNDED | {"verdict": "founded"})
    world.clock.set(local("2026-12-01 09:00"))
    world.act(code, "verdict", LEADER, UNFOUNDED)
    whole, unit = of_november(world)
    assert whole == {"conduct": 1, "conduct_unfounded": 1}
    assert {name: n for name, n in unit.items() if name.startswith("conduct")} == whole
    told = [event for event in world.open(code)["timeline"] if event["type"] == "Judged"]
    assert [event["facts"]["verdict"] for event in told] == ["founded", "unfounded"]
    assert told[1]["texts"] == {"reason": REASON}


def test_what_nobody_has_judged_is_said_to_be_so(world: World, code: str) -> None:
    assert world.case(code).verdict == ""
    assert of_november(world)[0] == {"conduct": 1, "conduct_unjudged": 1}


def test_the_case_shows_it(world: World, code: str) -> None:
    assert do(world, code, "judge", LEADER, **UNFOUNDED).status == 200
    words = shown(world, code).words
    assert "Kết luận về phản ánh hành vi" in words
    assert "Không có cơ sở" in words
    assert REASON in words


def test_it_is_leaderships_and_of_two_words(world: World, code: str) -> None:
    for token in (OPERATOR, OFFICER):
        assert world.act(code, "verdict", token, UNFOUNDED, expect=403)["code"] == "role_not_allowed"
    assert (
        world.act(code, "verdict", LEADER, UNFOUNDED | {"verdict": "perhaps"}, expect=422)["code"] == "invalid_request"
    )
    other = world.answered()
    assert world.act(other, "verdict", LEADER, UNFOUNDED, expect=409)["code"] == "wrong_state"


def test_the_sender_and_the_log_read_nothing_of_the_reason(world: World, code: str) -> None:
    world.act(code, "verdict", LEADER, UNFOUNDED)
    pin = world.deps.keys.pin(code)
    status, seen = world.call("GET", f"/v1/cases/{code}", X_Case_Pin=pin)
    assert status == 200
    assert REASON not in str(seen)
    assert "Judged" not in str(seen)


@pytest.fixture
def suggestion(world: World) -> str:
    world.clock.set(local("2026-11-23 09:00"))
    code = world.at_officer(kind="suggestion")
    world.act(code, "answer", OFFICER, ANSWER)
    return code


def test_a_month_counts_what_led_to_a_change_and_what_became_of_it(world: World, suggestion: str) -> None:
    world.act(suggestion, "change", OFFICER, CHANGE)
    world.act(suggestion, "reward", OFFICER, REWARD)
    world.act(suggestion, "reward/decision", LEADER, DECIDED | {"granted": True, "leader": "Lê Thị Minh"})
    world.clock.set(local("2026-12-02 09:00"))
    world.drain()
    found = numbers(world, asked(world))
    assert [found[name] for name in ("led_to_change", "reward_proposed", "reward_granted")] == [1, 1, 1]
    words = shown(world, suggestion).words
    for said in ("12/2026/QĐ-UBND", "20/11/2026", "Bỏ bản sao hộ khẩu.", "Giấy khen của Chủ tịch", "Khen thưởng"):
        assert said in words


def test_a_number_of_a_document_is_one_and_a_reward_has_one(world: World, suggestion: str) -> None:
    bad = CHANGE | {"document": "của bà Hoa 0912345678"}
    assert world.act(suggestion, "change", OFFICER, bad, expect=422)["code"] == "invalid_request"
    world.act(suggestion, "change", OFFICER, CHANGE)
    page = do(world, suggestion, "propose_reward", OFFICER, **REWARD)
    assert "Đã đề xuất khen thưởng" in page.words
    faulty = do(world, suggestion, "decide_reward", LEADER, granted="true", leader="Lê Thị Minh")
    assert "Quyết định khen thưởng cần có số văn bản" in faulty.words
