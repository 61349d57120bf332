"""Deadlines, refusals and next steps reckoned by hand from the sources, asked of the API on the days that matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.events import Refused
from tests.builders import local
from tests.integration.world import ADMIN, ANSWER, LEADER, OPERATOR, SENDER, World
from tests.unit.routing.tables import written

CITY, PROVINCE = "ha_noi", "hoa_binh"
ROOM, JUSTICE = "phong_ho_tro_ca_nhan", "so_tu_phap"
CITY_HOURS = [  # 8 working hours to accept (1207/QĐ-UBND; 08–12, 13–17): received, due
    ("2026-11-09 12:30", "2026-11-10 12:00"),  # in the lunch break
    ("2026-11-09 11:59", "2026-11-10 11:59"),
    ("2026-11-13 17:00", "2026-11-16 17:00"),  # the minute the office closes, on a Friday
    ("2026-11-08 03:00", "2026-11-09 17:00"),  # a Sunday night
    ("2026-11-23 09:00", "2026-11-25 09:00"),  # before 24/11, a day off from 2026 on
    ("2026-08-22 10:00", "2026-08-24 10:00"),  # a Saturday worked for 31/8
    ("2026-08-28 16:00", "2026-09-03 16:00"),  # before that long weekend
    ("2026-01-10 08:00", "2026-01-10 17:00"),  # a Saturday worked for 2/1
    ("2025-12-31 16:30", "2026-01-05 16:30"),  # 1/1, 2/1 and a weekend
    ("2026-02-13 16:00", "2026-02-23 16:00"),  # the last hour before Tết
    ("2026-04-24 15:00", "2026-04-28 15:00"),  # Giỗ Tổ on a Sunday, its Monday off
    ("2026-04-29 16:00", "2026-05-04 16:00"),
]
URGENT = [  # handled within 4 working hours from the acceptance, through all hands (1207): accepted, due
    ("2026-11-09 08:00", "2026-11-09 12:00"),
    ("2026-11-09 12:15", "2026-11-09 17:00"),
    ("2026-11-09 20:00", "2026-11-10 12:00"),
    ("2026-02-13 16:30", "2026-02-23 11:30"),
    ("2026-08-22 15:00", "2026-08-24 10:00"),
    ("2026-11-23 16:00", "2026-11-25 11:00"),
]
OFFICER = [  # 5 working hours (Điều 9.1; 07:30–11:30, 13:30–17:00): forwarded, due
    ("2026-11-09 08:00", "2026-11-09 15:00"),
    ("2026-11-09 12:00", "2026-11-10 09:00"),
    ("2026-11-13 16:30", "2026-11-16 14:00"),
    ("2026-02-13 16:59", "2026-02-23 14:29"),
    ("2026-11-23 17:00", "2026-11-25 14:30"),
]
AGENCY = [  # 8 working hours (Điều 9.2)
    ("2026-11-23 13:30", "2026-11-25 14:00"),
    ("2026-08-22 15:00", "2026-08-24 15:30"),
    ("2026-11-09 07:30", "2026-11-10 08:00"),
    ("2026-02-13 11:30", "2026-02-23 14:00"),
]
PLAIN = {"kind": "report", "about": "regulation", "field": "ho_tich"}


def due(world: World, code: str) -> datetime:
    stage = world.case(code).stage
    assert stage is not None
    return stage.due_at


@pytest.mark.parametrize("regulation", [CITY])
@pytest.mark.parametrize(("received", "until"), CITY_HOURS)
def test_a_matter_is_accepted_within_eight_working_hours(world: World, received: str, until: str) -> None:
    world.clock.set(local(received))
    sent = world.send(**PLAIN)
    assert datetime.fromisoformat(sent["progress"]["due_at"]) == local(until)


@pytest.mark.parametrize("regulation", [CITY])
@pytest.mark.parametrize(("accepted", "until"), URGENT)
def test_an_urgent_one_is_handled_within_four_whoever_has_it(world: World, accepted: str, until: str) -> None:
    world.clock.set(local(accepted))
    code = world.send(**PLAIN)["code"]
    world.act(code, "classify", OPERATOR, PLAIN | {"priority": "urgent"})
    world.act(code, "forward", OPERATOR, {"unit": ROOM})
    assert due(world, code) == local(until)
    world.clock.forward(minutes=30)
    world.act(code, "forward-to-agency", f"officer:{ROOM}:cv01", {"unit": "so_xay_dung"})
    assert due(world, code) == local(until)


@pytest.mark.parametrize("regulation", [PROVINCE])
@pytest.mark.parametrize(("given", "until"), OFFICER)
def test_an_officer_has_five_working_hours(world: World, given: str, until: str) -> None:
    world.clock.set(local(given))
    assert due(world, world.at_officer()) == local(until)


@pytest.mark.parametrize("regulation", [PROVINCE])
@pytest.mark.parametrize(("given", "until"), AGENCY)
def test_an_agency_has_eight_and_is_late_the_minute_after(world: World, given: str, until: str) -> None:
    world.clock.set(local(given))
    code = world.at_agency()
    assert due(world, code) == local(until)
    world.clock.set(local(until))
    world.sweep()
    assert not [mark for mark in world.case(code).late if mark.stage == "agency"]
    world.clock.forward(minutes=1)
    world.sweep()
    assert [mark.stage for mark in world.case(code).late if mark.stage == "agency"] == ["agency"]


ELSEWHERE = SENDER | {"address": "Số 3, phường Hải Châu, thành phố Đà Nẵng"}
NOBODY = {"anonymous": True, "sender": {}}
JUDGED = [  # what is sent, the state it comes to, words that must be in what the sender is told
    (CITY, {"sender": ELSEWHERE}, "received", ""),  # never refused for where one lives (R55)
    (PROVINCE, {"sender": ELSEWHERE}, "received", ""),
    (CITY, NOBODY, "refused", "024.1022"),  # 1207: logged in, or with a name and an address
    (PROVINCE, NOBODY, "refused", "02183.1022"),  # Điều 6.c
    (CITY, {"declared_petition": "denunciation"}, "refused", "Khiếu nại, tố cáo"),  # R42: to its own door
    (PROVINCE, {"declared_petition": "complaint"}, "refused", "Thanh tra tỉnh"),  # Điều 1.1.b, 7.2: where to go
    (CITY, {"title": "ĐƠN TỐ CÁO"}, "refused", "Phòng Kiểm tra - Giám sát"),
    (PROVINCE, {"title": "Đơn khiếu nại quyết định thu hồi đất"}, "refused", "Thanh tra tỉnh"),
    (CITY, {"title": "Đơn tố cáo nộp ở đâu?"}, "received", ""),  # a question is none
    (PROVINCE, {"content": "Tôi muốn tố cáo cán bộ xã nhận tiền của dân."}, "received", ""),  # doubt: a person asks
    (CITY, {"content": "I would like to know how to register the birth of my child here."}, "received", ""),
    (PROVINCE, {"content": "I would like to know how to register the birth of my child."}, "received", ""),  # doubt
    (CITY, {"title": "", "content": "Giup toi voi nhe"}, "awaiting_details", ""),  # R40: unclear is not refused
    (PROVINCE, {"sender": {"name": "Hoa", "address": "Tổ 5"}}, "awaiting_details", ""),  # Điều 6.c, 10.2.a
    (CITY, {"sender": {"name": "Hoa", "email": "hoa@example.com"}}, "awaiting_details", ""),
    (CITY, {"content": "TỐI MẬT\nKế hoạch bảo vệ hội nghị cấp cao sắp tới."}, "refused", "Công an thành phố"),  # R102
    (PROVINCE, {"content": "Độ mật: Mật\nDanh sách cán bộ quy hoạch của tỉnh."}, "refused", "Công an tỉnh"),
]


@pytest.mark.parametrize(("regulation", "sent", "state", "told"), JUDGED)
def test_a_matter_is_taken_refused_or_asked_about(world: World, sent: dict[str, Any], state: str, told: str) -> None:
    changes = {"title": "Đăng ký khai sinh"} | sent
    code = world.send(**changes)["code"]
    assert world.case(code).state == state
    last = world.deps.cases.dossier(code).history[-1].event
    if state == "refused":
        assert isinstance(last, Refused)
        assert last.reason  # Điều 7.2 (R39): why, and where to take it
        assert told in last.guidance


@pytest.mark.parametrize("regulation", [CITY])
@pytest.mark.parametrize("channel", ["app", "web"])
def test_no_unit_supervises_what_is_said_of_itself(world: World, channel: str) -> None:
    """1371/QĐ-TTPVHCC, Điều 7.1.3 (R81): the department that supervises must not read who spoke of it, nor urge."""
    inspectors = "officer:phong_kiem_tra_giam_sat:cv01"
    words = "Phòng Kiểm tra - Giám sát hướng dẫn tôi sai hai lần rồi không nhận lỗi."
    code = world.send(kind="report", about="guidance", content=words, channel=channel)["code"]
    assert world.case(code).supervisor == ""
    assert world.call("GET", f"/v1/desk/cases/{code}", token=inspectors)[0] == 403
    world.act(code, "classify", OPERATOR, {"kind": "report", "about": "regulation", "field": "ho_tich"})
    assert world.case(code).supervisor == ""
    other = world.send(kind="report", about="guidance", content="Phường hướng dẫn tôi sai hai lần.", channel=channel)
    assert world.case(other["code"]).supervisor == "phong_kiem_tra_giam_sat"


@pytest.mark.parametrize("regulation", [CITY])
def test_what_is_said_of_the_inspectors_comes_to_an_answer_without_them(world: World) -> None:
    """1371/QĐ-TTPVHCC, Điều 7.1.3, 5.2.10 (R81): the leadership says whose it is, the room for discipline answers."""
    code = world.send(kind="report", about="conduct", content="Phòng Kiểm tra - Giám sát quát mắng dân.")["code"]
    discipline = "phong_hanh_chinh_quan_tri"
    world.act(code, "refer", OPERATOR, {"reason": "Về chính Phòng Kiểm tra - Giám sát."})
    world.act(code, "opinion", LEADER, {"opinion": "Giao Phòng Hành chính - Quản trị.", "leader": "Lê Thị Minh"})
    world.act(code, "answer", OPERATOR, ANSWER, expect=403)
    world.act(code, "forward", OPERATOR, {"unit": discipline})
    world.act(code, "answer", f"officer:{discipline}:cv01", ANSWER)
    assert world.case(code).state == "answered"


@pytest.mark.parametrize("regulation", [CITY, PROVINCE])
def test_the_desk_is_told_whose_a_matter_is(world: World, regulation: str) -> None:
    for one in written(regulation):
        asked = {"kind": one.get("kind", "question"), "content": one["words"], "field": one.get("field", "khac")}
        asked |= {"channel": one.get("channel", "phone"), "sender_kind": one.get("customer", "individual")}
        asked |= {"about": one["about"]} if "about" in one else {}
        status, found = world.call("POST", "/v1/desk/routing/try", asked, token=ADMIN)
        assert status == 200, found
        assert found["owner"] == one.get("owner", found["owner"]), one
        assert found["supervisor"] == one.get("supervisor", ""), one
