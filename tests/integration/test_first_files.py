"""Photos and documents that come with a new matter: sent by the form's script before the form, kept with its case."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest

from chalicelib.usecases.open_upload import OF_A_CALLER
from tests import files
from tests.integration.browser import FORM, Page, open_page, send
from tests.integration.desk import at_desk
from tests.integration.test_following import cookie_of, unlock
from tests.integration.test_sending import code_on, harmless_but_for_ours, typed
from tests.integration.uploads import declared, fetch_signed, fetched, kept, put
from tests.integration.world import AGENCY, OPERATOR, World

UNIT = "so_tu_phap"


def slip(form: Page, **said: Any) -> tuple[int, Any]:
    """Ask for leave as the script does: at the address that the page names."""
    [address] = [str(given["data-upload"]) for _, given in form.tags if "data-upload" in given]
    body = urlencode({**declared(files.PDF), **said}).encode()
    answer = open_page(urljoin(form.address, address), method="POST", body=body, media_type=FORM)
    return answer.status, json.loads(answer.html)


def uploaded(form: Page, content: bytes = files.PDF, **said: Any) -> str:
    status, told = slip(form, **{**declared(content), **said})
    assert (status, put(told, content)) == (201, 200)
    return str(told["id"])


def photographed(form: Page) -> str:
    photo = files.photo()
    return uploaded(form, photo, name="Hiện trường.jpg", media_type="image/jpeg")


@pytest.fixture
def form(world: World) -> Page:
    return open_page("/gui")


class TestAPhoto:
    def test_goes_with_the_matter_without_its_place(self, world: World, form: Page) -> None:
        sent = send(form, "gui", **typed(attachments=photographed(form)))
        assert "1 tệp" in sent.words
        code = code_on(sent)
        shown = unlock(world, code)
        assert "Hiện trường.jpg" in shown.words
        [link] = [href for href in shown.every("a", "href") if "/tep/" in href]
        away: Any = open_page(f"/theo-doi/{code}/tep/{link.rpartition('/')[2]}", cookie=cookie_of(shown))
        assert files.PLACE.encode() not in fetched(away.headers["Location"])[0]

    def test_is_seen_at_the_desk_and_told_to_the_agency(self, world: World, form: Page) -> None:
        photo = photographed(form)
        code = code_on(send(form, "gui", **typed(attachments=photo)))
        assert "Hiện trường.jpg" in at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}").words
        world.act(code, "forward", OPERATOR, {"unit": UNIT})
        world.act(code, "forward-to-agency", f"officer:{UNIT}:mc01")
        world.drain()
        [told] = world.agency_inbox(UNIT)
        assert [one["id"] for one in told["attachments"]] == [photo]
        assert fetch_signed(world, code, photo)[0] == 200

    def test_of_an_official_is_for_nobody_of_his_house(self, world: World, form: Page) -> None:
        photo = photographed(form)
        code = code_on(send(form, "gui", **typed(offer="conduct", attachments=photo)))
        world.act(code, "forward", OPERATOR, {"unit": UNIT})
        world.act(code, "forward-to-agency", f"officer:{UNIT}:mc01")
        for token, status in ((AGENCY, 404), (OPERATOR, 200)):
            assert world.call("GET", f"/v1/desk/cases/{code}/attachments/{photo}", token=token)[0] == status
        assert "Hiện trường.jpg" not in json.dumps(world.open(code, AGENCY), ensure_ascii=False)

    def test_sent_twice_is_kept_once(self, world: World, form: Page) -> None:
        photo = photographed(form)
        first, second = (send(form, "gui", **typed(attachments=photo)) for _ in range(2))
        assert code_on(first) == code_on(second)
        assert kept(world) == {f"cases/{code_on(first)}/{photo}"}

    def test_of_a_matter_that_is_not_kept_is_not_kept(self, world: World, form: Page) -> None:
        sent = send(form, "gui", **typed(content="TUYỆT MẬT\nSố 12 ngày 3 tháng 4", attachments=uploaded(form)))
        assert "không tiếp nhận" in sent.words
        assert kept(world) == set()

    def test_stays_with_the_form_when_something_else_is_missing(self, world: World, form: Page) -> None:
        photo = photographed(form)
        hurt = send(form, "gui", **typed(name="", attachments=photo))
        assert hurt.status == 422
        assert "đã gửi lên" in hurt.words
        code = code_on(send(hurt, "gui", **typed(attachments=hurt.forms["gui"]["attachments"])))
        assert kept(world) == {f"cases/{code}/{photo}"}


class TestNotTaken:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"media_type": "text/html"}, "Loại tệp này không được nhận"),
            ({"size": 99_000_000}, "Tệp quá lớn"),
            ({"sha256": "x"}, ""),
            ({"name": ""}, "Xin điền"),
        ],
    )
    def test_no_leave_for_what_may_not_come(self, form: Page, said: Any, words: str) -> None:
        status, told = slip(form, **said)
        assert status == 422
        assert words in told["title"]

    def test_no_form_of_another_shape_gets_leave(self, world: World) -> None:
        body = urlencode(declared(files.PDF)).encode()
        assert open_page("/gui/cho-tep/1", method="POST", body=body, media_type=FORM).status == 404

    @pytest.mark.parametrize("upload", ["of another form", "never sent", "broken", "too many", "of a case"])
    def test_is_told_at_its_field_and_keeps_the_words(self, world: World, form: Page, upload: str) -> None:
        ids = {
            "of another form": lambda: uploaded(open_page("/gui")),
            "never sent": lambda: "0" * 32,
            "broken": lambda: uploaded(form, b"%PDX", name="a.pdf"),
            "too many": lambda: " ".join(f"{number:032x}" for number in range(6)),
            "of a case": lambda: uploaded_to_a_case(world),
        }[upload]()
        hurt = send(form, "gui", **typed(attachments=ids))
        assert hurt.status == 422
        assert "#gui-attachments" in hurt.every("a", "href")
        assert hurt.forms["gui"]["content"] == typed()["content"]
        assert kept(world) == set()
        assert code_on(send(hurt, "gui", **typed(attachments="")))

    def test_hostile_names_are_harmless(self, world: World, form: Page) -> None:
        file = uploaded(form, name='"><script>alert(1)</script>.pdf')
        code = code_on(send(form, "gui", **typed(attachments=file)))
        harmless_but_for_ours(unlock(world, code))
        harmless_but_for_ours(send(form, "gui", **typed(attachments='"><script>')))

    def test_one_caller_does_not_fill_the_store(self, form: Page) -> None:
        for _ in range(OF_A_CALLER):
            assert slip(form)[0] == 201
        status, told = slip(form)
        assert status == 429
        assert "nhiều tệp" in told["title"]


def uploaded_to_a_case(world: World) -> str:
    """A file that waits for another case of the sender."""
    code = world.send()["code"]
    world.act(code, "request-details", OPERATOR, {"question": "Ảnh?"})
    body = declared(files.PDF)
    _, told = world.call("POST", f"/v1/cases/{code}/uploads", body, X_Case_Pin=world.deps.keys.pin(code))
    put(told, files.PDF)
    return str(told["id"])


def test_the_page_may_speak_with_the_store_and_nobody_else(world: World, form: Page) -> None:
    [allowed] = re.findall(r"connect-src 'self' (\S+);", form.headers["Content-Security-Policy"])
    assert slip(form)[1]["url"].startswith(f"{allowed}/")
    assert "chạy được phần gửi tệp" in form.words
