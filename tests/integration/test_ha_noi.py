"""A day at the second centre, by the same program: its rooms, departments, communes, services and letters (R51-R58)."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from tests.integration.browser import open_page, send
from tests.integration.desk import at_desk
from tests.integration.world import ANSWER, OPERATOR, SENDER, World

pytestmark = pytest.mark.parametrize("regulation", ["ha_noi"])
ROOM, WARD = "phong_ho_tro_ca_nhan", "xa_00004"
OFFICER, FOCAL = f"officer:{ROOM}:cv01", f"agency:{WARD}:cb01"
SCENE = {
    "kind": "report",
    "about": "scene",
    "field": "giao_thong",
    "content": "Nắp cống trước số 20 phố Yên Phụ bị vỡ từ sáng nay, rất nguy hiểm cho người đi xe máy.",
}


def at_ward(world: World) -> str:
    sender = SENDER | {"address": "12 ngõ 5, phường Cầu Giấy"}
    code: str = world.send(**SCENE, sender=sender)["code"]
    world.act(code, "forward", OPERATOR, {"unit": ROOM})
    world.act(code, "forward-to-agency", OFFICER, {"unit": WARD})
    return code


def test_a_room_gives_it_to_a_ward_and_passes_its_result_on(world: World) -> None:
    code = at_ward(world)
    refused = world.act(code, "answer", OFFICER, ANSWER, expect=403)
    assert refused["code"] == "not_holder"
    result = {"result": "Đã thay nắp cống.", "responsible_officer": "Trần Bình", "approving_leader": "Lê Minh"}
    world.act(code, "result", FOCAL, result)
    world.act(code, "answer", OFFICER, ANSWER)
    case = world.case(code)
    assert (case.state, case.agency, case.office) == ("answered", WARD, ROOM)


def test_the_ward_is_told_by_mail_and_the_sender_by_this_centre(world: World) -> None:
    at_ward(world)
    world.drain()
    mails = [str(mail) for mail in world.mails()]
    assert any("xa-00004@tongdai.example" in mail for mail in mails)
    assert all("Hòa Bình" not in mail and "2370" not in mail for mail in mails)


@pytest.mark.parametrize(
    ("about", "unit"), [("measuring", "van_phong_dang_ky_dat_dai"), ("at_home", "buu_dien_thanh_pho")]
)
def test_a_service_goes_at_once_to_who_does_it_and_its_state_is_told_back(world: World, about: str, unit: str) -> None:
    made = world.send(kind="service", about=about, field="khac", content="Tôi cần đo lại thửa đất ở xã Sóc Sơn ạ.")
    assert made["progress"]["holder"]["unit"] == unit
    done = {"result": "Đã đo xong.", "responsible_officer": "Trần Bình", "approving_leader": "Lê Minh"}
    world.act(made["code"], "result", f"agency:{unit}:cb01", done)
    assert world.case(made["code"]).state == "answered"


def test_a_service_that_is_not_named_is_asked_for(world: World) -> None:
    body = {"kind": "service", "content": "Tôi cần giúp đỡ làm thủ tục này ạ.", "field": "khac"}
    status, refused = world.call("POST", "/v1/cases", body, Idempotency_Key="s1")
    assert (status, refused["code"]) == (422, "unknown_about")
    assert "vulnerable" in refused["allowed"]


def test_many_offers_of_a_kind_are_folded_under_its_name_until_one_is_chosen(world: World) -> None:
    page = open_page("/gui")
    folds = [given for tag, given in page.tags if tag == "details"]
    assert [("open" in given) for given in folds] == [False] * 3  # reports, services, and what is not taken
    assert "8 nội dung: Hiện trường" in page.words
    assert len([1 for tag, given in page.tags if given.get("name") == "offer"]) == len(world.deps.regulation.offers)
    again = send(page, "gui", offer="waste", content="")
    assert [("open" in given) for tag, given in again.tags if tag == "details"] == [True, False, False]


def test_operators_find_the_way_to_what_is_no_case(world: World) -> None:
    desk = at_desk(world, OPERATOR)
    page = desk.open("/ban-lam-viec/tiep-nhan")
    for way in ("khieu-nai-to-cao/tiep-nhan", "quyen-du-lieu"):
        [link] = [href for href in page.every("a", "href") if href.endswith(way)]
        assert desk.open(urljoin(page.address, link)).status == 200


@pytest.mark.parametrize("path", ["/", "/gui", "/lien-he", "/theo-doi", "/thong-ke"])
def test_its_pages_speak_of_no_other_centre(world: World, path: str) -> None:
    page = open_page(path)
    assert page.status == 200
    assert "Hà Nội" in page.words
    assert "Hòa Bình" not in page.html
    assert "2370" not in page.html
    assert len(page.html.encode()) < 60_000


@pytest.mark.parametrize("path", ["", "/quan-tri/co-quan", "/quan-tri/quy-che", "/tro-giup"])
def test_nor_do_the_desks(world: World, path: str) -> None:
    page = at_desk(world, "administrator:tong_dai:qt01").open(f"/ban-lam-viec{path}")
    assert page.status in (200, 303)
    assert "Hòa Bình" not in page.html


def test_a_unit_is_found_among_all_of_them(world: World) -> None:
    code = world.send(**SCENE)["code"]
    html = at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}").html
    for group in ("Phòng, đơn vị của Trung tâm", "Chi nhánh", "Sở, ban, ngành", "Phường, xã", "Tên cũ, nay là"):
        assert f'<optgroup label="{group}">' in html
    assert "Sở Tài nguyên và Môi trường – Sở Nông nghiệp và Môi trường" in html
    assert html.index(">Chi nhánh số 2<") < html.index(">Chi nhánh số 10<")
    assert "quận Ba Đình" not in html
