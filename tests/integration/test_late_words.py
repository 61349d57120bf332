"""Agencies' words that come late, twice, out of order, or to a case that has gone on (docs/agency-exchange.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.exchange.fields import LARGEST
from chalicelib.ports import StaleVersionError
from tests.builders import local
from tests.integration.world import AGENCY, OFFICER, OPERATOR, World

UNIT, OTHER = "so_tu_phap", "so_y_te"
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
RESULT = {"type": "result", "result": "Đã kiểm tra sổ gốc.", **PEOPLE}
NOT_OURS = {"type": "not_ours", "reason": "Thuộc Sở Y tế"}


@pytest.fixture
def code(world: World) -> str:
    return world.at_agency()


def told(world: World, unit: str = UNIT) -> list[dict[str, Any]]:
    world.drain()
    return world.agency_inbox(unit)


def say(world: World, code: str, message_id: str, **body: Any) -> list[dict[str, Any]]:
    """Send a reply, hear it, let what follows happen and return what the agency is told."""
    world.reply({"version": "1", "unit": UNIT, "case": code, "message_id": message_id, **body})
    assert world.work() == 0
    return told(world)


class TestOldAssignments:
    @pytest.fixture
    def assigned(self, world: World, code: str) -> Iterator[tuple[str, str]]:
        """Given a case that the agency gave back and was given again: the times of both assignments."""
        [first] = told(world)
        world.clock.forward(minutes=5)
        assert say(world, code, "m1", assigned_at=first["assigned_at"], **NOT_OURS) == []
        world.clock.forward(minutes=5)
        world.act(code, "forward-to-agency", OFFICER)
        [again] = told(world)
        return first["assigned_at"], again["assigned_at"]

    def test_a_word_to_the_first_has_no_effect_on_the_second(
        self, world: World, code: str, assigned: tuple[str, str]
    ) -> None:
        old, new = assigned
        [back] = say(world, code, "m2", assigned_at=old, **RESULT)
        assert (back["code"], back["pointer"]) == ("old_assignment", "/assigned_at")
        assert back["context"]["assigned_at"] == new
        assert not world.case(code).has_result
        assert say(world, code, "m3", assigned_at=new, **RESULT) == []
        assert world.case(code).has_result

    def test_a_client_may_keep_the_time_to_the_second_and_in_its_own_zone(
        self, world: World, code: str, assigned: tuple[str, str]
    ) -> None:
        assert assigned[1] == "2026-11-23T02:10:00Z"
        assert say(world, code, "m2", assigned_at="2026-11-23T09:10:00.999+07:00", **RESULT) == []

    def test_the_assignment_may_go_on_while_its_word_is_heard(
        self, world: World, code: str, assigned: tuple[str, str]
    ) -> None:
        """Given an officer who is quicker, then the word is judged by what is true when it takes effect."""
        world.meanwhile(lambda: world.act(code, "result", AGENCY, {k: v for k, v in RESULT.items() if k != "type"}))
        back = say(world, code, "m2", assigned_at=assigned[1], **RESULT)
        assert sorted(message["type"] for message in back) == ["message_rejected", "withdrawn"]
        assert [message["code"] for message in back if "code" in message] == ["not_holder"]

    def test_after_the_case_went_to_another_unit(self, world: World, code: str, assigned: tuple[str, str]) -> None:
        say(world, code, "m2", assigned_at=assigned[1], **NOT_OURS)
        world.act(code, "return", OFFICER, {"reason": "Thuộc Sở Y tế"})
        world.act(code, "forward", OPERATOR, {"unit": OTHER})
        [back] = say(world, code, "m3", assigned_at=assigned[1], **RESULT)
        assert (back["code"], back["context"]["holder_unit"], back["allowed"]) == ("not_holder", OTHER, [])


class TestOrder:
    def test_the_result_before_the_confirmation(self, world: World, code: str) -> None:
        told(world)
        assert say(world, code, "m2", **RESULT) == []
        [back] = say(world, code, "m1", type="accepted")
        assert (back["code"], back["rejected_message_id"]) == ("not_holder", "m1")
        assert world.case(code).has_result

    def test_the_same_again_whoever_wrote_it(self, world: World, code: str) -> None:
        """Given the same words with their fields turned round, then they are the same message."""
        told(world)
        body = {"version": "1", "unit": UNIT, "case": code, "message_id": "m1", **RESULT}
        world.reply(body)
        world.reply(dict(reversed(body.items())))
        assert world.work() == 0
        assert told(world) == []
        assert world.case(code).has_result

    def test_what_the_case_would_take_is_told(self, world: World, code: str) -> None:
        told(world)
        say(world, code, "m1", type="details_wanted", question="Số giấy chứng sinh?")
        [waiting] = say(world, code, "m2", **RESULT)
        assert (waiting["code"], waiting["allowed"], waiting["context"]["state"]) == (
            "wrong_state",
            [],
            "awaiting_details",
        )
        world.act(code, "details", OPERATOR, {"content": "Số 123."})
        told(world)
        [wrong] = say(world, code, "m3", type="action_done", action="notice", outcome="Xong")
        assert (wrong["code"], wrong["allowed"]) == (
            "wrong_state",
            ["accepted", "details_wanted", "not_ours", "reappointed", "result"],
        )

    def test_a_word_that_lost_every_race_is_heard_again(self, world: World, code: str, monkeypatch: Any) -> None:
        """Not the agency's fault, so no refusal that would stand for ever."""

        def lost(_: Any) -> None:
            raise StaleVersionError(1)

        told(world)
        world.reply({"version": "1", "unit": UNIT, "case": code, "message_id": "m1", **RESULT})
        with monkeypatch.context() as busy:
            busy.setattr(world.deps.cases, "commit", lost)
            assert world.work() == 1
        assert world.work() == 0
        assert told(world) == []
        assert world.case(code).has_result


