"""The reference agency's rules: each kind of reply is given, and each is one the centre can read."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from chalicelib.entrypoints import exchange
from chalicelib.exchange.samples import SAMPLES, type_of
from examples.agency.officer import Officer

SAID: dict[str, dict[str, Any]] = {type_of(sample): msgspec.to_builtins(sample, builtin_types=()) for sample in SAMPLES}
OFFICER = Officer("Trần Văn Bình", "Lê Thị Minh", ("ho_tich",))
ASSIGNED, ADDED = SAID["case_assigned"], SAID["details_added"]
PROMISE = SAID["reappointed"]


def kinds(message: dict[str, Any], assignment: Any = None, rejected: Any = None) -> list[str]:
    """Answer; every reply must be one that the centre reads."""
    replies = OFFICER.answer(message, assignment, rejected)
    for reply in replies:
        exchange.read(json.dumps({"version": "1", "message_id": "m1", "unit": "so_tu_phap"} | reply))
    return [reply["type"] for reply in replies]


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        ({}, ["result"]),
        ({"content": "Bao giờ xong?"}, ["details_wanted"]),
        ({"content": "Bao giờ xong?", "details": ["Hồ sơ số 12."]}, ["result"]),
        ({"title": "Xin trích lục sổ gốc"}, ["accepted", "reappointed"]),
        ({"title": "Xin trích lục sổ gốc", "stage": "post"}, ["result"]),
        ({"case": ASSIGNED["case"] | {"field": "dat_dai"}}, ["not_ours"]),
    ],
)
def test_a_case(changes: dict[str, Any], answers: list[str]) -> None:
    assert kinds(ASSIGNED | changes) == answers


def test_a_case_that_was_completed_is_not_put_off() -> None:
    assert kinds(ADDED | {"title": "Xin trích lục sổ gốc"}) == ["result"]


def test_who_names_no_fields_takes_all() -> None:
    [reply] = Officer("A", "B").answer(ASSIGNED | {"case": ASSIGNED["case"] | {"field": "dat_dai"}}, None, None)
    assert reply["type"] == "result"


def test_a_promise_is_a_week_and_repeats_the_assignment() -> None:
    _, promise = OFFICER.answer(ASSIGNED | {"title": "Xin trích lục sổ gốc"}, None, None)
    assert (promise["new_due"], promise["assigned_at"]) == ("2026-12-01T09:00:00+07:00", ASSIGNED["assigned_at"])


@pytest.mark.parametrize("kind", ["conduct_notice", "substitution_requested"])
def test_duties_are_done(kind: str) -> None:
    assert kinds(SAID[kind]) == ["action_done"]


def test_a_reminder_and_a_refused_promise_bring_the_result() -> None:
    assert kinds(SAID["reminder"], ASSIGNED) == ["result"]
    assert kinds(SAID["reminder"]) == []
    assert kinds(SAID["message_rejected"], ASSIGNED, PROMISE) == ["result"]
    assert kinds(SAID["message_rejected"], ASSIGNED, SAID["result"]) == []
    assert kinds(SAID["message_rejected"]) == []


@pytest.mark.parametrize("kind", ["deadline_moved", "withdrawn", "praised"])
def test_the_rest_needs_no_answer(kind: str) -> None:
    assert kinds(SAID.get(kind, ASSIGNED) | {"type": kind}, ASSIGNED) == []
