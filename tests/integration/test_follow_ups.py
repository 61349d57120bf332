"""Senders to telephone and documents to be answered: listed, counted, in the morning's mail until they are done."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import CaseItem
from tests.builders import local
from tests.integration.test_bounces import come_back, report
from tests.integration.test_digest import digest_at
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, SENDER, World

DESK, JUSTICE = "tong-dai@tongdai.example", "so-tu-phap@tongdai.example"
CONDUCT = {"kind": "report", "about": "conduct", "field": "cong_chuc"}


def unreached(world: World, **changes: Any) -> str:
    """Send a case whose first letter comes back; returns its code."""
    code: str = world.send(**changes)["code"]
    world.drain()
    come_back(world, report("ses_bounce", code, mail=f"m{code}"))
    return code


def listed(world: World, path: str, token: str = OPERATOR) -> list[Any]:
    status, found = world.call("GET", f"/v1/desk/{path}", token=token)
    assert status == 200, found
    return found.get("cases", found.get("duties"))  # type: ignore[no-any-return]


def totals(world: World) -> dict[str, int]:
    world.drain()
    return world.call("GET", "/v1/desk/tallies", token=OPERATOR)[1]["totals"]  # type: ignore[no-any-return]


class TestPhoning:
    def test_from_the_list_to_the_call(self, world: World) -> None:
        code = unreached(world)
        [case] = listed(world, "phoning")
        assert (case["code"], case["phone"]) == (code, {"since": "2026-11-23T02:00:00Z", "tries": 0})
        assert "note_phoned" in case["allowed"]
        shown = world.act(code, "phoned", OPERATOR, {"reached": False, "note": "Không nghe máy"})
        assert (shown["phone"]["tries"], shown["flags"]) == (1, ["phone_the_sender"])
        shown = world.act(code, "phoned", OPERATOR, {"reached": True, "number": "0987 654 321", "note": "Gặp con gái"})
        assert (shown["phone"], shown["flags"], listed(world, "phoning")) == (None, [], [])
        told = [event for event in world.open(code)["timeline"] if event["type"] == "SenderPhoned"]
        assert [event["facts"] for event in told] == [
            {"outcome": "not_reached", "attempt": "1"},
            {"outcome": "reached", "attempt": "2"},
        ]
        assert told[1]["texts"] == {"number": "+84987654321", "note": "Gặp con gái"}
        counted = totals(world)
        assert [counted[name] for name in ("undelivered", "phone_calls", "phoned")] == [1, 2, 1]

    def test_the_number_is_in_no_event_item(self, world: World) -> None:
        code = unreached(world)
        world.act(code, "phoned", OPERATOR, {"reached": True, "number": "0987654321", "note": "Bà Hoa"})
        events = [item.body for item in CaseItem.query(code) if item.sk.startswith("EVENT#")]
        assert not [body for body in events if "987654321" in body or "Bà Hoa" in body]

    def test_an_answered_case_is_on_the_list_too(self, world: World) -> None:
        """Given an answer that came back, then the one-stop officer of that unit may call, another's may not."""
        code = world.at_officer(sender=SENDER | {"phone": ""})
        world.act(code, "answer", OFFICER, ANSWER)
        world.drain()
        come_back(world, report("ses_bounce", code))
        assert [case["code"] for case in listed(world, "phoning", OFFICER)] == [code]
        assert listed(world, "phoning", "officer:so_y_te:mc01") == []
        world.act(code, "phoned", "officer:so_y_te:mc01", {"reached": True}, expect=409)
        world.act(code, "phoned", OFFICER, {"reached": True})
        assert listed(world, "phoning") == []

    def test_the_morning_reminds_until_it_is_done(self, world: World) -> None:
        code = unreached(world)
        world.act(code, "answer", OPERATOR, ANSWER)
        for morning in ("2026-11-25", "2026-11-26"):
            [mail] = digest_at(world, f"{morning} 07:15")
            assert mail["to"] == [DESK]
            assert "Cần gọi điện cho người gửi (1)" in mail["body"]
            assert mail["subject"].endswith("0 đến hạn, 1 việc khác")
        world.act(code, "phoned", OPERATOR, {"reached": True})
        assert digest_at(world, "2026-11-27 07:15") == []

    @pytest.mark.parametrize(
        ("body", "code"),
        [({"reached": True, "number": "12"}, "invalid_phone"), ({"note": "Đã gọi"}, "invalid_request")],
    )
    def test_what_is_no_call(self, world: World, body: Any, code: str) -> None:
        assert world.act(unreached(world), "phoned", OPERATOR, body, expect=422)["code"] == code

    def test_nobody_calls_who_was_reached(self, world: World) -> None:
        world.act(world.send()["code"], "phoned", OPERATOR, {"reached": True}, expect=409)

    def test_the_list_comes_in_pages_the_longest_wait_first(self, world: World) -> None:
        codes = []
        for _ in range(5):
            codes.append(unreached(world))
            world.clock.forward(minutes=1)
        found, cursor = [], ""
        for _ in range(3):
            page = world.call("GET", f"/v1/desk/phoning?limit=2&cursor={cursor}", token=OPERATOR)[1]
            found += [case["code"] for case in page["cases"]]
            cursor = page["cursor"]
        assert (found, cursor) == (codes, "")


