"""Sending a matter on the page, without JavaScript: what is missing is asked for, what is sent twice is one case."""

from __future__ import annotations

import gzip
import re
from typing import Any
from urllib.parse import urljoin

import pytest

from chalicelib.domain.case import State
from chalicelib.domain.errors import UnavailableError
from chalicelib.web.filters import vn_time
from tests.integration.browser import Page, open_page, send
from tests.integration.test_pages import HOSTILE, addresses, harmless, open_asset
from tests.integration.world import SENDER, World

TYPED = {
    "offer": "question",
    "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì?",
    "field": "ho_tich",
    **SENDER,
}
CONTACT = ("tel:021831022", "mailto:tthcc@hoabinh.gov.vn")


def typed(**changes: str) -> dict[str, str]:
    """The form filled in; the box of organisations is not ticked."""
    return TYPED | {"sender_kind": "individual"} | changes


@pytest.fixture
def form(world: World) -> Page:
    return open_page("/gui")


def opening(world: World) -> str:
    """When the office opens next, as people write it."""
    return vn_time(world.deps.regulation.calendar.next_open(world.clock.now()))


def code_on(page: Page) -> str:
    found = re.search(r"\d{4}-\d{4}-\d{4}", page.words)
    assert found, page.words
    return found[0].replace("-", "")


class TestHome:
    def test_leads_to_everything_and_says_when_somebody_is_there(self, world: World) -> None:
        home = open_page("/")
        ways = ("./gui", "./theo-doi", "./cong-khai", "./thong-ke", "./lien-he", *CONTACT)
        assert set(ways) <= set(home.every("a", "href"))
        assert "Đang mở cửa, đến 11:30 hôm nay" in home.words
        world.clock.forward(hours=12)
        assert "Đang đóng cửa, mở lại lúc 07:30 thứ Tư, 25/11/2026" in open_page("/").words


class TestAnyPage:
    """What holds for each page that a citizen sees."""

    @pytest.fixture
    def shown(self, world: World, form: Page) -> list[Page]:
        sent = send(form, "gui", **typed())
        code = code_on(sent)
        opened = send(open_page(f"/theo-doi/{code}"), "mo", pin=world.deps.keys.pin(code))
        return [open_page("/"), form, send(form, "gui", **typed(offer="")), sent, open_page("/theo-doi"), opened]

    def test_with_everything_it_loads_is_small(self, shown: list[Page]) -> None:
        """60 KB, for a telephone far out."""
        for page in shown:
            loaded = {urljoin(page.address, one) for one in page.every("link", "href") + page.every("script", "src")}
            loaded |= {urljoin(page.address, one) for one in page.every("img", "src")}
            files = [open_asset(one).body for one in loaded]
            assert sum(len(gzip.compress(one)) for one in (page.html.encode(), *files)) < 60_000 / 4

    @pytest.mark.parametrize("prefix", ["", "/api"])
    def test_addresses_hold_behind_any_path(self, shown: list[Page], prefix: str) -> None:
        known = ("/static/", "/gui", "/theo-doi", "/ho-so-cua-toi", "/lien-he", "/cong-khai", "/thong-ke", "/thu-tuc")
        for page in shown:
            at = f"https://1022.test{prefix}{page.address}"
            leads = {urljoin(at, one).partition("#")[0] for one in addresses(page)} - {
                at,
                f"https://1022.test{prefix}/",
                *CONTACT,
            }
            assert [one for one in leads if not one.removeprefix(f"https://1022.test{prefix}").startswith(known)] == []


