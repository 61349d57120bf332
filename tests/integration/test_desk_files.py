"""Files that go with an answer or a result from the page of a case: sent by the browser, named by the form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.files import PDF
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_desk_case_page import CASE, PATHS, PEOPLE, received, shown
from tests.integration.uploads import declared, put
from tests.integration.world import AGENCY, LEADER, OFFICER, OPERATOR, World


def ask(browser: Browser, page: Page, **said: Any) -> tuple[int, Any]:
    """Ask for leave as upload.js does: with what it knows of the file, and the seal of the form."""
    form = next(name for name in ("tra-loi", "ket-qua") if name in page.forms)
    code = page.address.rpartition("/")[2]
    page.forms["cho-tep"] = {"": f"{code}/cho-tep", "seal": page.forms[form]["seal"]}
    answer = browser.send(page, "cho-tep", declared(PDF) | said)
    assert answer.headers["Content-Type"] == "application/json"
    return answer.status, json.loads(answer.html)


@pytest.mark.parametrize(
    ("make", "token", "action", "words"),
    [
        (received, OPERATOR, "answer", {"answer": "Mẫu tờ khai gửi kèm."}),
        (World.at_officer, OFFICER, "answer", {"answer": "Mẫu tờ khai gửi kèm."}),
        (World.at_agency, AGENCY, "submit_result", {"result": "Biên bản gửi kèm."}),
    ],
)
def test_go_with_what_is_said(world: World, make: Any, token: str, action: str, words: dict[str, str]) -> None:
    code, browser = make(world), at_desk(world, token)
    page = browser.open(CASE + code)
    status, slip = ask(browser, page)
    assert (status, put(slip, PDF)) == (201, 200)
    done = browser.send(page, PATHS[action], words | PEOPLE | {"attachments": slip["id"]})
    assert done.status == 200
    [file] = world.open(code, LEADER)["timeline"][-1]["attachments"]
    assert file["name"] == "Biên bản.pdf"
    assert "Biên bản.pdf" in done.words


def test_the_page_may_speak_with_the_store_only_where_files_can_be_sent(world: World) -> None:
    code, store = received(world), world.deps.files.origin()
    policy = shown(world, code).headers["Content-Security-Policy"]
    assert f"connect-src 'self' {store}" in policy
    assert store not in shown(world, code, LEADER).headers["Content-Security-Policy"]
    assert "Trình duyệt này không chạy được phần gửi tệp" in shown(world, code).words


def test_a_file_that_was_never_sent_is_said_at_its_field(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    typed = {"answer": "Gửi kèm.", "attachments": "0" * 32} | PEOPLE
    refused = browser.send(browser.open(CASE + code), "tra-loi", typed)
    assert refused.status == 422
    assert "#tra-loi-attachments" in refused.every("a", "href")
    assert refused.forms["tra-loi"]["answer"] == "Gửi kèm."


def test_a_refusal_is_said_to_the_script(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    status, told = ask(browser, browser.open(CASE + code), media_type="text/html")
    assert (status, bool(told["title"])) == (422, True)
    page = browser.open(CASE + code)
    world.act(code, "refer", OPERATOR, {"reason": "Ngoài thẩm quyền."})
    assert ask(browser, page)[0] in (403, 409)
