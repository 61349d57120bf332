"""All cases of one sender, by a one-time code: to the right address, once, and nothing told to whoever only tries."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import InboxItem
from chalicelib.domain.case_code import display
from chalicelib.domain.counting import MOVED
from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases.ask_for_code import OF_A_CALLER, OF_A_SENDER
from chalicelib.usecases.open_content import TRIES
from tests.builders import local
from tests.integration.browser import Page, open_page, send
from tests.integration.test_following import cookie_of
from tests.integration.test_no_leaks import spy_on_queues
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.world import CASE, OPERATOR, SENDER, World

PHONE, MAIL = "0912 345 678", "hoa@example.com"
PAGE = "/ho-so-cua-toi"


def asked(contact: str) -> Page:
    return send(open_page(PAGE), "ma", contact=contact)


def told(world: World) -> str:
    """Let the workers work and read the code that went out last."""
    before = len(world.texts())
    assert world.work() == 0
    [(number, words)] = world.texts()[before:]
    assert number == "+84912345678"
    return words[:6]


def listed(page: Page, code: str) -> Page:
    """Give a code; returns the list it leads to."""
    away = send(page, "mo", code=code)
    assert (away.status, away.headers["Location"]) == (303, "../ho-so-cua-toi")
    return open_page(PAGE, cookie=session(away))


def session(page: Page) -> str:
    return str(page.headers["Set-Cookie"][0]).partition(";")[0]


def mine(world: World) -> Page:
    return listed(asked(PHONE), told(world))


@pytest.fixture
def sent(world: World) -> str:
    """A case of the sender, whose letter has gone."""
    code: str = world.send()["code"]
    world.drain()
    return code


class TestTheList:
    def test_shows_every_case_of_the_number_and_nobody_elses(self, world: World, sent: str) -> None:
        world.clock.forward(hours=1)
        answered = world.answered()
        other = world.send(sender=SENDER | {"phone": "0987654321", "email": "ai@example.com"})["code"]
        world.drain()
        shown = mine(world)
        assert shown.words.index(display(answered)) < shown.words.index(display(sent))
        assert display(other) not in shown.words
        for words in ("Đã trả lời", "Mới tiếp nhận", "đến hạn", "Hộ tịch"):
            assert words in shown.words

    def test_opens_a_case_whole_and_acts_on_it(self, world: World, sent: str) -> None:
        world.act(sent, "request-details", OPERATOR, {"question": "Thôn nào?"})
        world.drain()
        whole = send(mine(world), "vao")
        assert whole.status == 200
        assert CASE["content"] in whole.words
        done = send(whole, "bo-sung", cookie=cookie_of(whole), content="Thôn Đồng Tâm.")
        assert "Đã nhận thông tin bổ sung" in done.words

    def test_leave_is_for_one_case_and_half_an_hour(self, world: World, sent: str) -> None:
        other = world.send(sender=SENDER | {"phone": "0987654321"})["code"]
        world.drain()
        page = mine(world)
        page.forms["vao"][""] = f"./theo-doi/{other}/vao"
        assert send(page, "vao").status == 401
        page.forms["vao"][""] = f"./theo-doi/{sent}/vao"
        world.clock.forward(minutes=31)
        refused = send(page, "vao")
        assert refused.status == 401
        assert CASE["content"] not in refused.html

    def test_ends_after_half_an_hour_or_when_it_is_closed(self, world: World, sent: str) -> None:
        page = asked(PHONE)
        away = send(page, "mo", code=told(world))
        cookie = session(away)
        for attribute in ("HttpOnly", "Secure", "SameSite=Strict", "Max-Age=1800"):
            assert attribute in away.headers["Set-Cookie"][0]
        assert "Path" not in away.headers["Set-Cookie"][0]
        closed = send(open_page(PAGE, cookie=cookie), "dong", cookie=cookie)
        assert "Max-Age=0" in closed.headers["Set-Cookie"][0]
        world.clock.forward(minutes=31)
        assert "ma" in open_page(PAGE, cookie=cookie).forms

    @pytest.mark.parametrize(
        "change", [lambda value: value[:-1] + "0", lambda value: "0" * 32 + value[32:], lambda _: "1"]
    )
    def test_a_session_that_was_not_made_here_shows_nothing(self, world: World, sent: str, change: Any) -> None:
        away = send(asked(PHONE), "mo", code=told(world))
        name, _, value = session(away).partition("=")
        assert "ma" in open_page(PAGE, cookie=f"{name}={change(value)}").forms

    def test_by_mail_all_with_that_address(self, world: World, sent: str) -> None:
        alone = world.send(sender=SENDER | {"phone": ""})["code"]
        world.drain()
        page = asked(" HOA@example.com ")
        assert world.work() == 0
        mail = world.mails(MAIL)[-1]
        code = re.search(r"Mã xem hồ sơ\W+(\d{6})\b", mail["body"])
        assert code
        assert code[1] not in mail["subject"]
        assert SENDER["name"] not in mail["body"]
        shown = listed(page, code[1])
        assert display(sent) in shown.words
        assert display(alone) in shown.words

    def test_words_of_people_are_harmless(self, world: World, sent: str) -> None:
        for typed in (HOSTILE, f"{HOSTILE}@x.vn"):
            hurt = asked(typed)
            assert hurt.status == 422
            harmless(hurt)
        wrong = send(asked(PHONE), "mo", code=HOSTILE[:30])
        assert wrong.status == 401
        harmless(wrong)


class TestTheCode:
    def test_goes_out_in_the_night_too(self, world: World, sent: str) -> None:
        world.clock.set(local("2026-11-23 23:30"))
        assert display(sent) in mine(world).words

    def test_is_good_once(self, world: World, sent: str) -> None:
        page = asked(PHONE)
        code = told(world)
        assert send(page, "mo", code=code).status == 303
        assert send(page, "mo", code=code).status == 303  # the same form once more
        again = send(page, "mo", code=code, nonce="0" * 32)
        assert again.status == 401
        assert "Set-Cookie" not in again.headers

    def test_is_good_for_ten_minutes(self, world: World, sent: str) -> None:
        page = asked(PHONE)
        code = told(world)
        world.clock.forward(minutes=10)
        late = send(page, "mo", code=code)
        assert late.status == 401
        assert "đã hết hạn" in late.words

    def test_a_new_one_ends_the_one_before(self, world: World, sent: str) -> None:
        page = asked(PHONE)
        old = told(world)
        send(page, "ma")
        new = told(world)
        assert send(page, "mo", code=old).status == (303 if old == new else 401)
        assert send(page, "mo", code=new).status == 303

    def test_asked_twice_by_one_form_is_sent_once(self, world: World, sent: str) -> None:
        page = open_page(PAGE)
        for _ in range(2):
            shown = send(page, "ma", contact=PHONE)
        assert send(shown, "mo", code=told(world)).status == 303

    def test_five_wrong_ones_lock_it_even_for_the_right_one(self, world: World, sent: str) -> None:
        page = asked(PHONE)
        code = told(world)
        wrong = "000000" if code != "000000" else "000001"
        for _ in range(TRIES):
            assert send(page, "mo", code=wrong).status == 401
        locked = send(page, "mo", code=code)
        assert locked.status == 429
        assert "sau 15 phút" in locked.words
        world.clock.forward(minutes=16)
        assert send(page, "mo", code=code).status == 401  # by then it is over, too

    def test_belongs_to_one_number(self, world: World, sent: str) -> None:
        world.send(sender=SENDER | {"phone": "0987654321"})
        world.drain()
        page = asked(PHONE)
        code = told(world)
        assert send(page, "mo", code=code, contact="0987654321").status == 401

    def test_is_nowhere_and_neither_is_the_number(self, world: World, sent: str, monkeypatch: Any) -> None:
        bodies = spy_on_queues(world, monkeypatch)
        asked(PHONE)
        code = told(world)
        kept = [str(item.attribute_values) for item in InboxItem.scan()]
        for secret in (code, "912345678", "345 678", MAIL):
            assert [text for text in (*kept, *map(str, bodies)) if secret in text] == []

    def test_is_counted_as_an_sms(self, world: World, sent: str) -> None:
        asked(PHONE)
        told(world)
        month = world.deps.tallies.month("2026-11")
        assert sum(row.get("sms", 0) for name, row in month.items() if not name.startswith(MOVED)) == 1

    def test_not_to_an_address_that_sends_letters_back(self, world: World) -> None:
        world.send(sender=SENDER | {"phone": ""})
        world.drain()
        world.deps.suppressed.add(world.deps.keys.sender(MAIL), "bounce", world.clock.now())
        before = len(world.mails(MAIL))
        assert asked(MAIL).status == 200
        assert world.work() == 0
        assert len(world.mails(MAIL)) == before

    def test_when_it_could_not_be_sent_it_is_sent_later_and_the_same(
        self, world: World, sent: str, monkeypatch: Any
    ) -> None:
        page = asked(PHONE)

        def down(*_: Any) -> None:
            raise UnavailableError("delivery_unavailable", "Chưa gửi được tin")

        with monkeypatch.context() as patched:
            patched.setattr(world.deps.mailer, "sms", down)
            world.work()
        assert world.texts() == []
        assert send(page, "mo", code=told(world)).status == 303


class TestWhoeverOnlyTries:
    def test_sees_and_does_the_same_for_a_number_that_is_unknown(
        self, world: World, sent: str, monkeypatch: Any
    ) -> None:
        bodies = spy_on_queues(world, monkeypatch)
        known, unknown = asked(PHONE), asked("0987 654 321")
        assert known.status == unknown.status == 200
        plain = re.compile(r"[0-9a-f]{32}")
        assert plain.sub("", known.html) == plain.sub("", unknown.html.replace("0987 654 321", PHONE))
        assert len(bodies) == 2
        before = len(world.texts())
        assert world.work() == 0
        assert [number for number, _ in world.texts()[before:]] == ["+84912345678"]

    @pytest.mark.parametrize("typed", ["", "abc", "12", "hoa@", "1022", "02183 851 234", "a@b", "0912345678 x@y.vn"])
    def test_is_told_what_is_no_mobile_and_no_address(self, world: World, typed: str) -> None:
        hurt = asked(typed)
        assert hurt.status == 422
        assert hurt.forms["ma"]["contact"] == typed
        assert "#ma-contact" in hurt.every("a", "href")

    def test_a_number_is_not_sent_to_without_end(self, world: World, sent: str) -> None:
        for _ in range(OF_A_SENDER):
            assert asked(PHONE).status == 200
        too_often = asked(PHONE)
        assert too_often.status == 429
        assert "sau một giờ" in too_often.words
        assert asked("0987654321").status == 200
        world.clock.forward(hours=1)
        assert asked(PHONE).status == 200

    def test_one_caller_does_not_ask_without_end(self, world: World) -> None:
        for number in range(OF_A_CALLER):
            assert asked(f"09123456{number:02}").status == 200
        assert asked("0987654321").status == 429

    def test_no_code_is_good_that_was_never_asked_for(self, world: World, sent: str) -> None:
        page = asked("0987654321")
        never = world.deps.keys.one_time_code(world.deps.keys.sender("+84912345678"), "")
        assert send(page, "mo", contact=PHONE, code=never).status == 401