class TestDocuments:
    def test_two_documents_followed_until_they_are_answered(self, world: World) -> None:
        code = world.at_officer(**CONDUCT)
        name = f"{code[:4]}-{code[4:8]}-{code[8:]}"
        found = listed(world, "duties")
        assert [one["document"]["number"] for one in found] == [f"{name}/TB", f"{name}/ĐN"]
        assert {one["unit_name"] for one in found} == {"Sở Tư pháp"}
        world.clock.set(local("2026-11-25 16:31"))
        world.sweep()
        [notice, _] = listed(world, "duties?overdue=true", LEADER)
        assert (notice["document"]["overdue"], notice["document"]["reminders"]) == (True, 1)
        world.clock.forward(days=5)
        world.sweep()
        assert listed(world, "duties")[0]["document"]["reminders"] > 1
        world.act(code, "actions/notice/close", AGENCY, {"outcome": "Đã nhắc nhở"})
        assert [one["document"]["name"] for one in listed(world, "duties", AGENCY)] == ["substitution"]
        counted = totals(world)
        assert [counted[f"duties_{name}"] for name in ("opened", "overdue", "closed")] == [2, 2, 1]

    def test_a_unit_sees_its_own(self, world: World) -> None:
        world.at_officer(**CONDUCT)
        world.at_officer("so_y_te", **CONDUCT)
        assert [one["document"]["unit"] for one in listed(world, "duties", AGENCY)] == ["so_tu_phap", "so_tu_phap"]
        assert len(listed(world, "duties")) == 4
        assert len(listed(world, "duties?unit=so_y_te")) == 2
        status, refused = world.call("GET", "/v1/desk/duties?unit=so_y_te", token=AGENCY)
        assert (status, refused["code"]) == (403, "not_your_unit")

    def test_the_number_is_on_the_letter_and_in_every_reminder(self, world: World) -> None:
        code = world.at_officer("so_y_te", **CONDUCT)  # told by mail: it has no software
        world.drain()
        number = f"{code[:4]}-{code[4:8]}-{code[8:]}/TB"
        letters = [mail for mail in world.mails("so-y-te@tongdai.example") if mail["subject"].startswith("Thông báo")]
        assert [number in mail["body"] for mail in letters] == [True]

    def test_the_morning_reminds_the_focal_officer(self, world: World) -> None:
        code = world.at_officer(**CONDUCT)
        world.act(code, "answer", OFFICER, ANSWER)
        [mail] = digest_at(world, "2026-11-25 07:15")
        assert mail["to"] == [JUSTICE]
        assert "Thông báo, đề nghị chưa có kết quả (2)" in mail["body"]
        for name in ("notice", "substitution"):
            world.act(code, f"actions/{name}/close", AGENCY, {"outcome": "Đã xử lý"})
        assert digest_at(world, "2026-11-26 07:15") == []
