"""What the sender is told, when and how (R39, R40, R63, R69, R72)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import local
from tests.integration.world import AGENCY, ANSWER, OFFICER, OPERATOR, SENDER, World

HOA = SENDER["email"]


def letters(world: World) -> list[dict[str, Any]]:
    """Deliver everything and return the sender's mails."""
    world.drain()
    return world.mails(HOA)


class TestAcknowledgement:
    def test_in_office_hours(self, world: World) -> None:
        made = world.send()
        [mail] = letters(world)
        assert mail["subject"] == f"Đã tiếp nhận hồ sơ {made['progress']['display_code']}"
        assert "Kính gửi: Ông/Bà Bùi Thị Hoa" in mail["body"]
        assert f"Mã PIN {made['pin']}" in mail["body"]
        assert "Dự kiến xử lý bước đầu trước 10:00 ngày 23/11/2026 (thứ Hai)" in mail["body"]
        assert "ngoài giờ hành chính" not in mail["body"]

    @pytest.mark.parametrize(
        ("sent", "opens"),
        [
            ("2026-11-23 20:15", "07:30 ngày 25/11/2026 (thứ Tư)"),  # Tuesday the 24th is a holiday
            ("2026-11-23 12:00", "13:30 ngày 23/11/2026 (thứ Hai)"),  # at noon
            ("2026-11-28 09:00", "07:30 ngày 30/11/2026 (thứ Hai)"),  # Saturday
            ("2026-02-15 08:00", "07:30 ngày 23/02/2026 (thứ Hai)"),  # Sunday before Tết
            ("2026-01-09 17:00", "07:30 ngày 10/01/2026 (thứ Bảy)"),  # a Saturday that is worked
        ],
    )
    def test_outside_office_hours(self, world: World, sent: str, opens: str) -> None:
        """Điều 3.2: received at any hour, handled in the nearest office hours; the letter says from when (R63)."""
        world.clock.set(local(sent))
        world.send()
        [mail] = letters(world)
        assert f"trong giờ làm việc gần nhất, bắt đầu từ {opens}" in mail["body"]

    def test_an_organisation_is_addressed_as_one(self, world: World) -> None:
        world.send(sender=SENDER | {"kind": "organisation", "name": "Hợp tác xã Mường Động"})
        [mail] = letters(world)
        assert "Kính gửi: Hợp tác xã Mường Động" in mail["body"]


class TestRefusal:
    def test_by_the_rules(self, world: World) -> None:
        """Điều 7.2, 1.1.b: the reason, the article and where to go instead, in the one letter there is (R39)."""
        made = world.send(title="Đơn tố cáo ông Nguyễn Văn A")
        [mail] = letters(world)
        assert mail["subject"] == f"Thông báo về việc không tiếp nhận hồ sơ {made['progress']['display_code']}"
        for words in ("đơn khiếu nại hoặc đơn tố cáo", "điểm b khoản 1 Điều 1 Quy chế", "Thanh tra tỉnh Hòa Bình"):
            assert words in mail["body"]
        assert "Nguyễn Văn A" not in mail["body"]

    def test_by_a_person(self, world: World) -> None:
        code = world.send()["code"]
        reason = {"reason": "Việc này đã được trả lời.", "guidance": "Ông/Bà xem câu trả lời trên cổng 1022."}
        world.act(code, "refuse", OPERATOR, reason)
        mail = letters(world)[-1]
        for words in (reason["reason"], reason["guidance"], "khoản 2 Điều 7 Quy chế"):
            assert words in mail["body"]


