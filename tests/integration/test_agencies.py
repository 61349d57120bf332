"""What agencies are told, by their own queue or by mail (Điều 8.1.c, 8.2.a; R50, R75)."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.errors import UnavailableError
from tests.builders import local
from tests.integration.world import ADMIN, CASE, OFFICER, OPERATOR, World

JUSTICE, HEALTH = "so_tu_phap", "so_y_te"
HEALTH_MAIL = "so-y-te@tongdai.example"


def told(world: World, unit: str = JUSTICE) -> list[dict[str, Any]]:
    world.drain()
    return world.agency_inbox(unit)


def types(messages: list[dict[str, Any]]) -> list[str]:
    return [message["type"] for message in messages]


class TestByQueue:
    def test_a_case_that_is_assigned(self, world: World) -> None:
        """docs/agency-exchange.md: everything the agency needs, in one message."""
        code = world.at_officer()
        world.act(code, "forward-to-agency", OFFICER, {"note": "Xin kiểm tra sổ gốc."})
        [message] = told(world)
        assert message == {
            "version": "1",
            "message_id": f"{code}#00003",
            "type": "case_assigned",
            "unit": JUSTICE,
            "case": {"code": code, "kind": "question", "about": None, "field": "ho_tich", "version": 3},
            "sent_at": "2026-11-23T02:00:00Z",
            "stage": "agency",
            "assigned_at": "2026-11-23T02:00:00Z",
            "due_at": "2026-11-25T02:30:00Z",
            "shortened": False,
            "title": CASE["title"],
            "content": CASE["content"],
            "details": [],
            "note": "Xin kiểm tra sổ gốc.",
            "sender": {
                "kind": "individual",
                "name": "Bùi Thị Hoa",
                "phone": "+84912345678",
                "email": "hoa@example.com",
                "address": "Tổ 5, phường Phương Lâm, thành phố Hòa Bình",
            },
        }

    def test_a_message_delivered_twice_is_sent_once(self, world: World) -> None:
        world.at_agency()
        records = world.stream()
        for _ in range(3):
            world.restream(records)
            assert world.work() == 0
        assert types(world.agency_inbox(JUSTICE)) == ["case_assigned"]

    def test_details_that_came_later(self, world: World) -> None:
        made = world.send()
        code, pin = made["code"], made["pin"]
        world.act(code, "forward", OPERATOR, {"unit": JUSTICE})
        world.act(code, "forward-to-agency", OFFICER)
        world.act(code, "request-details", f"agency:{JUSTICE}:cq01", {"question": "Số giấy chứng sinh?"})
        world.call("POST", f"/v1/cases/{code}/details", {"content": "Số 123."}, X_Case_Pin=pin)
        assigned, added = told(world)
        assert types([assigned, added]) == ["case_assigned", "details_added"]
        assert (assigned["details"], added["details"]) == ([], ["Số 123."])

    def test_details_for_the_desk_are_not_the_agencys(self, world: World) -> None:
        made = world.send()
        world.act(made["code"], "request-details", OPERATOR, {"question": "Số giấy chứng sinh?"})
        world.call("POST", f"/v1/cases/{made['code']}/details", {"content": "Số 123."}, X_Case_Pin=made["pin"])
        assert told(world) == []

    def test_a_service_request_goes_to_the_post_at_once(self, world: World) -> None:
        """Điều 8.2.a; R77."""
        code = world.send(kind="service", field="buu_chinh")["code"]
        [message] = told(world, "buu_dien_tinh")
        assert (message["type"], message["case"]["code"], message["stage"]) == ("case_assigned", code, "post")

    def test_a_queue_that_is_away_gets_its_message_later(self, world: World, monkeypatch: Any) -> None:
        def away(*_: Any) -> None:
            raise UnavailableError("queue_unavailable", "Hệ thống đang bận")

        world.at_agency()
        world.relay()
        with monkeypatch.context() as broken:
            broken.setattr(world.deps.outgoing, "to_agency", away)
            assert world.work() == 1
        assert world.work() == 0
        assert types(world.agency_inbox(JUSTICE)) == ["case_assigned"]


class TestByMail:
    def test_a_unit_without_software(self, world: World) -> None:
        """Điều 11.1.a: in the system or by e-mail."""
        code = world.at_agency(HEALTH)
        world.drain()
        officer, agency = world.mails(HEALTH_MAIL)
        assert officer["subject"] == agency["subject"]
        assert "Bộ phận một cửa xử lý" in officer["body"]
        assert "Cơ quan chuyên môn xử lý" in agency["body"]
        assert "Hạn xử lý 09:30 ngày 25/11/2026 (thứ Tư)" in agency["body"]
        assert "điểm c khoản 1 Điều 8 Quy chế" in agency["body"]
        assert CASE["content"] in agency["body"]
        assert "Điện thoại 0912 345 678" in agency["body"]
        assert code[:4] in agency["subject"]

    def test_is_reminded_once_and_not_twice(self, world: World) -> None:
        """Given a late case, when the ladder's letter has gone out, then the exchange adds none of its own."""
        world.at_agency(HEALTH)
        world.drain()
        before = len(world.mails(HEALTH_MAIL))
        world.clock.set(local("2026-11-25 09:31"))
        world.sweep()
        world.drain()
        world.collected()
        [reminder] = world.mails(HEALTH_MAIL)[before:]
        assert "đã trễ hạn" in reminder["subject"]

    def test_software_that_comes_later_is_used_from_then_on(self, world: World) -> None:
        path = f"/v1/desk/units/{JUSTICE}"
        unit = {"name": "Sở Tư pháp", "kind": "department", "mail": "so-tu-phap@tongdai.example"}
        assert world.call("PUT", path, unit | {"exchange": "mail"}, token=ADMIN)[0] == 200
        world.at_agency()
        assert told(world) == []
        assert world.call("PUT", path, unit | {"exchange": "sqs"}, token=ADMIN)[0] == 200
        world.at_agency()
        assert types(told(world)) == ["case_assigned"]


