"""Agencies' replies: same rules as at the desk, each once; what is wrong is told back once, or lies with the dead."""

from __future__ import annotations

import json
from typing import Any

import pytest

from chalicelib.domain.case_code import from_number
from chalicelib.exchange.rejections import CODES
from tests.integration.world import AGENCY, ANSWER, OFFICER, World

UNIT = "so_tu_phap"
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
RESULT = {"type": "result", "result": "Đã kiểm tra sổ gốc.", **PEOPLE}


@pytest.fixture
def code(world: World) -> str:
    code = world.at_agency()
    world.drain()
    world.agency_inbox(UNIT)
    return code


def reply(world: World, code: str, message_id: str = "m1", *, copies: int = 1, **body: Any) -> list[dict[str, Any]]:
    """Send a reply, as many copies as told, hear it, and return what the agency is told back."""
    whole = {"version": "1", "unit": UNIT, "case": code, "message_id": message_id, **body}
    for _ in range(copies):
        world.reply(whole)
    assert world.work() == 0
    return world.agency_inbox(whole["unit"])


def types(world: World, code: str) -> list[str]:
    return [event["type"] for event in world.open(code)["timeline"]]


class TestHeard:
    def test_a_result(self, world: World, code: str) -> None:
        assert reply(world, code, **RESULT) == []
        shown = world.open(code, OFFICER)
        assert (shown["case"]["state"], shown["case"]["has_result"]) == ("with_officer", True)
        event = shown["timeline"][-1]
        assert (event["actor_role"], event["actor_unit"], event["actor_name"]) == ("agency", UNIT, "sqs")
        assert (event["texts"]["result"], event["facts"]["approving_leader"]) == ("Đã kiểm tra sổ gốc.", "Lê Thị Minh")

    def test_a_code_as_people_write_it(self, world: World, code: str) -> None:
        assert reply(world, f"{code[:4]}-{code[4:8]}-{code[8:]}", type="accepted") == []
        assert types(world, code)[-1] == "AcceptedByAgency"

    @pytest.mark.parametrize(
        ("body", "event"),
        [
            ({"type": "accepted"}, "AcceptedByAgency"),
            ({"type": "details_wanted", "question": "Số giấy chứng sinh?"}, "DetailsRequested"),
            ({"type": "reappointed", "new_due": "2026-11-26T10:00:00+07:00", "reason": "Chờ sổ"}, "Reappointed"),
            (RESULT, "ResultSubmitted"),
            ({"type": "not_ours", "reason": "Thuộc Sở Y tế", "suggested": "so_y_te"}, "DeclinedByAgency"),
        ],
        ids=lambda value: value["type"] if isinstance(value, dict) else "",
    )
    def test_each_kind_has_one_effect(self, world: World, code: str, body: dict[str, Any], event: str) -> None:
        assert reply(world, code, copies=3, **body) == []
        assert types(world, code)[-2:] == ["ForwardedToAgency", event]

    def test_the_posts_result_is_the_reply(self, world: World) -> None:
        """Điều 8.2.b."""
        code = world.send(kind="service", field="buu_chinh")["code"]
        assert reply(world, code, unit="buu_dien_tinh", **RESULT) == []
        assert world.case(code).state == "answered"

    def test_in_any_order(self, world: World, code: str) -> None:
        """Given queues that keep no order, when the result overtakes the confirmation, then only that is told back."""
        assert reply(world, code, "m2", **RESULT) == []
        [back] = reply(world, code, "m1", type="accepted")
        assert (back["type"], back["rejected_message_id"], back["code"]) == ("message_rejected", "m1", "not_holder")
        assert types(world, code)[-1] == "ResultSubmitted"


