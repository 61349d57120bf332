"""Following a case on its page: by code how far it has come, with the PIN everything, and no further by guessing."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest

from chalicelib.domain.actors import Sender
from chalicelib.domain.case import State
from tests.files import PDF, PLACE, photo
from tests.integration.browser import FORM, Page, open_page, send
from tests.integration.test_pages import HOSTILE, harmless
from tests.integration.test_sending import harmless_but_for_ours
from tests.integration.uploads import declared, fetched, put, uploaded
from tests.integration.world import ANSWER, CASE, OPERATOR, SENDER, World

SECRET = (CASE["content"], SENDER["name"], ANSWER["answer"])


def unlock(world: World, code: str, pin: str = "") -> Page:
    return send(open_page(f"/theo-doi/{code}"), "mo", pin=pin or world.deps.keys.pin(code))


def cookie_of(page: Page) -> str:
    return str(page.headers["Set-Cookie"]).partition(";")[0]


class TestByCode:
    def test_shows_who_has_it_since_when_and_until_when(self, world: World) -> None:
        code = world.at_agency()
        world.clock.forward(hours=2)
        page = open_page(f"/theo-doi/{code}")
        assert page.status == 200
        assert "Đang xác minh tại cơ quan: Sở Tư pháp" in page.words
        assert "còn 6 giờ làm việc" in page.words
        for label in ("Mới tiếp nhận", "Chuyển bộ phận một cửa", "Đang xác minh tại cơ quan"):
            assert label in page.words
        assert page.words.count("Từ 09:00 ngày 23/11/2026") == 3
        assert [words for words in SECRET if words in page.html] == []

    @pytest.mark.parametrize("way", ["/theo-doi/{}", "/theo-doi?ma={}"])
    def test_is_found_however_it_is_written(self, world: World, way: str) -> None:
        code = world.send()["code"]
        for written in (code, f"{code[:4]}-{code[4:8]}-{code[8:]}", f"{code[:4]}%20{code[4:8]}%20{code[8:]}"):
            assert "Mới tiếp nhận" in open_page(way.format(written)).words

    @pytest.mark.parametrize("wrong", ["1", "482109375513", "482109375514", "%3Cscript%3E", "a" * 90])
    def test_a_code_that_is_none_is_told_where_it_was_typed(self, world: World, wrong: str) -> None:
        page = open_page(f"/theo-doi?ma={wrong}")
        assert page.status == 404
        assert "Xin kiểm tra lại từng chữ số" in page.words
        harmless(page)

    def test_late_is_said_with_an_apology(self, world: World) -> None:
        code = world.at_agency()
        world.clock.forward(days=3)
        world.sweep()
        page = open_page(f"/theo-doi/{code}")
        assert "đã quá" in page.words
        assert "chân thành xin lỗi" in page.words

    def test_the_code_for_cameras_leads_to_the_page(self, world: World) -> None:
        import io

        import segno

        code = world.send()["code"]
        sent = open_page(f"/theo-doi/{code}/qr.svg")
        address = f"{world.deps.public_url.rstrip('/')}/theo-doi/{code}"
        assert sent.headers["Content-Type"] == "image/svg+xml"
        wanted = io.BytesIO()
        segno.make(address, error="m", micro=False).save(wanted, kind="svg", scale=4, light="#fff", xmldecl=False)
        drawn = re.findall(r' d="([^"]+)"', wanted.getvalue().decode())
        assert re.findall(r' d="([^"]+)"', sent.html) == drawn
        assert "<script" not in sent.html


class TestByPin:
    def test_shows_everything_and_remembers_it_for_this_case_only(self, world: World) -> None:
        code, other = world.answered(), world.answered()
        shown = unlock(world, code)
        assert all(words in shown.words for words in (CASE["content"], ANSWER["answer"], ANSWER["approving_leader"]))
        assert ANSWER["answer"] in open_page(f"/theo-doi/{code}", cookie=cookie_of(shown)).words
        assert ANSWER["answer"] not in open_page(f"/theo-doi/{other}", cookie=cookie_of(shown)).words

    def test_the_cookie_is_kept_from_scripts_strangers_and_other_pages(self, world: World) -> None:
        said = str(unlock(world, world.answered()).headers["Set-Cookie"])
        assert {"HttpOnly", "Secure", "SameSite=Strict", "Max-Age=1800"} <= set(said.split("; "))
        assert "Path" not in said  # so that it is for the folder of its own case, wherever the pages stand

    def test_the_cookie_ends_and_cannot_be_made(self, world: World) -> None:
        code = world.answered()
        cookie = cookie_of(unlock(world, code))
        mac = cookie.partition(".")[2]
        for forged in ("", "x", "9" * 40, f"9999999999.{mac}", "²."):
            assert ANSWER["answer"] not in open_page(f"/theo-doi/{code}", cookie=f"ho_so={forged}").words
        world.clock.forward(minutes=31)
        assert ANSWER["answer"] not in open_page(f"/theo-doi/{code}", cookie=cookie).words

    def test_can_be_closed(self, world: World) -> None:
        shown = unlock(world, world.answered())
        closed = send(shown, "dong", cookie=cookie_of(shown))
        assert "Max-Age=0" in closed.headers["Set-Cookie"]
        assert ANSWER["answer"] not in closed.words

    def test_a_wrong_one_is_told_at_the_field_and_shows_nothing(self, world: World) -> None:
        code = world.answered()
        wrong = unlock(world, code, "000000")
        assert wrong.status == 401
        assert "Mã hồ sơ hoặc mã PIN không đúng" in wrong.words
        assert "Set-Cookie" not in wrong.headers
        assert [words for words in SECRET if words in wrong.html] == []

    def test_an_empty_one_is_told_and_is_no_try(self, world: World) -> None:
        code = world.answered()
        for _ in range(6):
            assert send(open_page(f"/theo-doi/{code}"), "mo", pin="").status == 422
        assert ANSWER["answer"] in unlock(world, code).words

    def test_guessing_is_bounded_as_in_the_api(self, world: World) -> None:
        code = world.answered()
        for _ in range(5):
            unlock(world, code, "000000")
        locked = unlock(world, code)
        assert locked.status == 429
        assert "sai quá nhiều lần" in locked.words
        assert world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=world.deps.keys.pin(code))[0] == 429

    def test_a_case_that_is_none_answers_as_a_wrong_pin(self, world: World) -> None:
        body = b"pin=123456"
        answer = open_page(
            "/theo-doi/482109375514/mo", method="POST", body=body, media_type="application/x-www-form-urlencoded"
        )
        assert answer.status == 401
        assert "Mã hồ sơ hoặc mã PIN không đúng" in answer.words


class TestDetails:
    @pytest.fixture
    def asked(self, world: World) -> tuple[str, Page]:
        code = world.send(sender={"name": "Bùi Thị Hoa", "phone": "0912345678"})["code"]
        return code, unlock(world, code)

    def test_what_was_asked_for_lets_the_clock_go_on(self, world: World, asked: tuple[str, Page]) -> None:
        code, shown = asked
        assert world.deps.regulation.details["address"] in shown.words
        done = send(shown, "bo-sung", cookie=cookie_of(shown), address="Tổ 5, phường Phương Lâm")
        assert done.status == 200
        assert "Đã nhận thông tin bổ sung" in done.words
        assert world.case(code).state is State.RECEIVED
        assert world.deps.cases.dossier(code).sender == Sender(
            name="Bùi Thị Hoa", phone="+84912345678", address="Tổ 5, phường Phương Lâm"
        )

    def test_only_what_is_not_known_is_asked_for_openly(self, world: World, asked: tuple[str, Page]) -> None:
        _, shown = asked
        closed = shown.html.index("Sửa hoặc thêm thông tin liên hệ")
        unknown = [
            name for name in ("name", "address", "phone", "email") if shown.html.index(f'id="bo-sung-{name}"') < closed
        ]
        assert unknown == ["address"]

    def test_sent_twice_is_taken_once(self, world: World, asked: tuple[str, Page]) -> None:
        code, shown = asked
        for _ in range(2):
            assert send(shown, "bo-sung", cookie=cookie_of(shown), address="Tổ 5").status == 200
        names = [type(past.event).__name__ for past in world.deps.cases.dossier(code).history]
        assert names.count("DetailsSupplied") == 1

    def test_nothing_new_is_told(self, asked: tuple[str, Page]) -> None:
        _, shown = asked
        empty = send(shown, "bo-sung", cookie=cookie_of(shown))
        assert empty.status == 422
        assert "Vui lòng bổ sung nội dung" in empty.words

    def test_faults_keep_what_was_typed(self, asked: tuple[str, Page]) -> None:
        _, shown = asked
        hurt = send(shown, "bo-sung", cookie=cookie_of(shown), content=HOSTILE, email=HOSTILE, phone="12")
        assert hurt.status == 422
        assert hurt.forms["bo-sung"]["content"] == HOSTILE
        assert "#bo-sung-email" in hurt.every("a", "href")
        harmless_but_for_ours(hurt)

    def test_without_the_pin_nothing_is_taken_and_nothing_typed_is_lost(
        self, world: World, asked: tuple[str, Page]
    ) -> None:
        code, shown = asked
        over = send(shown, "bo-sung", address="Tổ 5, phường Phương Lâm")
        assert over.status == 401
        assert "Tổ 5, phường Phương Lâm" in over.words
        assert world.case(code).state is State.AWAITING_DETAILS


class TestUploads:
    """What the page's script does: it asks for leave with the cookie, sends to the store, names the ids in the form."""

    @pytest.fixture
    def asked(self, world: World) -> tuple[str, Page]:
        code = world.send()["code"]
        world.act(code, "request-details", OPERATOR, {"question": "Xin gửi ảnh hiện trường."})
        return code, unlock(world, code)

    def slip(self, page: Page, cookie: str, **said: Any) -> Page:
        [address] = [str(given["data-upload"]) for _, given in page.tags if "data-upload" in given]
        body = urlencode(said).encode()
        return open_page(urljoin(page.address, address), method="POST", body=body, media_type=FORM, cookie=cookie)

    def test_a_photo_goes_with_the_details_without_its_place(self, world: World, asked: tuple[str, Page]) -> None:
        code, shown = asked
        image, cookie = photo(), cookie_of(shown)
        slip = self.slip(shown, cookie, **declared(image, "Hiện trường.jpg", "image/jpeg"))
        told = json.loads(slip.html)
        assert (slip.status, put(told, image)) == (201, 200)
        done = send(shown, "bo-sung", cookie=cookie, content="Ảnh chụp sáng nay.", attachments=told["id"])
        assert "Hiện trường.jpg" in done.words
        [link] = [href for href in done.every("a", "href") if "/tep/" in href]
        away: Any = open_page(f"/theo-doi/{code}/tep/{link.rpartition('/')[2]}", cookie=cookie)
        assert PLACE.encode() not in fetched(away.headers["Location"])[0]

    def test_the_page_may_speak_with_the_store_and_nobody_else(self, world: World, asked: tuple[str, Page]) -> None:
        _, shown = asked
        told = json.loads(self.slip(shown, cookie_of(shown), **declared(PDF)).html)
        [allowed] = re.findall(r"connect-src 'self' (\S+);", shown.headers["Content-Security-Policy"])
        assert told["url"].startswith(f"{allowed}/")
        for other in (open_page(shown.address.removesuffix("/mo")), unlock(world, world.answered())):
            assert "connect-src 'self';" in other.headers["Content-Security-Policy"]

    def test_no_leave_without_the_pin(self, asked: tuple[str, Page]) -> None:
        _, shown = asked
        refused = self.slip(shown, "", **declared(PDF))
        assert refused.status == 401
        assert "PIN" in json.loads(refused.html)["title"]

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"media_type": "text/html"}, "Loại tệp này không được nhận"),
            ({"size": 99_000_000}, "Tệp quá lớn"),
            ({"size": "x"}, ""),
            ({"sha256": HOSTILE}, ""),
            ({"name": ""}, "Xin điền"),
        ],
    )
    def test_what_is_not_taken_is_said(self, asked: tuple[str, Page], said: Any, words: str) -> None:
        _, shown = asked
        refused = self.slip(shown, cookie_of(shown), **{**declared(PDF), **said})
        assert refused.status == 422
        assert words in json.loads(refused.html)["title"]

    def test_an_upload_that_never_came_is_told_and_keeps_the_words(self, asked: tuple[str, Page]) -> None:
        _, shown = asked
        hurt = send(shown, "bo-sung", cookie=cookie_of(shown), content="Ảnh đây.", attachments="0" * 32)
        assert hurt.status == 422
        assert "Không có tệp này" in hurt.words
        assert hurt.forms["bo-sung"]["content"] == "Ảnh đây."

    def test_not_when_nothing_is_asked(self, world: World) -> None:
        code = world.answered()
        shown = unlock(world, code)
        assert [given for _, given in shown.tags if "data-upload" in given] == []
        body = urlencode(declared(PDF)).encode()
        asked = open_page(
            f"/theo-doi/{code}/cho-tep", method="POST", body=body, media_type=FORM, cookie=cookie_of(shown)
        )
        assert asked.status == 409


