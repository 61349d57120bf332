"""Every refusal has its stable code and says what is possible instead (R18: one owner; docs/errors.md)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.case_code import from_number
from tests.integration.world import ADMIN, AGENCY, ANSWER, CASE, LEADER, OFFICER, OPERATOR, World

OTHER_OFFICER = "officer:so_y_te:mc02"
AT_OPERATOR = ["answer", "request_details", "refuse", "classify", "forward_to_officer", "refer", "ask_input", "write"]


def act(world: World, code: str, action: str, token: str, version: int, body: Any = None) -> Any:
    return world.call("POST", f"/v1/desk/cases/{code}/{action}", {"version": version, **(body or {})}, token=token)


class TestStaleVersion:
    def test_seen_before_deciding(self, world: World) -> None:
        """Given a case that went on, when somebody acts on what they saw before, then they learn what is true now."""
        code = world.send()["code"]
        world.act(code, "classify", OPERATOR, {"kind": "suggestion", "field": "dat_dai"})
        status, refused = act(world, code, "answer", OPERATOR, 1, ANSWER)
        assert (status, refused["code"]) == (409, "stale_version")
        assert (refused["expected_version"], refused["current_version"]) == (1, 2)
        assert (refused["state"], refused["allowed"]) == ("received", AT_OPERATOR)
        assert world.case(code).version == 2

    def test_seen_by_the_store(self, world: World) -> None:
        """Given two who act at the same moment, when one is quicker, then the other learns the same."""
        code = world.send()["code"]
        world.meanwhile(lambda: act(world, code, "forward", OPERATOR, 1, {"unit": "so_tu_phap"}))
        status, refused = act(world, code, "answer", OPERATOR, 1, ANSWER)
        assert (status, refused["code"]) == (409, "stale_version")
        assert (refused["expected_version"], refused["current_version"]) == (1, 2)
        assert (refused["state"], refused["allowed"]) == ("with_officer", ["write", "take_back"])
        assert [event["type"] for event in world.open(code)["timeline"]] == ["Received", "ForwardedToOfficer"]

    def test_details_come_while_the_desk_acts(self, world: World) -> None:
        """A sender has no version: when the desk is quicker, the sender's words are judged by what is true then."""
        made = world.send()
        code, pin = made["code"], made["pin"]
        world.act(code, "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
        reason = {"reason": "Trùng hồ sơ khác.", "guidance": "Xem hồ sơ đã trả lời."}
        world.meanwhile(lambda: act(world, code, "refuse", OPERATOR, 2, reason))
        body = {"content": "Số giấy chứng sinh là 123."}
        status, refused = world.call("POST", f"/v1/cases/{code}/details", body, X_Case_Pin=pin)
        assert (status, refused["code"], refused["state"]) == (409, "wrong_state", "refused")


class TestNotNow:
    def test_wrong_state(self, world: World) -> None:
        code = world.answered()
        status, refused = act(world, code, "answer", OPERATOR, 2, ANSWER)
        assert (status, refused["code"]) == (409, "wrong_state")
        assert (refused["state"], refused["version"]) == ("answered", 2)
        assert refused["allowed"] == ["write", "propose_publication"]

    def test_approval_before_a_proposal(self, world: World) -> None:
        status, refused = act(world, world.answered(), "publication/approve", LEADER, 2)
        assert (status, refused["code"]) == (409, "nothing_proposed")

    def test_a_second_reappointment(self, world: World) -> None:
        """Điều 9.3: at most once."""
        code = world.at_agency()
        world.act(code, "reappointment", AGENCY, {"new_due": "2026-11-26T10:00:00+07:00", "reason": "Chờ sổ gốc"})
        later = {"new_due": "2026-11-27T10:00:00+07:00", "reason": "Vẫn chờ"}
        refused = world.act(code, "reappointment", AGENCY, later, expect=409)
        assert (refused["code"], refused["limit"]) == ("reappointed_already", 1)


class TestNotYours:
    def test_held_by_another(self, world: World) -> None:
        code = world.at_officer()
        refused = world.act(code, "answer", OPERATOR, ANSWER, expect=403)
        assert refused["code"] == "not_holder"
        assert (refused["holder_role"], refused["holder_unit"]) == ("officer", "so_tu_phap")
        assert refused["allowed"] == ["write", "take_back"]

    def test_held_by_the_same_role_of_another_unit(self, world: World) -> None:
        refused = world.act(world.at_officer(), "answer", OTHER_OFFICER, ANSWER, expect=403)
        assert (refused["code"], refused["holder_unit"]) == ("not_holder", "so_tu_phap")

    @pytest.mark.parametrize(
        ("action", "token", "body"),
        [
            ("publication/approve", OPERATOR, None),
            ("opinion", OFFICER, {"opinion": "Hướng dẫn nơi khác", "leader": "Lê Thị Minh"}),
            ("accept", OFFICER, None),
            ("answer", ADMIN, ANSWER),
        ],
    )
    def test_wrong_role(self, world: World, action: str, token: str, body: Any) -> None:
        refused = world.act(world.send()["code"], action, token, body, expect=403)
        assert refused["code"] == "role_not_allowed"

    def test_reading_another_units_case(self, world: World) -> None:
        code = world.at_officer()
        status, refused = world.call("GET", f"/v1/desk/cases/{code}", token=OTHER_OFFICER)
        assert (status, refused["code"]) == (403, "not_your_case")
        assert world.call("GET", f"/v1/desk/cases/{code}", token=OFFICER)[0] == 200

    @pytest.mark.parametrize("path", ["/v1/desk/cases?unit=so_y_te", "/v1/desk/late?unit=so_y_te"])
    def test_another_units_lists(self, world: World, path: str) -> None:
        status, refused = world.call("GET", path, token=OFFICER)
        assert (status, refused["code"]) == (403, "not_your_unit")
        assert world.call("GET", path, token=LEADER)[0] == 200


class TestNotThere:
    def test_a_code_that_nobody_has(self, world: World) -> None:
        status, refused = world.call("GET", f"/v1/cases/{from_number(48_210_937_551)}")
        assert (status, refused["code"]) == (404, "case_not_found")

    def test_a_slip_of_the_finger(self, world: World) -> None:
        status, refused = world.call("GET", "/v1/cases/4821-0937-5512")
        assert (status, refused["code"]) == (404, "invalid_code")

    @pytest.mark.parametrize(
        ("unit", "code"), [("so_khong_co", "unknown_unit"), ("lanh_dao_trung_tam", "not_an_agency")]
    )
    def test_forwarding_to_nobody(self, world: World, unit: str, code: str) -> None:
        refused = world.act(world.send()["code"], "forward", OPERATOR, {"unit": unit}, expect=422)
        assert refused["code"] == code

    def test_a_field_that_is_not_there(self, world: World) -> None:
        status, refused = world.call("POST", "/v1/cases", CASE | {"field": "khong_co"}, Idempotency_Key="k")
        assert (status, refused["code"]) == (422, "unknown_field")
        assert "dat_dai" in refused["allowed"]
