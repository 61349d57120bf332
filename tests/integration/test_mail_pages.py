"""The operators' pages of mails without a case: read, put into a case, dismissed; what anybody wrote hurts nobody."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest

from chalicelib.domain import unassigned_mail
from chalicelib.web import labels
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_mails import HOA, PREFIX, WORDS, Post, asked, mail, said
from tests.integration.test_pages import HOSTILE, RLO, harmless
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

MAILS = "/ban-lam-viec/thu-den"
NOWHERE = "hoi@tra-loi.tongdai.example"


@pytest.fixture
def browser(world: World) -> Browser:
    return at_desk(world, OPERATOR)


@pytest.fixture
def post(world: World) -> Post:
    return Post(world)


def arrived(post: Post, words: str = WORDS, **headers: str) -> str:
    """Let a mail to nobody come in; returns its page."""
    post.bring(post.put(mail(NOWHERE, words, **headers), NOWHERE))
    return f"{MAILS}/{post.waiting()[-1]['id']}"


def test_every_reason_and_step_has_words() -> None:
    told = {"spam", "virus", "forged", unassigned_mail.FILES} | unassigned_mail.WORTH_A_LOOK
    assert set(labels.MAILS) == told
    steps = {unassigned_mail.OPEN, unassigned_mail.READ, unassigned_mail.ATTACHED, unassigned_mail.DISMISSED}
    assert set(labels.MAIL_STEPS) == steps


class TestWhoMay:
    @pytest.mark.parametrize("token", [OFFICER, AGENCY, LEADER])
    def test_nobody_of_an_agency_or_above(self, world: World, post: Post, token: str) -> None:
        path = arrived(post)
        assert [at_desk(world, token).open(one).status for one in (MAILS, path)] == [403, 403]

    def test_administrators_see_that_one_waits_and_not_what_it_says(
        self, world: World, browser: Browser, post: Post
    ) -> None:
        path = arrived(post)
        administrator = at_desk(world, ADMIN)
        page = administrator.open(MAILS)
        assert labels.MAILS["unknown_address"] in page.words
        assert [href for href in page.every("a", "href") if href.endswith(path)] == []
        assert administrator.open(path).status == 403
        opened = browser.open(path)
        assert administrator.send(opened, "bo-qua", {"note": "Quảng cáo"}).status == 403
        assert [step["by"] for step in post.waiting()[0]["history"]] == ["dtv01"]


class TestReading:
    def test_the_list_has_no_word_of_them(self, browser: Browser, post: Post) -> None:
        path = arrived(post)
        page = browser.open(MAILS)
        assert [href for href in page.every("a", "href") if href.endswith(path)]
        assert [word for word in (HOA, WORDS, "Re:") if word in page.html] == []

    def test_none_is_said_to_be_none(self, browser: Browser) -> None:
        for which, words in (("cho", "Không có thư nào đang chờ"), ("da-bo-qua", "Chưa có thư nào")):
            assert words in browser.open(f"{MAILS}?xem={which}").words

    def test_who_opens_one_is_noted(self, world: World, browser: Browser, post: Post) -> None:
        path = arrived(post)
        page = browser.open(path)
        assert page.words.count(WORDS) == 2  # alone, and in the whole of it
        assert (HOA in page.words, "Kính gửi" in page.words) == (True, True)
        [step] = post.waiting()[0]["history"]
        assert (step["state"], step["by"]) == ("read", "dtv01")

    def test_cases_of_the_address_are_named(self, world: World, browser: Browser, post: Post) -> None:
        code = asked(world)
        page = browser.open(arrived(post))
        assert [href for href in page.every("a", "href") if href.endswith(f"/ho-so/{code}")]

    def test_what_nobody_can_read_can_be_dismissed(self, browser: Browser, post: Post) -> None:
        post.bring(post.put(b"Content-Type: message/rfc822\n\n" * 3000, NOWHERE))
        page = browser.open(f"{MAILS}/{post.waiting()[0]['id']}")
        assert (page.status, "vao-ho-so" in page.forms) == (200, False)
        assert browser.send(page, "bo-qua", {"note": "Không đọc được"}).status == 200
        assert post.waiting() == []

    def test_what_is_gone_after_30_days_too(self, world: World, browser: Browser, post: Post) -> None:
        path = arrived(post)
        world.cloud("s3").delete_object(Bucket=world.deps.settings.mails_bucket, Key=f"{PREFIX}mail0001")
        page = browser.open(path)
        assert (page.status, "vao-ho-so" in page.forms, "bo-qua" in page.forms) == (200, False, True)

    @pytest.mark.parametrize(("name", "status"), [("1763863200123-x", 404), ("x", 404)])
    def test_one_that_is_none(self, browser: Browser, name: str, status: int) -> None:
        assert browser.open(f"{MAILS}/{name}").status == status

    def test_pages_follow_each_other(self, world: World, browser: Browser, post: Post, monkeypatch: Any) -> None:
        from chalicelib.entrypoints import pages_mails

        monkeypatch.setattr(pages_mails, "ROWS", 2)
        for number in range(3):
            world.clock.forward(seconds=1)
            arrived(post, f"Thư số {number}")
        [following] = [href for href in browser.open(MAILS).every("a", "href") if "tu=" in href]
        assert len(self.rows(browser.open(following.replace("../", "/")))) == 1

    def rows(self, page: Page) -> list[str]:
        return [href for href in page.every("a", "href") if "/thu-den/" in href]


class TestDeciding:
    @pytest.mark.parametrize("chosen", ["", "Số giấy chứng sinh là 123/2026"])
    def test_into_a_case_once(self, world: World, browser: Browser, post: Post, chosen: str) -> None:
        code = asked(world)
        page = browser.open(arrived(post))
        for _ in range(2):
            done = browser.send(page, "vao-ho-so", {"code": code, "content": chosen})
            assert (done.status, done.address) == (200, f"{MAILS}?xong=vao-ho-so")
        [(kind, texts, _)] = said(world, code)
        assert (kind, texts["content"]) == ("DetailsSupplied", chosen or WORDS)
        assert world.open(code)["timeline"][-1]["actor_name"] == "dtv01"
        assert "Đã đưa vào hồ sơ" in browser.open(page.address).words
        assert (post.waiting(), len(post.waiting("attached"))) == ([], 1)

    @pytest.mark.parametrize(
        ("code", "status", "words"),
        [
            ("", 422, "Mã hồ sơ: Xin điền mục này."),
            ("12", 422, "Mã hồ sơ: Không đúng định dạng"),
            ("482109375515", 404, "Mã hồ sơ không đúng"),
            ("482109375514", 404, "Không tìm thấy"),
        ],
    )
    def test_a_code_that_is_none_is_told_and_the_words_kept(
        self, browser: Browser, post: Post, code: str, status: int, words: str
    ) -> None:
        shown = browser.send(browser.open(arrived(post)), "vao-ho-so", {"code": code, "content": "Một phần"})
        assert (shown.status, words in shown.words) == (status, True), shown.words
        assert shown.forms["vao-ho-so"]["content"] == "Một phần"
        assert len(post.waiting()) == 1

    def test_dismissed_with_a_reason(self, browser: Browser, post: Post) -> None:
        page = browser.open(arrived(post))
        wordless = browser.send(page, "bo-qua", {"note": " "})
        assert (wordless.status, "Vì sao bỏ qua: Xin điền mục này." in wordless.words) == (422, True)
        done = browser.send(page, "bo-qua", {"note": "Thư quảng cáo"})
        assert (done.status, done.address) == (200, f"{MAILS}?xong=bo-qua")
        assert "Thư quảng cáo" in browser.open(f"{MAILS}?xem=da-bo-qua").words
        assert browser.open(page.address).forms.keys() == {"dang-xuat"}

    def test_what_another_decided_is_told(self, world: World, browser: Browser, post: Post) -> None:
        page = browser.open(arrived(post))
        other = at_desk(world, "operator:tong_dai:dtv02")
        other.send(other.open(page.address), "bo-qua", {"note": "Quảng cáo"})
        code = asked(world)
        for form, typed in (("bo-qua", {"note": "Quảng cáo"}), ("vao-ho-so", {"code": code})):
            shown = browser.send(page, form, typed)
            assert (shown.status, "Thư này đã được xử lý" in shown.words) == (409, True)
        assert said(world, code) == []


def test_nothing_written_is_markup(world: World, browser: Browser, post: Post) -> None:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"x <{HOA}>", NOWHERE, HOSTILE.replace("\n", "")
    made.set_content(f"{HOSTILE}\n{RLO}gnourt\n")
    made.add_attachment(b"x", maintype="text", subtype="plain", filename=f'{HOSTILE[:40]}".html')
    post.bring(post.put(made, NOWHERE))
    page = browser.open(f"{MAILS}/{post.waiting()[0]['id']}")
    assert "alert('x')" in page.words
    harmless(page)
    harmless(browser.send(page, "vao-ho-so", {"code": HOSTILE, "content": HOSTILE}))
    harmless(browser.send(page, "bo-qua", {"note": HOSTILE}))
    harmless(browser.open(f"{MAILS}?xem=da-bo-qua"))
