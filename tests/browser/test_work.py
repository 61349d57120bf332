"""Cases at the desk, from the worklist to the board: operators, officers, the leadership, the administrator."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.files import PDF
from tests.stack.conftest import Client, Stack
from tests.stack.test_dead_letters import collect, lost
from tests.stack.test_main_job import PEOPLE, eventually

from .conftest import Visitor
from .matters import ANSWER, QUESTION, Matters, answered_case, at_work, many, sent
from .steps import enter, fill_from_template, open_case, open_way, press

CASES = "/ban-lam-viec/ho-so"


def at_desk(visitor: Visitor, matters: Matters, role: str, unit: str = "", width: int = 1440) -> Page:
    """Give the tab of somebody who has logged in."""
    tab = visitor(width)
    enter(tab, matters.user(role, unit))
    return tab


def find(tab: Page, code: str) -> None:
    """Go through a worklist until a case is there, and open it."""
    for _ in range(20):
        if (row := tab.locator(f"#r-{code} a")).count():
            row.click()
            return
        tab.get_by_role("link", name="Trang sau").click()
    raise AssertionError("it is not in the list")


def give(tab: Page, heading: str, button: str, **typed: str) -> None:
    """Fill the form of an action in, by the names of its fields, and send it."""
    form = open_way(tab, heading)
    for name, words in typed.items():
        form.locator(f"[name={name}]").fill(words)
    press(tab, button)


@pytest.mark.parametrize("width", [360, 1440])
def test_an_operator_answers_from_the_worklist(visitor: Visitor, stack: Stack, matters: Matters, width: int) -> None:
    with at_work(stack) as door:
        made = sent(door)
    tab = at_desk(visitor, matters, "operator", width=width)
    tab.goto("/ban-lam-viec")
    tab.get_by_role("navigation", name="Bàn làm việc").get_by_role("link", name="Hồ sơ", exact=True).click()
    find(tab, made.code)
    give(tab, "Trả lời người gửi", "Gửi trả lời", answer=ANSWER, **PEOPLE)
    expect(tab.get_by_text("Đã ghi nhận câu trả lời")).to_be_visible()
    open_case(tab, made.code, made.pin)
    expect(tab.get_by_text(ANSWER)).to_be_visible()


@pytest.mark.parametrize("javascript", [False, True])
def test_a_template_fills_the_answer(visitor: Visitor, matters: Matters, javascript: bool) -> None:
    tab = visitor(1440, javascript=javascript)
    enter(tab, matters.user("operator"))
    tab.goto(f"{CASES}/{matters.waiting.code}")
    fill_from_template(tab, "Giải đáp câu hỏi")
    expect(tab.locator("[name=answer]")).to_have_value(re.compile(r"^Thưa Ông/Bà .*\[…nội dung\]", re.DOTALL))


def test_a_wrong_forwarding_is_undone_at_once(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    with at_work(stack) as door:
        made = sent(door)
    tab = at_desk(visitor, matters, "operator", width=360)
    tab.goto(f"{CASES}/{made.code}")
    give(tab, "Chuyển bộ phận một cửa", "Chuyển")
    expect(tab.get_by_text("Đã chuyển bộ phận một cửa.")).to_be_visible()
    press(tab, "Hoàn tác việc chuyển")
    expect(tab.get_by_text("hồ sơ trở lại như trước khi chuyển")).to_be_visible()
    expect(tab.get_by_text("Mới tiếp nhận").first).to_be_visible()


def test_a_file_goes_with_an_answer(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    with at_work(stack) as door:
        made = sent(door)
    tab = at_desk(visitor, matters, "operator")
    tab.goto(f"{CASES}/{made.code}")
    form = open_way(tab, "Trả lời người gửi")
    form.locator("[type=file]").set_input_files({"name": "Mẫu.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(form.get_by_text("đã gửi lên")).to_be_visible()
    for name, words in {"answer": ANSWER, **PEOPLE}.items():
        form.locator(f"[name={name}]").fill(words)
    press(tab, "Gửi trả lời")
    expect(tab.get_by_role("link", name="Mẫu.pdf")).to_be_visible()


def test_a_long_worklist_keeps_its_place_and_its_filters(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    """More than two pages: what is due first stands first, no case twice, and a page loaded anew is the same page."""
    many(stack, 110)
    tab = at_desk(visitor, matters, "operator")
    tab.goto(CASES)
    tab.get_by_label("Loại", exact=True).select_option(label="Yêu cầu giải đáp thông tin")
    press(tab, "Lọc")
    rows = tab.locator("tbody th")
    seen = rows.all_inner_texts()
    assert len(seen) == 50
    expect(tab.locator(".urgency").first).to_have_text(re.compile("Còn |Quá "))
    for _ in range(2):
        tab.get_by_role("link", name="Trang sau").click()
        expect(tab).to_have_url(re.compile("loai=question.*tu="))
        expect(rows.first).not_to_have_text(seen[-50])
        seen += rows.all_inner_texts()
    assert len(seen) == len(set(seen)) > 100
    here, last = tab.url, rows.all_inner_texts()
    tab.get_by_role("link", name="Tải lại").click()
    expect(tab).to_have_url(here)
    assert rows.all_inner_texts() == last
    rows.nth(3).get_by_role("link").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"Hồ sơ {last[3]}")
    tab.go_back()
    assert rows.all_inner_texts() == last
    expect(tab.get_by_label("Loại", exact=True)).to_have_value("question")


def test_the_list_is_refreshed_in_its_place(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    with at_work(stack) as door:
        here = sent(door, field="giao_duc")
        tab = at_desk(visitor, matters, "operator")
        tab.goto(f"{CASES}?linh-vuc=giao_duc")
        tab.locator(f"#r-{here.code} a").focus()
        made = sent(door, field="giao_duc")
    tab.get_by_role("link", name="Tải lại").dispatch_event("click")
    expect(tab.locator(f"#r-{made.code} .new")).to_have_text("mới")
    expect(tab.locator(f"#r-{here.code} a")).to_be_focused()
    expect(tab).to_have_url(re.compile("linh-vuc=giao_duc$"))
    expect(tab.locator("[data-updated]")).to_contain_text("1 hồ sơ mới")


def test_an_answer_is_published_as_the_leadership_read_it(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    with at_work(stack) as door, at_work(stack, "operator") as desk:
        made = answered_case(door, desk, content="Tôi là Bùi Thị Hoa, số 0912 345 678, xin hỏi thủ tục khai sinh.")
    operator = at_desk(visitor, matters, "operator")
    operator.goto(f"{CASES}/{made.code}")
    form = open_way(operator, "Đề nghị công khai")
    draft = form.get_by_label("Câu hỏi được công khai")
    expect(draft).to_have_value(re.compile(r"xin hỏi thủ tục khai sinh"))
    expect(draft).not_to_have_value(re.compile(r"Bùi Thị Hoa|345 678"))
    press(operator, "Đề nghị công khai")
    expect(operator.get_by_text("lãnh đạo Trung tâm sẽ duyệt")).to_be_visible()

    leader = at_desk(visitor, matters, "leadership")
    leader.goto(f"{CASES}/{made.code}")
    expect(leader.get_by_role("heading", name="Câu hỏi được công khai")).to_be_visible()
    press(leader, "Duyệt, công khai đúng nội dung này")
    expect(leader.get_by_text("Đã duyệt công khai.")).to_be_visible()
    with at_work(stack) as door:
        eventually(lambda: "xin hỏi thủ tục khai sinh" in str(door.call("GET", "/v1/board")))


def test_two_operators_collide_and_nothing_typed_is_lost(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    with at_work(stack) as door:
        made = sent(door)
    quick, slow = (at_desk(visitor, matters, "operator") for _ in range(2))
    for tab in (quick, slow):
        tab.goto(f"{CASES}/{made.code}")
    give(quick, "Đề nghị người gửi bổ sung", "Gửi câu hỏi", question=QUESTION)
    give(slow, "Trả lời người gửi", "Gửi trả lời", answer=ANSWER, **PEOPLE)
    expect(slow.get_by_role("alert")).to_contain_text("Chưa ghi nhận được")
    expect(slow.get_by_text(ANSWER).or_(slow.locator("[name=answer]")).first).to_be_visible()
    assert ANSWER in slow.locator("main").inner_text() or slow.locator("[name=answer]").input_value() == ANSWER
    expect(slow.get_by_text(QUESTION).first).to_be_visible()


def test_two_at_one_case_know_of_each_other(visitor: Visitor, matters: Matters) -> None:
    first, second = (at_desk(visitor, matters, role) for role in ("operator", "leadership"))
    for tab in (first, second):
        with tab.expect_response("**/dang-xem"):
            tab.goto(f"{CASES}/{matters.waiting.code}")
    name = matters.user("operator")["username"]
    expect(second.get_by_text(f"{name} đang xem hồ sơ này")).to_be_visible()


def test_the_leadership_gives_its_opinion_and_the_case_goes_back(
    visitor: Visitor, stack: Stack, matters: Matters
) -> None:
    with at_work(stack) as door:
        made = sent(door)
    operator, leader = (at_desk(visitor, matters, role) for role in ("operator", "leadership"))
    operator.goto(f"{CASES}/{made.code}")
    give(operator, "Trình lãnh đạo Trung tâm", "Trình", reason="Không rõ cơ quan nào có thẩm quyền.")
    leader.goto("/ban-lam-viec/lanh-dao")
    expect(leader.get_by_role("heading", level=1)).to_contain_text("Tình hình lúc")
    asked = leader.get_by_role("region", name="Cần cho ý kiến")
    asked.get_by_role("link", name=re.compile(made.code[-4:])).click()
    give(leader, "Cho ý kiến", "Gửi ý kiến", opinion="Hướng dẫn người gửi đến Bảo hiểm xã hội.", leader="Lê Thị Minh")
    expect(leader.get_by_text("Đã ghi nhận ý kiến")).to_be_visible()
    operator.reload()
    expect(operator.get_by_text("Hướng dẫn người gửi đến Bảo hiểm xã hội.")).to_be_visible()
    expect(operator.get_by_role("heading", name="Trả lời người gửi")).to_be_visible()


def test_an_officer_answers_what_was_forwarded(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    with at_work(stack) as door:
        made = sent(door)
    operator = at_desk(visitor, matters, "operator")
    operator.goto(f"{CASES}/{made.code}")
    form = open_way(operator, "Chuyển bộ phận một cửa")
    expect(form).to_contain_text(
        "Đề xuất Sở Tư pháp. Theo Điều 7.3, 10.1.b: Cơ quan có thẩm quyền, chức năng về lĩnh vực này."
    )
    with operator.expect_navigation():
        form.get_by_role("button", name="Chuyển", exact=True).click()
    expect(operator.get_by_text("Đã chuyển bộ phận một cửa.")).to_be_visible()
    officer = at_desk(visitor, matters, "officer", "so_tu_phap")
    officer.goto(CASES)
    find(officer, made.code)
    give(officer, "Trả lời người gửi", "Gửi trả lời", answer=ANSWER, **PEOPLE)
    expect(
        officer.get_by_text("Hồ sơ hiện không chờ anh/chị làm gì.").or_(officer.get_by_role("status")).first
    ).to_be_visible()
    open_case(officer, made.code, made.pin)
    expect(officer.get_by_text(ANSWER)).to_be_visible()


def test_the_administrator_settles_what_did_not_arrive(
    visitor: Visitor, stack: Stack, aws: Client, matters: Matters
) -> None:
    body = json.dumps({"code": matters.waiting.code, "seq": 1, "type": "Received"})
    lost(stack, aws, "tallies", body)
    collect(stack, aws)
    tab = at_desk(visitor, matters, "administrator")
    tab.goto("/ban-lam-viec/quan-tri")
    tab.get_by_role("link", name="Thông điệp không đến nơi").click()
    press(tab, "Xem trước no_answer, hàng đợi tallies")
    expect(tab.get_by_role("status")).to_contain_text("Chưa có gì được gửi")
    with tab.expect_navigation():
        tab.get_by_role("status").get_by_role("button").click()
    expect(tab.get_by_role("status")).to_contain_text("Đã yêu cầu gửi lại")
    collect(stack, aws)
    tab.goto("/ban-lam-viec/quan-tri/thong-diep")
    expect(tab.get_by_text("Mọi thông điệp đều đã đến nơi")).to_be_visible()
