"""A repeated message or request that is overtaken by its twin, after looking for it, is still the same one."""

import json
from collections.abc import Callable

import pytest

from chalicelib.entrypoints import exchange
from chalicelib.usecases.hear_agency import hear_agency
from tests.integration.world import ANSWER, OFFICER, OPERATOR, World


def overtaken(world: World, monkeypatch: pytest.MonkeyPatch, twin: Callable[[], None]) -> None:
    """Let the twin run between the look into the inbox and the reading of the case."""
    load = world.deps.cases.load

    def late(code: str) -> object:
        monkeypatch.setattr(world.deps.cases, "load", load)
        twin()
        return load(code)

    monkeypatch.setattr(world.deps.cases, "load", late)


def test_an_agencys_repeated_result_is_not_told_back_as_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.send()["code"]
    world.act(code, "forward", OPERATOR, {"unit": "so_tu_phap"})
    world.act(code, "forward-to-agency", OFFICER)
    people = {name: ANSWER[name] for name in ("responsible_officer", "approving_leader")}
    message = {
        "version": "1",
        "message_id": "m1",
        "unit": "so_tu_phap",
        "type": "result",
        "case": code,
        "result": "Đã xử lý.",
    }
    heard = exchange.read(json.dumps(message | people))
    outcomes = []
    overtaken(world, monkeypatch, lambda: outcomes.append(hear_agency(heard, world.deps)))
    outcomes.append(hear_agency(heard, world.deps))
    assert outcomes == ["done", "done"]
    assert world.agency_inbox("so_tu_phap") == []
    timeline = [event["type"] for event in world.open(code)["timeline"]]
    assert timeline.count("ResultSubmitted") == 1


def test_a_repeated_action_at_the_desk_is_answered_alike(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.send()["code"]

    def answer() -> tuple[int, str]:
        body = {"version": 1, **ANSWER}
        path = f"/v1/desk/cases/{code}/answer"
        status, case = world.call("POST", path, body, token=OPERATOR, Idempotency_Key="once")
        return status, case["code"]

    answers = []
    overtaken(world, monkeypatch, lambda: answers.append(answer()))
    answers.append(answer())
    assert answers == [(200, code), (200, code)]


def test_a_key_used_for_something_else_stays_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    code = world.send()["code"]
    path, heads = f"/v1/desk/cases/{code}/answer", {"token": OPERATOR, "Idempotency_Key": "once"}
    overtaken(world, monkeypatch, lambda: world.call("POST", path, {"version": 1, **ANSWER}, **heads))
    status, problem = world.call("POST", path, {"version": 1, **ANSWER, "answer": "Khác."}, **heads)
    assert (status, problem["code"]) == (409, "idempotency_key_reused")