class TestConductReport:
    """Điều 8.1, the second point c: notice to the official's agency, and another official asked for (R75)."""

    def test_two_duties_by_queue(self, world: World) -> None:
        code = world.at_officer(kind="report", about="conduct", content="Cán bộ quầy số ba đòi thêm tiền của tôi.")
        notice, substitution = told(world)
        assert types([notice, substitution]) == ["conduct_notice", "substitution_requested"]
        assert (notice["content"], notice["action"]) == ("Cán bộ quầy số ba đòi thêm tiền của tôi.", "notice")
        assert (substitution["action"], "content" in substitution) == ("substitution", False)
        assert notice["due_at"] == "2026-11-25T02:30:00Z"
        assert not [message for message in (notice, substitution) if "sender" in message]
        for name in ("notice", "substitution"):
            body = {"type": "action_done", "action": name, "outcome": "Đã xong."}
            world.reply({"version": "1", "unit": JUSTICE, "case": code, "message_id": name, **body})
            assert world.work() == 0
        actions = world.open(code)["case"]["actions"]
        assert [(a["name"], a["unit"], bool(a["closed_at"])) for a in actions] == [
            ("notice", JUSTICE, True),
            ("substitution", JUSTICE, True),
        ]

    def test_two_letters_by_mail(self, world: World) -> None:
        """Who reported is not told to the official's house (R99)."""
        world.at_officer(HEALTH, kind="report", about="conduct")
        world.drain()
        mails = world.mails(HEALTH_MAIL)
        subjects = sorted(mail["subject"].partition(",")[0].partition(" hồ sơ")[0] for mail in mails)
        assert subjects == [
            "Chuyển xử lý",
            "Thông báo phản ánh về cán bộ thực thi công vụ",
            "Đề nghị cử cán bộ khác thay thế",
        ]
        assert [mail["subject"] for mail in mails if "Hoa" in mail["body"] or "912345678" in mail["body"]] == []

    def test_the_duties_are_opened_once(self, world: World) -> None:
        """Given a case that goes on within the unit, then nobody is notified a second time."""
        world.at_agency(kind="report", about="conduct")
        assert types(told(world)) == ["conduct_notice", "substitution_requested", "case_assigned"]

    def test_a_report_about_a_regulation_has_none(self, world: World) -> None:
        world.at_officer(kind="report", about="regulation")
        assert told(world) == []

    def test_the_desk_may_close_a_duty(self, world: World) -> None:
        code = world.at_officer(kind="report", about="conduct")
        world.act(code, "actions/notice/close", OPERATOR, {"outcome": "Sở báo qua điện thoại."})
        refused = world.act(code, "actions/notice/close", OPERATOR, {"outcome": "Lần nữa."}, expect=409)
        assert (refused["code"], refused["open_actions"]) == ("no_such_action", ["substitution"])
