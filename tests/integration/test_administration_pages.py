"""The administrator's pages: messages that did not arrive, and the staff's accounts."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from app import app
from chalicelib.domain import dead_letters
from chalicelib.domain.accounts import Deed
from chalicelib.web import labels
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_accounts import NEW, make, pool
from tests.integration.test_agency_keys import register
from tests.integration.test_aside import set_aside
from tests.integration.test_dead_letters import letters, of_notices, spoiled
from tests.integration.test_mails import Post, mail
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import ADMIN, LEADER, OPERATOR, World

__all__ = ["pool"]
HOME = "/ban-lam-viec/quan-tri"
LETTERS, ACCOUNTS, ASIDE = (f"{HOME}/{page}" for page in ("thong-diep", "tai-khoan", "de-rieng"))
TYPED = {name: value for name, value in NEW.items() if name != "manager"} | {"manager": ""}


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, ADMIN)


def test_leads_to_everything(browser: Browser) -> None:
    page = browser.open(HOME)
    pages = {
        path.removeprefix("/")
        for path, methods in app.routes.items()
        if "GET" in methods and path.startswith(f"{HOME}/") and not path.endswith("/tai-ve") and "{" not in path
    }
    assert {f"../{path}" for path in pages | {"ban-lam-viec/thu-den"}} <= set(page.every("a", "href"))


def test_says_that_nothing_waits(browser: Browser) -> None:
    assert "Không có việc nào đang chờ quản trị viên" in browser.open(HOME).words


def test_says_what_waits(world: World, browser: Browser) -> None:
    spoiled(world)
    register(world, unit="so_y_te", not_after="2026-12-31T00:00:00+07:00")
    world.announce("day_off", "2026-11-25")
    letter = Post(world)
    letter.bring(letter.put(mail("hoi@tra-loi.tongdai.example"), "hoi@tra-loi.tongdai.example"))
    set_aside(world)
    words = browser.open(HOME).words
    for number in ("1 thông điệp chờ xử lý", "1 cơ quan cần khóa mới", "1 thư đang chờ", "2 hồ sơ để riêng"):
        assert number in words
    assert "Đang tính lại thời hạn" in words
    assert "Không có việc nào" not in words


@pytest.mark.parametrize("path", [HOME, LETTERS, ACCOUNTS, ASIDE])
@pytest.mark.parametrize("token", [OPERATOR, LEADER])
def test_they_are_the_administrators(world: World, path: str, token: str) -> None:
    assert at_desk(world, token).open(path).status == 403


class TestAside:
    def test_none_is_said_to_be_none(self, browser: Browser) -> None:
        assert "Không có hồ sơ nào để riêng" in browser.open(ASIDE).words

    def test_one_is_shown_and_put_back_once(self, world: World, browser: Browser) -> None:
        [code] = set_aside(world)
        page = browser.open(ASIDE)
        assert "ValidationError" in page.words
        done = browser.send(page, "theo-doi-lai", {"code": code})
        assert (done.status, done.address) == (200, f"{ASIDE}?xong=theo-doi-lai")
        assert "Không có hồ sơ nào để riêng" in done.words
        again = browser.send(page, "theo-doi-lai", {"code": code})
        assert (again.status, "không nằm trong danh sách để riêng" in again.words) == (404, True)

    @pytest.mark.parametrize("code", ["", "x", HOSTILE, "482109375515"])
    def test_what_is_no_case_is_told(self, world: World, browser: Browser, code: str) -> None:
        set_aside(world)
        page = browser.send(browser.open(ASIDE), "theo-doi-lai", {"code": code})
        assert page.status in (404, 422)
        assert "Chưa thực hiện, xin xem lại" in page.words
        harmless(page)


class TestDeadLetters:
    def states(self, world: World) -> list[str]:
        return [one["state"] for one in letters(world, "?queue=notices")]

    def test_none_is_said_to_be_none(self, browser: Browser) -> None:
        assert "Mọi thông điệp đều đã đến nơi" in browser.open(LETTERS).words

    def test_are_shown_with_case_and_reason(self, world: World, browser: Browser) -> None:
        code, _ = spoiled(world)
        page = browser.open(LETTERS)
        assert f"../../ban-lam-viec/ho-so/{code}" in page.every("a", "href")
        assert of_notices(world)["reason"] in page.words

    def test_are_sent_again_after_a_look_that_sends_nothing(self, world: World, browser: Browser) -> None:
        spoiled(world)
        given = {"queue": "notices", "reason": of_notices(world)["reason"]}
        looked = browser.send(browser.open(LETTERS), "gui-lai", {**given, "step": "look"})
        assert "Xem trước: sẽ gửi lại 1 thông điệp" in looked.words
        assert self.states(world) == ["open"]
        for page in (looked, looked):
            assert browser.send(page, "gui-lai", {**given, "step": "send"}).status == 200
        assert self.states(world) == ["redriving"]

    def test_are_closed_with_a_note_once(self, world: World, browser: Browser) -> None:
        spoiled(world)
        page, letter = browser.open(LETTERS), of_notices(world)["id"]
        wordless = browser.send(page, "dong", {"letter": letter, "note": ""})
        assert (wordless.status, "Vì sao không gửi lại: Xin điền mục này." in wordless.words) == (422, True)
        closed = browser.send(page, "dong", {"letter": letter, "note": "Đã gọi điện cho người gửi"})
        assert (closed.status, closed.address) == (200, f"{LETTERS}?xong=dong")
        again = browser.send(page, "dong", {"letter": letter, "note": "Đã gọi điện cho người gửi"})
        assert again.status in (200, 409)
        assert self.states(world) == []

    def test_one_is_sent_again_once(self, world: World, browser: Browser) -> None:
        spoiled(world)
        page, letter = browser.open(LETTERS), of_notices(world)["id"]
        for _ in range(2):
            asked = browser.send(page, "gui-lai-mot", {"letter": letter})
            assert (asked.status, asked.address) == (200, f"{LETTERS}?xong=gui-lai-mot")
        assert self.states(world) == ["redriving"]
        assert "Yêu cầu gửi lại" in asked.words
        assert "gui-lai-mot" not in asked.forms
        closed = browser.send(asked, "dong", {"letter": letter, "note": "Cơ quan không nhận được nữa"})
        assert (closed.status, self.states(world)) == (200, [])

    def test_settled_ones_say_by_whom_when_and_why(self, world: World, browser: Browser) -> None:
        assert "Chưa có thông điệp nào được xử lý" in browser.open(f"{LETTERS}?xem=da-xu-ly").words
        code, _ = spoiled(world)
        note = "Đã gọi điện cho người gửi"
        browser.send(browser.open(LETTERS), "dong", {"letter": of_notices(world)["id"], "note": note})
        world.collect()
        page = browser.open(f"{LETTERS}?xem=da-xu-ly")
        assert f"Đóng, không gửi lại 09:00 23/11/2026, qt01 : {note}" in page.words, page.words
        assert [href for href in page.every("a", "href") if href.endswith(f"/ho-so/{code}")]
        assert page.forms.keys() == {"dang-xuat"}

    def test_those_of_one_queue(self, world: World, browser: Browser) -> None:
        spoiled(world)
        assert of_notices(world)["reason"] in browser.open(f"{LETTERS}?hang-doi=notices").words
        assert "Mọi thông điệp của hàng đợi này" in browser.open(f"{LETTERS}?hang-doi=agency-so_tu_phap").words
        assert browser.open(f"{LETTERS}?hang-doi=<b>").status == 422

    def test_every_step_has_words(self) -> None:
        assert set(labels.LETTER_STEPS) == {dead_letters.REDRIVING, dead_letters.REDRIVEN, dead_letters.CLOSED}

    def test_a_letter_that_is_none_is_told(self, browser: Browser) -> None:
        page = Page(LETTERS, 200, {}, self._form(browser))
        shown = browser.send(page, "dong", {"letter": "0000000000000-notices-x", "note": "Không rõ"})
        assert (shown.status, "Không tìm thấy thông điệp này" in shown.words) == (404, True)

    def _form(self, browser: Browser) -> str:
        """A form of this session, for a letter that another administrator has closed meanwhile."""
        seal = browser.open(LETTERS).forms["dang-xuat"]["seal"]
        return f'<form action="./thong-diep/dong"><input name="seal" value="{seal}"></form>'


@pytest.mark.usefixtures("pool")
class TestAccounts:
    def account(self, world: World, name: str = "mc02") -> Any:
        status, found = world.call("GET", f"/v1/desk/accounts/{name}", token=ADMIN)
        return found if status == 200 else None

    def do(self, browser: Browser, deed: str, **changes: str) -> Page:
        typed = {"username": "mc02", "deed": deed, "reason": "Chuyển công tác", **changes}
        return browser.send(browser.open(ACCOUNTS), "doi", typed)

    def test_one_is_made_once(self, world: World, browser: Browser) -> None:
        page = browser.open(ACCOUNTS)
        made = browser.send(page, "lap", TYPED)
        assert (made.status, made.address, "Nguyễn Thị Lan" in made.words) == (200, ACCOUNTS, True)
        again = browser.send(page, "lap", TYPED)
        assert again.status in (200, 409)
        assert [change["deed"] for change in self.account(world)["history"]] == ["made"]

    @pytest.mark.parametrize(
        ("changes", "status", "words"),
        [
            ({"username": "Nguyễn Lan"}, 422, "Tên đăng nhập gồm chữ thường không dấu"),
            ({"mail": "lan"}, 422, "Địa chỉ thư điện tử chưa đúng"),
            ({"reason": ""}, 422, "Lý do: Xin điền mục này."),
            ({"role": ""}, 422, "Vai trò: Xin điền mục này."),
            ({"unit": "khong_co"}, 404, "Chưa thực hiện, xin xem lại"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_rest_kept(
        self, world: World, browser: Browser, changes: dict[str, str], status: int, words: str
    ) -> None:
        shown = browser.send(browser.open(ACCOUNTS), "lap", TYPED | changes)
        assert (shown.status, words in shown.words) == (status, True), shown.words
        assert shown.forms["lap"]["name"] == NEW["name"]
        assert self.account(world) is None

    def test_one_is_closed_reopened_and_given_another_password(self, world: World, browser: Browser) -> None:
        make(world)
        for deed, status in (("close", "closed"), ("reopen", "open"), ("reset", "open")):
            page = self.do(browser, deed)
            assert (page.status, page.address) == (200, ACCOUNTS), page.words
            assert self.account(world)["status"] == status
        deeds = [change["deed"] for change in self.account(world)["history"]]
        assert deeds == ["made", "closed", "reopened", "password_reset"]

    def test_a_manager_is_named_and_recalled(self, world: World, browser: Browser) -> None:
        make(world, manager=False)
        for deed, named in (("name", True), ("name", True), ("recall", False)):
            page = self.do(browser, deed)
            assert (page.status, self.account(world)["manager"]) == (200, named), page.words
        deeds = [change["deed"] for change in self.account(world)["history"]]
        assert deeds == ["made", "manager_named", "manager_recalled"]
        assert labels.DEEDS["manager_recalled"] in page.words

    def test_nobody_of_the_centre_keeps_a_units_accounts(self, world: World, browser: Browser) -> None:
        make(world, role="operator", unit="tong_dai", manager=False)
        assert self.do(browser, "name").status == 422
        assert "Giao quản lý tài khoản" not in browser.open(ACCOUNTS).words

    def test_those_of_a_unit_or_in_a_state(self, world: World, browser: Browser) -> None:
        make(world)
        for query, there in (
            ("don-vi=so_tu_phap&tinh-trang=open", True),
            ("don-vi=so_y_te", False),
            ("tinh-trang=closed", False),
        ):
            page = browser.open(f"{ACCOUNTS}?{query}")
            assert ("(mc02)" in page.words) == there
            assert ("Không có tài khoản nào hợp với điều kiện lọc" in page.words) == (not there)

    def test_every_deed_has_words(self) -> None:
        assert set(labels.DEEDS) == set(get_args(Deed))

    def test_closing_wants_a_reason(self, world: World, browser: Browser) -> None:
        make(world)
        shown = self.do(browser, "close", reason=" ")
        assert (shown.status, self.account(world)["status"]) == (422, "open")

    def test_what_cannot_be_is_told(self, world: World, browser: Browser) -> None:
        make(world)
        self.do(browser, "close")
        assert self.do(browser, "reset").status == 409

    def test_nothing_typed_is_markup(self, world: World, browser: Browser) -> None:
        make(world, name=HOSTILE, reason=HOSTILE)
        harmless(browser.open(ACCOUNTS))
        harmless(browser.send(browser.open(ACCOUNTS), "lap", dict.fromkeys(TYPED, HOSTILE)))
