"""A request sent twice has one effect and one answer (R18: no omissions, no duplicates)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.world import ANSWER, CASE, OPERATOR, World

OTHER_OPERATOR = "operator:tong_dai:dtv02"


def send(world: World, body: Any, key: str, token: str = "") -> Any:
    path = "/v1/desk/cases" if token else "/v1/cases"
    return world.call("POST", path, body, token=token, Idempotency_Key=key)


def answer(world: World, code: str, version: int, key: str, token: str = OPERATOR, **changes: Any) -> Any:
    body = ANSWER | {"version": version} | changes
    return world.call("POST", f"/v1/desk/cases/{code}/answer", body, token=token, Idempotency_Key=key)


class TestSending:
    def test_the_same_again_is_the_same_case_and_pin(self, world: World) -> None:
        first_status, first = send(world, CASE, "one")
        status, again = send(world, CASE, "one")
        assert (first_status, first["repeated"]) == (201, False)
        assert (status, again["repeated"]) == (200, True)
        assert (again["code"], again["pin"]) == (first["code"], first["pin"])
        assert world.relay() == 1

    def test_the_same_again_says_the_same_after_the_case_went_on(self, world: World) -> None:
        """Given a refused matter, when its sender's program repeats the request later, then it is refused as before."""
        petition = CASE | {"title": "Đơn khiếu nại quyết định thu hồi đất"}
        _, first = send(world, petition, "one")
        world.clock.forward(days=1)
        _, again = send(world, petition, "one")
        assert first["refusal"]["article"] == "Điều 1.1.b"
        assert again == first | {"repeated": True}

    def test_a_key_used_for_something_else(self, world: World) -> None:
        send(world, CASE, "one")
        status, refused = send(world, CASE | {"title": "Việc khác"}, "one")
        assert (status, refused["code"]) == (409, "idempotency_key_reused")

    def test_other_keys_are_other_cases(self, world: World) -> None:
        assert send(world, CASE, "one")[1]["code"] != send(world, CASE, "two")[1]["code"]

    def test_a_key_belongs_to_its_caller(self, world: World) -> None:
        codes = {send(world, CASE, "one", token)[1]["code"] for token in ("", OPERATOR, OTHER_OPERATOR)}
        assert len(codes) == 3


class TestActing:
    def test_a_repeated_action_is_not_stale(self, world: World) -> None:
        """Given an answer whose confirmation was lost, when it is sent again with its old version, then it is done."""
        code = world.send()["code"]
        status, first = answer(world, code, 1, "one")
        again_status, again = answer(world, code, 1, "one")
        assert (status, again_status) == (200, 200)
        assert again == first
        assert world.case(code).version == 2

    def test_without_a_key_a_repeated_action_is_stale(self, world: World) -> None:
        code = world.send()["code"]
        world.act(code, "answer", OPERATOR, ANSWER)
        body = ANSWER | {"version": 1}
        status, refused = world.call("POST", f"/v1/desk/cases/{code}/answer", body, token=OPERATOR)
        assert (status, refused["code"]) == (409, "stale_version")

    def test_a_key_used_for_another_answer(self, world: World) -> None:
        code = world.send()["code"]
        answer(world, code, 1, "one")
        status, refused = answer(world, code, 1, "one", answer="Một câu trả lời khác hẳn.")
        assert (status, refused["code"]) == (409, "idempotency_key_reused")

    def test_a_key_belongs_to_its_caller(self, world: World) -> None:
        code = world.send()["code"]
        answer(world, code, 1, "one")
        status, refused = answer(world, code, 1, "one", OTHER_OPERATOR)
        assert (status, refused["code"]) == (409, "stale_version")

    def test_a_key_belongs_to_its_case(self, world: World) -> None:
        codes = [world.send()["code"] for _ in range(2)]
        assert [answer(world, code, 1, "one")[0] for code in codes] == [200, 200]

    def test_a_refused_action_does_not_use_up_its_key(self, world: World) -> None:
        code = world.send()["code"]
        assert answer(world, code, 7, "one")[0] == 409
        assert answer(world, code, 1, "one")[0] == 200

    @pytest.mark.parametrize("words", ["Số giấy chứng sinh là 123.", ""])
    def test_details_supplied_twice(self, world: World, words: str) -> None:
        """Given a sender who is asked, when the details arrive twice with one key, then they are written once."""
        made = world.send()
        world.act(made["code"], "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
        body = {"content": words, "sender": {"phone": "0987 654 321"}}
        path, headers = f"/v1/cases/{made['code']}/details", {"X_Case_Pin": made["pin"], "Idempotency_Key": "one"}
        answers = [world.call("POST", path, body, **headers) for _ in range(2)]
        assert answers[0] == answers[1]
        assert (answers[0][0], world.case(made["code"]).version) == (200, 3)