class TestToldBack:
    def rejected(self, world: World, code: str, **body: Any) -> Any:
        [back] = reply(world, code, copies=3, **body)
        assert (back["type"], back["version"], back["rejected_message_id"]) == ("message_rejected", "1", "m1")
        assert back["message_id"].startswith("rejected#m1#")
        assert back["unit"] == body.get("unit", UNIT)
        assert back["reason"]["vi"]
        assert back["reason"]["en"] == CODES[back["code"]]
        return back

    def test_after_the_answer(self, world: World, code: str) -> None:
        reply(world, code, "m0", **RESULT)
        world.act(code, "answer", OFFICER, ANSWER)
        back = self.rejected(world, code, **RESULT)
        assert (back["code"], back["context"]["state"]) == ("wrong_state", "answered")

    def test_somebody_elses_case(self, world: World, code: str) -> None:
        back = self.rejected(world, code, unit="buu_dien_tinh", **RESULT)
        assert (back["code"], back["context"]["holder_unit"]) == ("not_holder", UNIT)
        assert types(world, code)[-1] == "ForwardedToAgency"

    def test_no_such_case(self, world: World) -> None:
        assert self.rejected(world, from_number(48_210_937_551), type="accepted")["code"] == "case_not_found"

    def test_a_slip_in_the_code(self, world: World, code: str) -> None:
        slip = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
        back = self.rejected(world, slip, type="accepted")
        assert (back["code"], back["pointer"]) == ("invalid_code", "/case")

    @pytest.mark.parametrize(
        ("wrong", "named", "pointer"),
        [
            ({"version": "2", "type": "accepted"}, "unknown_version", "/version"),
            ({"version": 1, "type": "accepted"}, "unknown_version", "/version"),
            ({"type": "accepted", "priority": 1}, "unknown_field", "/priority"),
            ({"type": "praised"}, "unknown_type", "/type"),
            ({"type": "result", "result": "Xong"}, "invalid_message", "/responsible_officer"),
            ({"type": "reappointed", "new_due": "2026-11-26 10:00", "reason": "Chờ"}, "invalid_message", "/new_due"),
            ({"type": "not_ours", "reason": ""}, "invalid_message", "/reason"),
        ],
    )
    def test_what_is_not_to_the_letter(
        self, world: World, code: str, wrong: dict[str, Any], named: str, pointer: str
    ) -> None:
        back = self.rejected(world, code, **wrong)
        assert (back["code"], back["pointer"]) == (named, pointer)

    def test_a_second_reappointment(self, world: World, code: str) -> None:
        """Điều 9.3."""
        new = {"type": "reappointed", "reason": "Chờ sổ gốc"}
        reply(world, code, "m0", new_due="2026-11-26T10:00:00+07:00", **new)
        back = self.rejected(world, code, new_due="2026-11-27T10:00:00+07:00", **new)
        assert (back["code"], back["context"]["limit"]) == ("reappointed_already", 1)

    def test_another_message_with_a_used_id(self, world: World, code: str) -> None:
        reply(world, code, "m1", type="accepted")
        assert self.rejected(world, code, **RESULT)["code"] == "message_id_reused"
        assert types(world, code)[-1] == "AcceptedByAgency"

    def test_what_was_refused_stays_refused(self, world: World, code: str) -> None:
        """Given a refusal that was told, when a copy of the message comes later, then it takes no effect after all."""
        world.act(code, "request-details", AGENCY, {"question": "Số giấy chứng sinh?"})
        assert self.rejected(world, code, **RESULT)["code"] == "wrong_state"
        world.act(code, "details", "operator:tong_dai:dtv01", {"content": "Số 123."})
        world.drain()
        world.agency_inbox(UNIT)
        assert reply(world, code, "m1", **RESULT) == []
        assert world.case(code).state == "with_agency"
        assert reply(world, code, "m2", **RESULT) == []
        assert world.case(code).state == "with_officer"


class TestDeadLetters:
    @pytest.mark.parametrize(
        "body",
        [
            "không phải JSON",
            "[]",
            '{"version": "1", "type": "accepted"}',
            json.dumps({"version": "1", "type": "accepted", "unit": "so_khong_co", "message_id": "m1", "case": "1"}),
            json.dumps({"version": "2", "type": "accepted", "unit": "so_y_te", "message_id": "m1", "case": "1"}),
        ],
        ids=["no JSON", "no object", "from nobody", "from an unknown unit", "from a unit without a queue"],
    )
    def test_what_nobody_can_be_told(self, world: World, body: str) -> None:
        """Five tries, then the dead letters, whose alarm calls a person; the others are heard all the while."""
        code = world.at_agency()
        world.drain()
        world.reply(body)
        whole = {"version": "1", "unit": UNIT, "case": code, "message_id": "m1", **RESULT}
        world.reply(whole)
        assert [world.work() for _ in range(6)] == [1] * 5 + [0]
        assert len(world.dead_letters("replies")) == 1
        assert world.case(code).has_result

    def test_a_true_looking_reply_of_an_unknown_unit(self, world: World, code: str) -> None:
        world.reply({"version": "1", "unit": "so_khong_co", "case": code, "message_id": "m1", **RESULT})
        assert [world.work() for _ in range(6)] == [1] * 5 + [0]
        assert types(world, code)[-1] == "ForwardedToAgency"
        assert len(world.dead_letters("replies")) == 1