class TestFiles:
    def test_of_the_answer_are_fetched_with_the_pin_only(self, world: World) -> None:
        code = world.send()["code"]
        file = uploaded(world, code, PDF, token=OPERATOR)
        world.act(code, "answer", OPERATOR, ANSWER | {"attachments": [file]})
        shown = unlock(world, code)
        [link] = [href for href in shown.every("a", "href") if "/tep/" in href]
        address = f"/theo-doi/{code}/tep/{link.rpartition('/')[2]}"
        away: Any = open_page(address, cookie=cookie_of(shown))
        assert away.status == 303
        assert "X-Amz-Signature" in away.headers["Location"]
        assert open_page(address).status == 401
        assert open_page(f"/theo-doi/{code}/tep/{'0' * 32}", cookie=cookie_of(shown)).status == 404


class TestAPageOpenedAnew:
    """By a telephone that was short of memory: the address of a form, without the form."""

    @pytest.mark.parametrize("form", ["mo", "vao", "dong", "bo-sung", "danh-gia", "xem-xet-lai"])
    def test_shows_the_case_as_far_as_the_cookie_goes(self, world: World, form: str) -> None:
        code = world.answered()
        cookie = cookie_of(unlock(world, code))
        assert ANSWER["answer"] in open_page(f"/theo-doi/{code}/{form}", cookie=cookie).words
        without = open_page(f"/theo-doi/{code}/{form}")
        assert (without.status, ANSWER["answer"] in without.words) == (200, False)

    @pytest.mark.parametrize("form", ["ma", "mo", "dong"])
    def test_asks_for_number_or_address(self, world: World, form: str) -> None:
        assert "ma" in open_page(f"/ho-so-cua-toi/{form}").forms
