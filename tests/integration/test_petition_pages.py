"""The pages of petitions, at a browser without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.browser import Page, open_page, send
from tests.integration.desk import Browser, at_desk
from tests.integration.track import CLERK, CONTENT, HEAD, MARK, NAME, SECRETS, STREET, hand_in, opened
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

LIST = "/ban-lam-viec/khieu-nai-to-cao"
TYPED = {"content": CONTENT, "name": NAME, "address": STREET, "phone": "0987 000 111"}


@pytest.fixture
def track(world: World) -> World:
    return opened(world)


def test_a_citizen_is_told_everything_before_anything_is_sent(track: World) -> None:
    page = open_page("/khieu-nai-to-cao")
    told = ("khác nhau thế nào", "được giữ kín", "10 ngày làm việc", "30 ngày", "Tòa án", "Luật Tố cáo 2018, Điều 30")
    for words in told:
        assert words in page.words
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert len(page.html.encode()) < 60_000


def test_a_citizen_hands_one_in_and_sees_state_and_days_alone(track: World) -> None:
    first = open_page("/khieu-nai-to-cao")
    sent, again = (send(first, "khieu-nai-to-cao", **TYPED) for _ in range(2))
    assert (sent.status, again.status) == (200, 200)
    assert sent.words == again.words  # a second press is no second petition
    assert len(list(track.deps.petitions.open_ones())) == 1
    assert [secret for secret in SECRETS if secret in sent.html] == []
    code = next(iter(track.deps.petitions.open_ones())).code
    pin = track.deps.petition_keys.petition_pin(code)
    assert pin in sent.words
    shown = send(open_page("/khieu-nai-to-cao/theo-doi"), "theo-doi", code=code, pin=pin)
    assert "Đã nhận, chờ phân loại" in shown.words
    assert "03/12/2026" in shown.words
    assert [secret for secret in SECRETS if secret in shown.html] == []
    other = f"{(int(pin) + 1) % 1_000_000:06d}"
    wrong = send(open_page("/khieu-nai-to-cao/theo-doi"), "theo-doi", code=code, pin=other)
    assert (wrong.status, "Mã đơn hoặc mã PIN không đúng" in wrong.words) == (401, True)
    assert pin not in wrong.html


def test_the_department_has_its_own_help_with_the_days_of_the_law(track: World) -> None:
    page = at_desk(track, HEAD).open(f"{LIST}/tro-giup")
    assert page.status == 200
    for words in (
        "Việc của anh/chị",
        "7 ngày làm việc",
        "Luật Tố cáo 2018, Điều 24",
        "thêm 30 và 30 ngày",
        "“Sổ mở xem”",
    ):
        assert words in page.words
    assert "“Sổ mở xem”" not in at_desk(track, CLERK).open(f"{LIST}/tro-giup").words
    places = [given for tag, given in page.tags if tag == "a" and "aria-current" in given]
    assert [str(given["href"]).rpartition("/")[2] for given in places] == ["tro-giup"]
    assert at_desk(track, CLERK).open("/ban-lam-viec/tro-giup/phim-tat").status == 200
    assert "ngay-dau" not in at_desk(track, CLERK).open("/ban-lam-viec").html


@pytest.mark.parametrize("lost", ["content", "name", "address"])
def test_what_the_law_asks_for_is_asked_at_its_field_and_nothing_typed_is_lost(track: World, lost: str) -> None:
    page = send(open_page("/khieu-nai-to-cao"), "khieu-nai-to-cao", **TYPED | {lost: " "})
    assert page.status == 422
    assert f"don-{lost}-fault" in page.html
    assert all(words in page.html for name, words in TYPED.items() if name != lost)
    assert list(track.deps.petitions.open_ones()) == []
    phone = send(open_page("/khieu-nai-to-cao"), "khieu-nai-to-cao", **TYPED | {"phone": "09"})
    assert (phone.status, "don-phone-fault" in phone.html) == (422, True)


def test_the_department_works_through_its_pages(track: World) -> None:
    code, desk = hand_in(track)["code"], at_desk(track, CLERK)
    one = desk.open(f"{LIST}/don/{code}")
    assert one.status == 200
    assert [secret for secret in SECRETS if secret in one.html] == []
    words = desk.send(one, "noi-dung")
    assert MARK in words.words
    assert NAME not in words.html
    unfounded = desk.send(one, "nguoi-gui", {"reason": "tò mò"})
    assert (unfounded.status, NAME in unfounded.html) == (422, False)
    who = desk.send(one, "nguoi-gui", {"reason": "Mời người tố cáo làm việc"})
    assert NAME in who.words
    one = desk.send(one, "classify", {"kind": "denunciation", "note": "Đã đọc"})
    assert "Đã ghi lại" in one.words
    late = desk.send(one, "accept", {"body": "UBND phường", "on": "2026-12-24"})
    assert (late.status, "phải từ bước trước đến hôm nay" in late.words) == (422, True)
    one = desk.send(one, "accept", {"body": "UBND phường", "on": "2026-11-23"})
    one = desk.send(one, "extend", {"grade": "complex", "reason": "Nhiều người liên quan"})
    one = desk.send(one, "settle", {"document": "conclusion", "number": "12/KL", "on": "2026-11-23"})
    one = desk.send(one, "follow", {"how": "urged", "note": "Công văn số 5"})
    one = desk.send(one, "execute", {"note": "Đã xong"})
    assert "Đơn đã kết thúc" in one.words
    assert "Kết luận nội dung tố cáo số 12/KL" in one.words
    assert "Không có đơn nào" in desk.open(LIST).words
    assert f"{code[:4]}-{code[4:8]}" in desk.open(f"{LIST}?xem=da-ket-thuc").words


def test_a_second_press_extends_once(track: World) -> None:
    code, desk = hand_in(track)["code"], at_desk(track, CLERK)
    one = desk.send(desk.open(f"{LIST}/don/{code}"), "classify", {"kind": "denunciation"})
    one = desk.send(one, "accept", {"body": "UBND phường", "on": "2026-11-23"})
    for _ in range(2):
        desk.send(one, "extend", {"grade": "very_complex", "reason": "Rất phức tạp"})
    assert track.deps.petitions.load(code).petition.granted == (30,)


def test_words_for_what_a_colleague_did_meanwhile_are_given_back(track: World) -> None:
    code, desk = hand_in(track)["code"], at_desk(track, CLERK)
    page = desk.open(f"{LIST}/don/{code}")
    desk.send(page, "classify", {"kind": "denunciation"})
    desk.send(desk.open(f"{LIST}/don/{code}"), "refuse", {"reason": "Không đủ điều kiện thụ lý"})
    late = desk.send(page, "classify", {"kind": "complaint", "note": "Đã đọc kỹ từng trang"})
    assert (late.status, "Đã đọc kỹ từng trang" in late.words) == (409, True)


def test_the_books_are_the_departments_and_the_register_the_heads(track: World) -> None:
    code, desk = hand_in(track)["code"], at_desk(track, CLERK)
    desk.send(desk.open(f"{LIST}/don/{code}"), "noi-dung")
    assert desk.open(f"{LIST}/so-mo-xem").status == 404
    head = at_desk(track, HEAD)
    assert "cb01" in head.open(f"{LIST}/so-mo-xem").words
    assert "Nhận trong kỳ" in head.open(f"{LIST}/so-lieu").words
    csv = head.open(f"{LIST}/so-lieu.csv")
    assert '"Nhận trong kỳ","1"' in csv.html
    assert csv.headers["Content-Disposition"] == "attachment; filename=don-thu-2026-11.csv"


def test_an_operator_writes_one_down_and_finds_nothing_else(track: World) -> None:
    desk = at_desk(track, OPERATOR)
    taken = desk.send(desk.open(f"{LIST}/tiep-nhan"), "tiep-nhan", {"channel": "phone", "content": CONTENT})
    assert "Đã ghi nhận đơn" in taken.words
    assert MARK not in taken.html
    code = next(iter(track.deps.petitions.open_ones())).code
    assert code not in taken.html  # nothing leads on
    assert desk.open(f"{LIST}/don/{code}").status == 404
    empty = desk.send(desk.open(f"{LIST}/tiep-nhan"), "tiep-nhan", {"content": CONTENT})
    assert (empty.status, "don-channel-fault" in empty.html) == (422, True)


@pytest.mark.parametrize("token", [OPERATOR, OFFICER, AGENCY, LEADER, ADMIN])
def test_for_everybody_else_no_page_is_there(track: World, token: str) -> None:
    code, desk = hand_in(track)["code"], at_desk(track, token)
    nowhere = desk.open("/ban-lam-viec/ho-so/482109375514")
    for path in (LIST, f"{LIST}/don/{code}", f"{LIST}/so-mo-xem", f"{LIST}/so-lieu", f"{LIST}/so-lieu.csv"):
        page = desk.open(path)
        assert (page.status, code in page.words) == (404, False)
    assert nowhere.status == 404
    assert LIST.strip("/") not in desk.open("/ban-lam-viec/tai-khoan").html


def test_the_departments_log_in_leads_to_its_list_and_out_again(track: World) -> None:
    desk = at_desk(track, CLERK)
    assert LIST.strip("/") in desk.open("/ban-lam-viec/tai-khoan").html
    home = desk.follow(desk.open("/ban-lam-viec"))
    assert "Đơn thư" in home.words
    for path in ("/ban-lam-viec/ho-so", "/ban-lam-viec/tro-giup", "/ban-lam-viec/lanh-dao"):
        assert desk.open(path).status == 403


def test_a_centre_without_the_track_shows_no_page_of_it(world: World) -> None:
    assert "khieu-nai-to-cao" not in open_page("/").html
    for path in ("/khieu-nai-to-cao", "/khieu-nai-to-cao/theo-doi"):
        assert open_page(path).status == 404
    assert at_desk(world, CLERK).open(LIST).status == 404


def test_the_first_page_leads_there_where_the_centre_has_it(track: World) -> None:
    assert "khieu-nai-to-cao" in open_page("/").html


def hostile(desk: Browser, code: str) -> Page:
    return desk.send(desk.open(f"{LIST}/don/{code}"), "noi-dung")


def test_what_a_petition_says_turns_nothing_round(track: World) -> None:
    words = "<script>alert(1)</script> {{ 7*7 }} \u202eabc"
    made: Any = hand_in(track, content=words)
    page = hostile(at_desk(track, CLERK), made["code"])
    assert "<script>alert" not in page.html
    assert "{{ 7*7 }}" in page.words