class TestSending:
    def test_makes_a_case_and_says_its_code_pin_and_time(self, world: World, form: Page) -> None:
        sent = send(form, "gui", **typed())
        code = code_on(sent)
        case = world.case(code)
        assert (sent.status, case.state, case.kind, case.field) == (201, State.RECEIVED, "question", "ho_tich")
        assert world.deps.keys.pin(code) in sent.words
        assert "10:00 ngày 23/11/2026 (thứ Hai)" in sent.words
        assert "1 giờ làm việc" in sent.words
        assert world.deps.cases.dossier(code).sender.name == SENDER["name"]

    @pytest.mark.parametrize("offer", ["question", "regulation", "conduct", "suggestion", "service"])
    def test_every_offer_is_a_kind_of_the_regulation(self, world: World, form: Page, offer: str) -> None:
        case = world.case(code_on(send(form, "gui", **typed(offer=offer))))
        wanted = world.deps.regulation.offers[offer]
        assert (case.kind, case.about) == (wanted.kind, wanted.about)
        assert all(text in form.words for text in (wanted.label, wanted.means, wanted.example))

    def test_out_of_hours_says_when_the_office_opens(self, world: World) -> None:
        world.clock.forward(hours=12)
        assert f"làm việc lại lúc {opening(world)}" in send(open_page("/gui"), "gui", **typed()).words

    def test_twice_is_one_case(self, world: World, form: Page) -> None:
        first, second = (send(form, "gui", **typed()) for _ in range(2))
        assert code_on(first) == code_on(second)

    def test_of_other_words_under_the_same_form_is_told_and_can_be_sent(self, world: World, form: Page) -> None:
        first = send(form, "gui", **typed())
        again = send(form, "gui", **typed(content="Tôi muốn hỏi thêm về lệ phí cấp lại giấy khai sinh."))
        assert again.status == 409
        assert "đã được gửi một lần" in again.words
        assert "lệ phí" in again.forms["gui"]["content"]
        third = send(again, "gui", **typed(content=again.forms["gui"]["content"]))
        assert code_on(third) != code_on(first)

    def test_what_no_service_takes_now_keeps_what_was_typed(self, world: World, form: Page, monkeypatch: Any) -> None:
        def down(_: Any) -> None:
            raise UnavailableError("store_unavailable", "Hệ thống đang bận, vui lòng thử lại")

        monkeypatch.setattr(world.deps.cases, "commit", down)
        kept = send(form, "gui", **typed())
        assert kept.status == 503
        assert kept.forms["gui"]["content"] == TYPED["content"]
        assert kept.forms["gui"]["nonce"] == form.forms["gui"]["nonce"]  # what was taken after all is taken once


class TestFaults:
    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"offer": ""}, "offer", "Xin chọn một loại"),
            ({"offer": "complaint"}, "offer", "Xin chọn một loại"),
            ({"content": " "}, "content", "Xin điền"),
            ({"content": "Hỏi"}, "content", "nội dung cụ thể"),
            ({"name": ""}, "name", "Xin cho biết họ và tên"),
            ({"address": ""}, "address", "Xin cho biết địa chỉ"),
            ({"phone": "", "email": ""}, "phone", "số điện thoại hoặc"),
            ({"phone": "12"}, "phone", "chưa đúng"),
            ({"email": "hoa"}, "email", "chưa đúng"),
            ({"field": "mars"}, "field", "lĩnh vực"),
        ],
    )
    def test_are_told_at_their_field_and_above(
        self, world: World, form: Page, changes: dict[str, str], field: str, words: str
    ) -> None:
        hurt = send(form, "gui", **typed(**changes))
        assert hurt.status == 422
        assert f"#gui-{field}" in hurt.every("a", "href")
        assert words in hurt.words
        assert hurt.forms["gui"]["name"] == typed(**changes)["name"]
        assert code_on(send(hurt, "gui", **typed()))

    def test_all_are_told_at_once(self, form: Page) -> None:
        hurt = send(form, "gui", offer="", content="", sender_kind="individual")
        assert {f"#gui-{name}" for name in ("offer", "content", "name", "address", "phone")} <= set(
            hurt.every("a", "href")
        )

    def test_hostile_words_are_harmless(self, world: World, form: Page) -> None:
        hostile = dict.fromkeys(("offer", "field", "name", "address", "phone", "email", "nonce"), HOSTILE)
        hurt = send(form, "gui", **typed(**hostile))
        assert hurt.status == 422
        harmless_but_for_ours(hurt)
        sent = send(form, "gui", **typed(name=HOSTILE, address=HOSTILE, content=f"Tôi muốn hỏi việc này {HOSTILE}"))
        harmless_but_for_ours(sent)


class TestNotTaken:
    def test_a_petition_is_refused_with_reason_article_and_guidance(self, world: World, form: Page) -> None:
        sent = send(form, "gui", **typed(content="ĐƠN TỐ CÁO\nTôi tố cáo cán bộ xã về việc thu tiền sai."))
        assert world.case(code_on(sent)).state is State.REFUSED
        rule = next(one for one in world.deps.regulation.eligibility if one.id == "petition_heading")
        assert rule.reason in sent.words
        assert rule.guidance in sent.words
        assert rule.article in sent.words

    def test_is_explained_before_anybody_writes(self, world: World, form: Page) -> None:
        refusals = [rule for rule in world.deps.regulation.eligibility if rule.outcome == "refuse"]
        assert all(rule.guidance in form.words for rule in refusals)


def harmless_but_for_ours(page: Page) -> None:
    """Scripts are files of ours; else as every page."""
    scripts = [given for tag, given in page.tags if tag == "script"]
    assert all(re.fullmatch(r"(\.\./|\./)+static/[a-z]+\.[0-9a-f]{12}\.js", str(one["src"])) for one in scripts)
    page.tags[:] = [(tag, given) for tag, given in page.tags if tag != "script"]
    harmless(page)
