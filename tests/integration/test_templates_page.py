"""A form of the case page is filled from the centre's templates; what was typed stays, and no gap reaches anybody."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.entrypoints.pages_drafts import FILLING
from tests.integration.browser import Page
from tests.integration.desk import Browser, at_desk
from tests.integration.test_desk_case_page import CASE, CONDUCT, PATHS, PEOPLE, received
from tests.integration.world import AGENCY, LEADER, OFFICER, OPERATOR, SENDER, World
from tests.integration.world import CASE as MATTER

GAP = "[…"


def fill(browser: Browser, page: Page, action: str, template: str, **typed: Any) -> Page:
    """Press the button beside the list of templates: it sends the form to an address of its own."""
    page.forms[PATHS[action]][""] = page.forms[PATHS[action]][""].replace(PATHS[action], FILLING + PATHS[action])
    return browser.send(page, PATHS[action], {"template": template, **typed})


def test_a_template_fills_the_form_and_does_nothing(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    version = world.case(code).version
    page = fill(browser, browser.open(CASE + code), "answer", "thu_tuc_hanh_chinh")
    text = page.forms["tra-loi"]["answer"]
    assert page.status == 200
    assert all(known in text for known in (SENDER["name"], str(MATTER["title"]), "02183.1022"))
    assert GAP in text
    assert "Đã điền mẫu “Hướng dẫn thủ tục hành chính”" in page.words
    assert "Chưa" not in page.words.partition("–")[0]
    assert world.case(code).version == version
    assert SENDER["name"] not in page.address


def test_what_was_typed_is_kept_whichever_is_chosen(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    typed = {"answer": "Nộp tại phòng 5, tầng 2."} | PEOPLE
    page = fill(browser, browser.open(CASE + code), "answer", "giai_dap", **typed)
    assert "Nộp tại phòng 5, tầng 2." in page.forms["tra-loi"]["answer"]
    assert {name: page.forms["tra-loi"][name] for name in PEOPLE} == PEOPLE
    page = fill(browser, page, "answer", "huong_dan_noi_khac")
    assert "Nộp tại phòng 5, tầng 2." in page.forms["tra-loi"]["answer"]


def test_one_chosen_by_mistake_makes_room_for_the_next(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    page = fill(browser, browser.open(CASE + code), "answer", "thu_tuc_hanh_chinh")
    page = fill(browser, page, "answer", "giai_dap")
    assert "Thành phần hồ sơ" not in page.forms["tra-loi"]["answer"]


def test_no_gap_is_sent(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    page = fill(browser, browser.open(CASE + code), "answer", "giai_dap", answer="Nộp tại một cửa.", **PEOPLE)
    refused = browser.send(page, "tra-loi")
    assert (refused.status, world.case(code).state) == (422, "received")
    assert "Còn chỗ chưa điền: […số, ngày và tên văn bản]" in refused.words
    whole = refused.forms["tra-loi"]["answer"].replace("[…số, ngày và tên văn bản]", "Luật Hộ tịch")
    assert browser.send(refused, "tra-loi", {"answer": whole}).status == 200
    assert world.open(code)["timeline"][-1]["texts"]["answer"] == whole


@pytest.mark.parametrize("template", ["", "khong_co", "khieu_nai_to_cao"])
def test_what_is_no_template_of_the_form_is_said(world: World, template: str) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    page = fill(browser, browser.open(CASE + code), "answer", template, answer="Nộp tại một cửa.")
    assert (page.status, page.forms["tra-loi"]["answer"]) == (422, "Nộp tại một cửa.")
    assert "Xin chọn một mẫu" in page.words


def test_who_reported_an_official_is_not_named_to_his_house(world: World) -> None:
    code = world.at_agency(**CONDUCT)
    world.act(code, "decline", AGENCY, {"reason": "Thuộc sở khác."})
    browser = at_desk(world, OFFICER)
    for template in dict(browser_templates(browser.open(CASE + code))):
        page = fill(browser, browser.open(CASE + code), "answer", template)
        assert page.status == 200
        assert SENDER["name"] not in page.html


def browser_templates(page: Page) -> list[tuple[str, str]]:
    """Read the list of the answer's form."""
    inside, found = False, []
    for tag, given in page.tags:
        inside = given.get("id") == "tra-loi-template" if tag == "select" else inside
        if inside and tag == "option" and given["value"]:
            found.append((str(given["value"]), ""))
    assert found
    return found


def test_where_the_case_went_on_what_was_typed_can_be_copied(world: World) -> None:
    code, browser = received(world), at_desk(world, OPERATOR)
    page = browser.open(CASE + code)
    world.act(code, "refer", OPERATOR, {"reason": "Ngoài thẩm quyền."})
    over = fill(browser, page, "answer", "giai_dap", answer="Nộp tại phòng 5, tầng 2.")
    assert (over.status, "Nộp tại phòng 5, tầng 2." in over.words) == (409, True)


def test_who_may_not_read_the_case_is_told_nothing(world: World) -> None:
    code = world.at_officer()
    page = at_desk(world, OFFICER).open(CASE + code)
    assert fill(at_desk(world, LEADER), page, "answer", "giai_dap").status == 403
    other = at_desk(world, "officer:so_y_te:mc07")
    page.forms["tra-loi"]["seal"] = other.open(CASE + world.at_officer("so_y_te")).forms["tra-loi"]["seal"]
    refused = fill(other, page, "answer", "giai_dap")
    assert (refused.status, SENDER["name"] in refused.words) == (403, False)
