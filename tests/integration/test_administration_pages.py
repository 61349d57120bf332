"""The administrator's pages: messages that did not arrive, and the staff's accounts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_accounts import NEW, make, pool
from tests.integration.test_dead_letters import letters, of_notices, spoiled
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import ADMIN, LEADER, OPERATOR, World

__all__ = ["pool"]
HOME = "/ban-lam-viec/quan-tri"
LETTERS, ACCOUNTS = f"{HOME}/thong-diep", f"{HOME}/tai-khoan"
TYPED = {name: value for name, value in NEW.items() if name != "manager"} | {"manager": ""}


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, ADMIN)


def test_leads_to_everything(browser: Browser) -> None:
    page = browser.open(HOME)
    assert {f"../{path.removeprefix('/')}" for path in (LETTERS, ACCOUNTS)} <= set(page.every("a", "href"))


@pytest.mark.parametrize("path", [HOME, LETTERS, ACCOUNTS])
@pytest.mark.parametrize("token", [OPERATOR, LEADER])
def test_they_are_the_administrators(world: World, path: str, token: str) -> None:
    assert at_desk(world, token).open(path).status == 403


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
        assert (closed.status, closed.address) == (200, LETTERS)
        again = browser.send(page, "dong", {"letter": letter, "note": "Đã gọi điện cho người gửi"})
        assert again.status in (200, 409)
        assert self.states(world) == []

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
