"""The administrator's page of the office's days: a year to look at, announcements looked at before they are made."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_calendar import listed
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import ADMIN, AGENCY, LEADER, OPERATOR, World

CALENDAR = "/ban-lam-viec/quan-tri/lich"
STORM = {
    "kind": "day_off",
    "first": "2026-11-25",
    "last": "",
    "reason": "Nghỉ tránh bão",
    "document": "Công điện 15/CĐ-UBND",
}


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, ADMIN)


def look(browser: Browser, **changes: str) -> Page:
    return browser.send(browser.open(CALENDAR), "xem-truoc", {**STORM, **changes})


def announce(browser: Browser, **changes: str) -> Page:
    """Announce at once, as whoever looked has the form before him."""
    page = browser.open(CALENDAR)
    page.forms["xem-truoc"][""] = page.forms["xem-truoc"][""].replace("xem-truoc", "thong-bao")
    return browser.send(page, "xem-truoc", {**STORM, **changes})


def day(page: Page, words: str) -> str:
    """Return what is said of a day in a list that begins with these words."""
    return page.words.partition(words)[2][:60]


@pytest.mark.parametrize("token", [OPERATOR, AGENCY, LEADER])
def test_it_is_the_administrators(world: World, browser: Browser, token: str) -> None:
    assert at_desk(world, token).open(CALENDAR).status == 403
    page = browser.open(CALENDAR)
    assert at_desk(world, token).send(page, "xem-truoc", STORM).status == 403
    assert listed(world) == []


class TestYear:
    def test_it_has_every_day_once(self, browser: Browser) -> None:
        page = browser.open(CALENDAR)
        assert "Lịch làm việc năm 2026" in page.words
        months = page.html.partition('<div class="year">')[2].partition("</div>")[0]
        assert months.count("<table") == 12
        assert months.count("<td") - months.count("<td></td>") == 365
        assert months.count('aria-current="date"') == 1

    def test_days_of_the_regulation_are_said(self, browser: Browser) -> None:
        page = browser.open(f"{CALENDAR}?nam=2026")
        assert "nghỉ Danh sách ngày nghỉ" in day(page, "Thứ Ba, 17/02/2026")  # Tết
        assert "07:30–11:30, 13:30–17:00 Danh sách" in day(page, "Thứ Bảy, 10/01/2026")  # made up for 2 January
        assert page.words.count("làm bù") >= 2

    def test_days_announced_are_said_with_their_reason(self, world: World, browser: Browser) -> None:
        world.announce("closure", "2026-12-03", frames=[["13:30", "17:00"]], reason="Mất điện")
        page = browser.open(CALENDAR)
        assert "07:30–11:30 Mất điện Thông báo số 1" in day(page, "Thứ Năm, 03/12/2026")
        assert "đổi giờ" in page.words

    @pytest.mark.parametrize("year", ["1999", "2200", "x", "-1"])
    def test_a_year_that_is_none(self, browser: Browser, year: str) -> None:
        assert browser.open(f"{CALENDAR}?nam={year}").status == 422

    @pytest.mark.parametrize("year", ["2000", "2199"])
    def test_the_first_and_the_last(self, browser: Browser, year: str) -> None:
        assert browser.open(f"{CALENDAR}?nam={year}").status == 200


class TestAnnouncing:
    def test_a_look_announces_nothing_and_says_what_would_be(self, world: World, browser: Browser) -> None:
        world.at_agency()
        world.drain()
        looked = look(browser, last="2026-11-28")
        assert looked.status == 200
        assert "Xem trước: chưa có gì được thông báo" in looked.words
        assert day(looked, "Thứ Tư, 25/11/2026").split()[:3] == ["07:30–11:30,", "13:30–17:00", "nghỉ"]
        assert "nghỉ không đổi" in day(looked, "Thứ Bảy, 28/11/2026")
        assert "Hiện có 1 hồ sơ đang mở" in looked.words
        assert listed(world) == []

    def test_what_was_looked_at_is_announced_once(self, world: World, browser: Browser) -> None:
        looked = look(browser, last="2026-11-26")
        for _ in range(2):
            done = browser.send(looked, "thong-bao", {})
            assert (done.status, done.address) == (200, f"{CALENDAR}?nam=2026&xong=thong-bao")
        [change] = listed(world)
        assert (change["kind"], change["dates"]) == ("day_off", ["2026-11-25", "2026-11-26"])
        assert (change["reason"], change["document"], change["author"]) == (STORM["reason"], STORM["document"], "qt01")
        assert "Số 1: Ngày nghỉ, 25/11/2026 đến 26/11/2026" in done.words
        assert "Chờ tính lại thời hạn" in done.words

    def test_the_same_sending_with_other_words_is_refused(self, world: World, browser: Browser) -> None:
        looked = look(browser)
        browser.send(looked, "thong-bao", {})
        assert browser.send(looked, "thong-bao", {"reason": "Khác"}).status == 409
        assert len(listed(world)) == 1

    def test_a_make_up_day_and_closed_hours(self, world: World, browser: Browser) -> None:
        announce(browser, kind="working_day", first="2026-11-28", opens="07:30", closes="11:30")
        hours = {"opens": "07:30", "closes": "09:00", "opens_again": "13:30", "closes_again": "15:00"}
        announce(browser, kind="closure", **hours)
        closure, made_up = listed(world)
        assert made_up["hours"] == [["07:30", "11:30"]]
        assert closure["hours"] == [["07:30", "09:00"], ["13:30", "15:00"]]

    def test_how_far_the_cases_have_followed(self, world: World, browser: Browser) -> None:
        world.at_agency()
        announce(browser)
        for _ in range(4):
            world.retime()
            world.clock.forward(minutes=1)
        assert "dời hạn 1 hồ sơ" in browser.open(CALENDAR).words

    @pytest.mark.parametrize(
        ("wrong", "status", "words"),
        [
            ({"kind": ""}, 422, "Thông báo: Xin điền mục này."),
            ({"first": ""}, 422, "Từ ngày: Xin điền mục này."),
            ({"first": "25/11/2026"}, 422, "Từ ngày: Không đúng dạng ngày"),
            ({"first": "9999-12-31"}, 422, "Chỉ nhận ngày từ năm 2000"),
            ({"last": "2026-11-24"}, 422, "Đến hết ngày: Ngày cuối phải từ ngày đầu trở đi"),
            ({"last": "2199-11-24"}, 422, "mỗi thông báo nhiều nhất 60 ngày"),
            ({"first": "2026-10-01"}, 422, "Từ ngày: Ngày quá xa so với hôm nay"),
            ({"kind": "working_day", "first": "2026-11-22"}, 422, "Ngày làm việc thêm chỉ được thông báo trước"),
            ({"kind": "closure"}, 422, "Từ giờ: Cần nêu giờ đóng cửa"),
            ({"opens": "07:30", "closes": "09:00"}, 422, "Từ giờ: Ngày nghỉ là cả ngày, không nêu giờ"),
            ({"kind": "closure", "opens": "07:30"}, 422, "Đến giờ: Xin điền cả giờ bắt đầu và giờ kết thúc"),
            ({"kind": "closure", "opens": "7h"}, 422, "Từ giờ: Không đúng định dạng"),
            ({"kind": "closure", "opens": "11:00", "closes": "09:00"}, 422, "Giờ làm việc không hợp lệ"),
            ({"reason": "  "}, 422, "Lý do: Xin điền mục này."),
            ({"reason": "\u200b"}, 422, "Nội dung này không được để trống"),
            ({"nonce": "x"}, 422, "Không đúng định dạng"),
        ],
    )
    @pytest.mark.parametrize("do", [look, announce])
    def test_what_is_wrong_is_said_and_what_was_typed_kept(
        self, world: World, browser: Browser, do: Any, wrong: dict[str, str], status: int, words: str
    ) -> None:
        shown = do(browser, **wrong)
        assert (shown.status, words in shown.words) == (status, True), shown.words
        assert shown.forms["xem-truoc"]["document"] == STORM["document"]
        assert listed(world) == []


class TestWithdrawing:
    def take_back(self, browser: Browser, page: Page | None = None, **typed: str) -> Page:
        return browser.send(page or browser.open(CALENDAR), "thu-hoi", {"number": "1", "reason": "Bão tan", **typed})

    def test_it_is_done_once(self, world: World, browser: Browser) -> None:
        announce(browser)
        page = browser.open(CALENDAR)
        for _ in range(2):
            done = self.take_back(browser, page)
            assert (done.status, done.address) == (200, f"{CALENDAR}?nam=2026&xong=thu-hoi")
        withdrawal, announced = listed(world)
        assert (withdrawal["withdraws"], withdrawal["reason"], announced["withdrawn_by"]) == (1, "Bão tan", 2)
        assert "đã thu hồi bằng thông báo số 2" in done.words
        assert "thu-hoi" not in done.forms

    @pytest.mark.parametrize(
        ("typed", "status", "words"),
        [
            ({"reason": ""}, 422, "Lý do: Xin điền mục này."),
            ({"number": "7"}, 422, "Không có thông báo thay đổi lịch này"),
            ({"number": "x"}, 422, "Cần số nguyên"),
        ],
    )
    def test_what_is_wrong_is_said(
        self, world: World, browser: Browser, typed: dict[str, str], status: int, words: str
    ) -> None:
        announce(browser)
        shown = self.take_back(browser, **typed)
        assert (shown.status, words in shown.words) == (status, True), shown.words
        assert len(listed(world)) == 1

    def test_one_of_another_year_is_still_there_after_a_fault(self, world: World, browser: Browser) -> None:
        world.announce("day_off", "2027-01-04")
        page = browser.open(f"{CALENDAR}?nam=2027")
        shown = self.take_back(browser, page, reason="", document="Công điện 16")
        assert (shown.status, shown.forms["thu-hoi"]["document"]) == (422, "Công điện 16")

    def test_what_another_withdrew_is_told(self, world: World, browser: Browser) -> None:
        announce(browser)
        page = browser.open(CALENDAR)
        world.withdraw(1)
        assert self.take_back(browser, page).status == 409


def test_nothing_typed_is_markup(world: World, browser: Browser) -> None:
    typed: dict[str, Any] = {"reason": HOSTILE, "document": HOSTILE[:100]}
    harmless(look(browser, **typed))
    harmless(announce(browser, **typed))
    harmless(announce(browser, **dict.fromkeys(("kind", "first", "opens", "nonce", "reason"), HOSTILE)))
    harmless(browser.send(browser.open(CALENDAR), "thu-hoi", {"number": "1", "reason": HOSTILE * 9}))
    assert len(listed(world)) == 1
