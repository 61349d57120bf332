"""The staff's worklist as a page: whose it is, in which order, how urgent in words, and an address that keeps it."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from chalice.test import Client

from app import app
from chalicelib.entrypoints import pages_worklist
from tests.integration.browser import Page
from tests.integration.desk import at_desk
from tests.integration.test_bounces import come_back, report
from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, SENDER, World

WORKLIST = "/ban-lam-viec/ho-so"
URGENT = {"kind": "question", "field": "ho_tich", "priority": "urgent"}


def listed(world: World, token: str = OPERATOR, query: str = "") -> Page:
    page = at_desk(world, token).open(f"{WORKLIST}{query}")
    assert page.status == 200
    return page


def codes(page: Page) -> list[str]:
    return [href.rpartition("/")[2] for href in page.every("a", "href") if re.search(r"ho-so/\d{12}$", href)]


def links(page: Page, words: str) -> list[str]:
    """Return where the links with these words lead, from the first page."""
    found = re.findall(rf'<a[^>]*href="([^"]*)"[^>]*>{words}</a>', page.html)
    return [href.replace("&amp;", "&").removeprefix("../") for href in found]


def test_ones_own_by_due_time(world: World) -> None:
    """Given cases of several holders, then each sees what is with them, the earliest due first."""
    earlier = world.send()["code"]
    world.clock.forward(minutes=5)
    later = world.send()["code"]
    world.act(later, "classify", OPERATOR, URGENT)
    officers, agencys = world.at_officer(), world.at_agency()
    assert codes(listed(world)) == [earlier, later]
    assert codes(listed(world, OFFICER)) == [officers]
    assert codes(listed(world, AGENCY)) == [agencys]
    assert "Khẩn" in listed(world).words


def test_another_units_list_is_the_overseers_to_see(world: World) -> None:
    code = world.at_officer("so_y_te")
    query = "?vai-tro=officer&don-vi=so_y_te"
    assert codes(listed(world, LEADER, query)) == codes(listed(world, OPERATOR, query)) == [code]
    refused = at_desk(world, OFFICER).open(f"{WORKLIST}{query}")
    assert (refused.status, "việc của đơn vị mình" in refused.words) == (403, True)
    assert "loc-don-vi" not in listed(world, OFFICER).html


@pytest.mark.parametrize(
    ("minutes", "words", "level"),
    [
        (0, "Còn 5 giờ làm việc", "calm"),
        (30, "Còn 4 giờ 30 phút làm việc", "calm"),
        (24 * 60 + 140, "Quá hạn 1 giờ làm việc", "late"),  # the day after is a holiday
    ],
)
def test_urgency_is_told_in_words_and_colour(world: World, minutes: int, words: str, level: str) -> None:
    world.at_officer()
    world.clock.forward(minutes=minutes)
    page = listed(world, OFFICER)
    assert words in page.words
    assert [given["class"] for tag, given in page.tags if tag == "tr" and "id" in given] == [level]


def test_the_last_quarter_is_soon_and_a_target_is_never_late(world: World) -> None:
    world.send()
    world.clock.forward(minutes=50)
    assert "soon" in [given.get("class") for _, given in listed(world).tags]
    world.clock.forward(minutes=20)
    assert "Quá thời gian dự kiến 10 phút làm việc" in listed(world).words


def test_who_waits_has_no_due_time(world: World) -> None:
    code = world.send()["code"]
    world.act(code, "request-details", OPERATOR, {"question": "Ở phường nào?"})
    assert "Chờ người gửi bổ sung" in listed(world).words


class TestFilters:
    def test_each_and_together(self, world: World) -> None:
        birth, land = world.send()["code"], world.send(field="dat_dai", kind="suggestion")["code"]
        world.act(land, "request-details", OPERATOR, {"question": "Thửa nào?"})
        found = {
            "linh-vuc=dat_dai": [land],
            "loai=question": [birth],
            "trang-thai=awaiting_details": [land],
            "muc-do=urgent": [],
            "qua-han=1": [],
            "linh-vuc=dat_dai&loai=question": [],
            "loai=&linh-vuc=": sorted([birth, land]),
        }
        assert {query: sorted(codes(listed(world, OPERATOR, f"?{query}"))) for query in found} == found

    def test_late_ones(self, world: World) -> None:
        late = world.at_officer()
        world.clock.forward(days=2)
        world.at_officer()
        assert codes(listed(world, OFFICER, "?qua-han=1")) == [late]

    def test_senders_to_telephone(self, world: World) -> None:
        code = world.answered()
        assert codes(listed(world, OPERATOR, "?can-goi=1")) == []
        world.drain()
        come_back(world, report("ses_bounce", code))
        page = listed(world, OPERATOR, "?can-goi=1")
        assert codes(page) == [code]
        assert "Cần gọi điện" in page.words

    def test_stand_in_the_address_and_in_the_form(self, world: World) -> None:
        world.send(field="dat_dai")
        page = listed(world, OPERATOR, "?linh-vuc=dat_dai&loai=question")
        assert links(page, "Tải lại") == ["ban-lam-viec/ho-so?loai=question&linh-vuc=dat_dai"]
        chosen = [given["value"] for tag, given in page.tags if tag == "option" and "selected" in given]
        assert chosen == ["operator", "tong_dai", "question", "dat_dai"]

    def test_what_cannot_be_asked_is_told(self, world: World) -> None:
        page = at_desk(world, OPERATOR).open(f"{WORKLIST}?loai=<script>")
        assert (page.status, "script" in {tag for tag, _ in page.tags}) == (422, False)

    def test_the_log_in_leads_back_to_them(self, world: World) -> None:
        browser = at_desk(world, OPERATOR)
        browser.cookies.clear()
        asked = browser.open(f"{WORKLIST}?loai=question&linh-vuc=dat_dai")
        assert asked.forms["dang-nhap"]["wanted"] == "ban-lam-viec/ho-so?loai=question&linh-vuc=dat_dai"


def test_an_empty_list_says_what_it_means(world: World) -> None:
    assert "Hiện không có hồ sơ nào chờ xử lý" in listed(world).words
    assert "Không có hồ sơ nào hợp với điều kiện lọc" in listed(world, OPERATOR, "?loai=question").words
    assert "Không có người gửi nào đang chờ" in listed(world, OPERATOR, "?can-goi=1").words


def test_pages_are_turned_without_loss(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given more cases than a page has rows, when one goes on to the end, then each was there once."""
    monkeypatch.setattr(pages_worklist, "ROWS", 4)
    made = [world.send(field=("dat_dai", "ho_tich")[number % 2])["code"] for number in range(11)]
    seen, query = [], "?linh-vuc=dat_dai"
    for _ in range(9):
        page = listed(world, OPERATOR, query)
        seen += codes(page)
        following = links(page, "Trang sau")
        if not following:
            break
        assert parse_qs(urlsplit(following[0]).query)["linh-vuc"] == ["dat_dai"]
        query = f"?{urlsplit(following[0]).query}"
        assert bool(links(listed(world, OPERATOR, query), "Về trang đầu"))
    assert sorted(seen) == sorted(made[::2])


def test_what_is_answered_has_left(world: World) -> None:
    code = world.send()["code"]
    world.act(code, "answer", OPERATOR, ANSWER)
    assert codes(listed(world)) == []


def test_goes_to_a_spreadsheet_as_it_is_filtered(world: World) -> None:
    code = world.send()["code"]
    world.send(kind="suggestion")
    [link] = links(listed(world, query="?loai=question"), "Tải về dưới dạng bảng tính \\(CSV\\)")
    browser = at_desk(world, OPERATOR)
    with Client(app) as client:
        answer = client.http.get(f"/{link.removeprefix('/')}", headers={"Cookie": browser.cookie})
    heads, *rows = csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""))
    assert heads[0] == "Mã hồ sơ"
    assert [row[0].replace("-", "") for row in rows] == [code]
    assert rows[0][-1] == "2026-11-23 09:00"
    assert SENDER["name"] not in answer.body.decode()
