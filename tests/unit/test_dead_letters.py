"""What is read from a message that may be anything, and what may be done with a dead letter."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case_code import from_number
from chalicelib.domain.dead_letters import DeadLetter, Subject, by_id, id_of, reason, subject
from chalicelib.domain.errors import ConflictError

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ADMIN = Actor(Role.ADMINISTRATOR, "tong_dai", "qt01")
CODE = from_number(4711)
LETTER = DeadLetter("1-notices-m1", "notices", "m1", "case_not_found", NOW, NOW)


@pytest.mark.parametrize(
    ("queue", "said", "about"),
    [
        ("notices", {"code": CODE, "seq": 3, "type": "Answered"}, Subject(CODE, 3, "Answered")),
        ("replies", {"case": f"{CODE[:4]}-{CODE[4:8]}-{CODE[8:]}", "type": "accepted"}, Subject(CODE, 0, "accepted")),
        ("agency-so_y_te", {"case": {"code": CODE}, "type": "case_assigned"}, Subject(CODE, 0, "case_assigned")),
        ("relay", {"record": f"{CODE}/EVENT#00012"}, Subject(CODE, 12)),
        ("relay", {"record": f"{CODE}/EVENT#x"}, Subject()),
        ("relay", {"requestContext": {}}, Subject()),
        ("replies", {"case": "Nguyễn Văn An", "seq": True, "type": "Nguyễn Văn An"}, Subject()),
    ],
)
def test_what_it_is_about(queue: str, said: Any, about: Subject) -> None:
    assert subject(queue, json.dumps(said)) == about


@given(
    st.one_of(
        st.text(),
        st.recursive(
            st.none() | st.text() | st.integers(),
            lambda kind: (
                st.lists(kind) | st.dictionaries(st.sampled_from(["code", "case", "seq", "type", "record"]), kind)
            ),
        ).map(json.dumps),
    )
)
def test_whatever_it_says_only_proper_names_pass(body: str) -> None:
    for queue in ("notices", "relay"):
        about = subject(queue, body)
        assert not about.code or about.code.isdecimal()
        assert not about.type or (about.type.isascii() and about.type.replace("_", "").isalpha())
        assert 0 <= about.seq < 10**9


def test_a_signed_one_is_read_too() -> None:
    payload = base64.urlsafe_b64encode(json.dumps({"case": CODE, "type": "accepted"}).encode()).decode().rstrip("=")
    assert subject("replies", f"e30.{payload}.c2ln") == Subject(CODE, 0, "accepted")
    for broken in ("..", "a.b.c", f"e30.{payload[:9]}.c2ln", "ă.ê.ô"):
        assert subject("replies", broken) == Subject()


@pytest.mark.parametrize(
    ("queue", "body", "noted", "why"),
    [
        ("notices", "{}", "store_unavailable", "store_unavailable"),
        ("notices", "{}", "", "no_answer"),
        ("agency-so_y_te", "{}", "", "not_taken"),
        ("relay", '{"record": "x"}', "", "unreadable_record"),
        ("relay", "{}", "", "stream_given_up"),
    ],
)
def test_why_it_died(queue: str, body: str, noted: str, why: str) -> None:
    assert reason(queue, body, noted) == why


def test_it_grows_no_younger() -> None:
    later = NOW + timedelta(hours=1)
    again = LETTER.redrive(ADMIN, NOW).sent(NOW).died_again("m2", "store_unavailable", 5, later)
    assert (again.since, again.died_at, again.deaths, again.state) == (NOW, later, 2, "open")
    assert (again.message, again.reason, again.version) == ("m2", "store_unavailable", 4)


def test_asking_twice_asks_once() -> None:
    asked = LETTER.redrive(ADMIN, NOW)
    assert asked.redrive(ADMIN, NOW) is asked
    assert asked.sent(NOW).redrive(ADMIN, NOW).state == "redriven"


def test_what_cannot_be() -> None:
    closed = LETTER.close(ADMIN, "Đã gọi", NOW)
    batch = DeadLetter("1-relay-m1", "relay", "m1", "stream_given_up", NOW, NOW)
    for impossible in (
        lambda: closed.redrive(ADMIN, NOW),
        lambda: closed.close(ADMIN, "Nữa", NOW),
        lambda: LETTER.redrive(ADMIN, NOW).sent(NOW).close(ADMIN, "Thôi", NOW),
        lambda: batch.redrive(ADMIN, NOW),
    ):
        with pytest.raises(ConflictError):
            impossible()


def test_every_step_says_who_and_when() -> None:
    steps = LETTER.redrive(ADMIN, NOW).sent(NOW + timedelta(minutes=1)).history
    assert [(step.state, step.by.name, step.at.minute) for step in steps] == [
        ("redriving", "qt01", 0),
        ("redriven", "qt01", 1),
    ]


@given(st.sampled_from(["notices", "agency-so_y_te", "agency-xa-a_b"]), st.uuids(), st.integers(0, 10**9))
def test_an_id_says_what_is_left_of_a_record_that_nobody_can_read(queue: str, message: UUID, seconds: int) -> None:
    sent_at = NOW + timedelta(seconds=seconds)
    letter = by_id(id_of(queue, str(message), sent_at), 3)
    assert (letter.queue, letter.message, letter.since, letter.version) == (queue, str(message), sent_at, 3)
    assert letter.stands


def test_an_id_that_says_nothing_stands_as_well() -> None:
    assert by_id("?", 1).stands