class TestLate:
    def test_a_late_result_is_taken_and_the_mark_stands(self, world: World, code: str) -> None:
        """Điều 9.2."""
        told(world)
        world.clock.set(local("2026-11-27 10:00"))
        [reminder] = say(world, code, "m1", **RESULT)
        assert reminder["type"] == "reminder"
        assert world.case(code).has_result
        assert len(world.case(code).late) == 1

    def test_a_late_case_is_not_reappointed(self, world: World, code: str) -> None:
        """Điều 9.3."""
        told(world)
        world.clock.set(local("2026-11-27 10:00"))
        new = {"type": "reappointed", "new_due": "2026-11-30T10:00:00+07:00", "reason": "Chờ sổ gốc"}
        back = say(world, code, "m1", **new)
        assert [(message["code"], message["context"]["due_at"]) for message in back] == [
            ("reappointed_too_late", "2026-11-25T02:30:00Z")
        ]


class TestWithdrawn:
    def test_what_its_people_do_at_the_desk(self, world: World, code: str) -> None:
        told(world)
        world.act(code, "result", AGENCY, {"result": "Đã kiểm tra sổ gốc.", **PEOPLE})
        [message] = told(world)
        assert (message["type"], message["because"], message["action"]) == ("withdrawn", "done_at_desk", None)
        assert message["case"]["code"] == code

    def test_a_duty_that_the_centre_takes_back(self, world: World) -> None:
        code = world.at_officer(kind="report", about="conduct")
        told(world)
        world.act(code, "actions/notice/close", OPERATOR, {"outcome": "Sở báo qua điện thoại."})
        [message] = told(world)
        assert (message["type"], message["because"], message["action"]) == ("withdrawn", "taken_back", "notice")

    def test_who_has_no_software_gets_no_letter_of_it(self, world: World) -> None:
        code = world.at_agency(OTHER)
        world.drain()
        before = len(world.mails("so-y-te@tongdai.example"))
        world.act(code, "result", f"agency:{OTHER}:cq01", {"result": "Đã kiểm tra.", **PEOPLE})
        world.drain()
        assert len(world.mails("so-y-te@tongdai.example")) == before


def test_a_matter_that_fits_no_queue_goes_without_its_oldest_details(world: World) -> None:
    """Every text is as long as it may be; what is left out is said."""
    code = world.at_agency(content=f"Tôi muốn hỏi thủ tục khai sinh cho con. {'ế' * 19_000}")
    for number in range(3):
        world.act(code, "request-details", AGENCY, {"question": "Xin bổ sung."})
        world.act(code, "details", OPERATOR, {"content": f"{number} {'ế' * 19_000}"})
    messages = {message["case"]["code"] + message["message_id"]: message for message in told(world)}
    *earlier, last = sorted(messages.values(), key=lambda message: message["message_id"])
    assert [message["shortened"] for message in earlier] == [False, False, False]
    assert [text[:1] for text in last["details"]] == ["1", "2"]
    assert last["shortened"]
    assert all(len(str(message).encode()) <= LARGEST for message in messages.values())