class TestDetails:
    def test_wanted_by_the_rules(self, world: World) -> None:
        """Điều 6.c, 10.2.a: nothing is refused for being incomplete; the letter says what is missing (R37, R40)."""
        made = world.send(sender=SENDER | {"name": "", "address": ""})
        [mail] = letters(world)
        for words in ("Họ và tên của Ông/Bà", "Địa chỉ liên hệ", f"Mã PIN {made['pin']}", "thời hạn xử lý tạm dừng"):
            assert words in mail["body"]
        assert "Số điện thoại hoặc địa chỉ thư điện tử" not in mail["body"]

    def test_wanted_by_the_agency_and_supplied(self, world: World) -> None:
        """The clock waits for the sender, and goes on with what was left (R40)."""
        made = world.send()
        code = made["code"]
        world.act(code, "forward", OPERATOR, {"unit": "so_tu_phap"})
        world.act(code, "request-details", OFFICER, {"question": "Tên trên giấy chứng sinh là gì?"})
        before = world.open(code)["case"]
        assert (before["state"], before["paused"]) == ("awaiting_details", True)
        assert "Tên trên giấy chứng sinh là gì?" in letters(world)[-1]["body"]
        world.clock.set(local("2026-11-25 15:30"))  # Tuesday is a holiday
        status, shown = world.call(
            "POST", f"/v1/cases/{code}/details", {"content": "Tên là Bùi Gia Hân."}, X_Case_Pin=made["pin"]
        )
        assert (status, shown["state"]) == (200, "with_officer")
        after = world.open(code, OFFICER)["case"]
        assert (before["due_at"], after["due_at"]) == (
            "2026-11-23T09:00:00Z",
            "2026-11-26T04:00:00Z",
        )  # five hours each
        assert after["paused"] is False

    def test_still_incomplete_is_asked_again(self, world: World) -> None:
        made = world.send(sender=SENDER | {"name": "", "address": ""})
        body = {"sender": {"name": "Bùi Thị Hoa"}}
        status, shown = world.call("POST", f"/v1/cases/{made['code']}/details", body, X_Case_Pin=made["pin"])
        assert (status, shown["state"]) == (200, "awaiting_details")
        mail = letters(world)[-1]
        assert "Địa chỉ liên hệ" in mail["body"]
        assert "Họ và tên của Ông/Bà" not in mail["body"]


class TestPromisesAndReply:
    def test_appointment(self, world: World) -> None:
        """Điều 8.1.c: when the reply will come, and from whom."""
        code = world.at_officer()
        world.act(code, "appointment", OFFICER, {"at": "2026-11-25T09:00:00+07:00"})
        body = letters(world)[-1]["body"]
        assert "Thời gian hẹn trả lời 09:00 ngày 25/11/2026 (thứ Tư)" in body
        assert "Cơ quan, đơn vị xử lý Sở Tư pháp" in body

    def test_a_new_appointment_has_both_times(self, world: World) -> None:
        """Điều 9.3: an apology, the old time, the new one, and why."""
        code = world.at_agency()
        due = world.open(code, AGENCY)["case"]["due_at"]
        body = {"new_due": "2026-11-26T10:00:00+07:00", "reason": "Chờ sổ gốc từ xã."}
        world.act(code, "reappointment", AGENCY, body)
        mail = letters(world)[-1]
        assert due == "2026-11-25T02:30:00Z"
        for words in (
            "Thời gian đã hẹn 09:30 ngày 25/11/2026 (thứ Tư)",
            "Thời gian hẹn lại 10:00 ngày 26/11/2026 (thứ Năm)",
            "Chờ sổ gốc từ xã.",
            "chân thành xin lỗi",
            "khoản 3 Điều 9 Quy chế",
        ):
            assert words in mail["body"]

    def test_reply_names_who_answers_for_it(self, world: World) -> None:
        """R8: the responsible officer and the approving leader stand in every reply."""
        code = world.at_officer()
        world.act(code, "answer", OFFICER, ANSWER)
        body = letters(world)[-1]["body"]
        for words in (
            ANSWER["answer"],
            "Người chịu trách nhiệm nội dung Trần Văn Bình",
            "Lãnh đạo phê duyệt Lê Thị Minh",
            "Cơ quan, đơn vị trả lời Sở Tư pháp",
        ):
            assert words in body
        assert "xin lỗi" not in body

    def test_a_late_reply_apologises(self, world: World) -> None:
        code = world.at_officer()
        world.clock.set(local("2026-11-23 16:01"))  # due at 16:00
        world.act(code, "answer", OFFICER, ANSWER)
        assert "chân thành xin lỗi Ông/Bà về sự chậm trễ này" in letters(world)[-1]["body"]
