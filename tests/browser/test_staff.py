"""What an agency does by the link in its mail, and the staff at the desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.stack.by_mail import reply_link
from tests.stack.conftest import Stack
from tests.stack.test_main_job import PEOPLE

from .conftest import Visitor
from .matters import ANSWER, Matters, sent_case
from .steps import answer_by_link, fill_from_template, log_in, open_case, press


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1440, True)])
def test_an_agency_answers_by_its_link(visitor: Visitor, stack: Stack, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    link = reply_link(stack)
    tab.goto(link)
    tab.get_by_text("Nhận xử lý", exact=True).click()
    press(tab, "Xác nhận đã nhận")
    expect(tab.get_by_role("heading", level=1)).to_be_visible()
    answer_by_link(tab, link)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Đã ghi nhận kết quả xử lý")
    answer = tab.goto(link)
    assert answer
    assert answer.status == 410


@pytest.mark.parametrize("width", [360, 1440])
def test_the_staff_log_in_where_they_wanted_to_go_and_out(visitor: Visitor, matters: Matters, width: int) -> None:
    tab = visitor(width)
    user = matters.user("operator")
    log_in(tab, user, "không đúng")
    expect(tab.get_by_role("alert")).to_contain_text("không đúng")
    tab.goto("/ban-lam-viec/tai-khoan")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đăng nhập bàn làm việc")
    tab.get_by_label("Tên đăng nhập").fill(user["username"])
    tab.get_by_label("Mật khẩu").fill(user["password"])
    tab.get_by_label("Mật khẩu").press("Enter")
    expect(tab).to_have_url(re.compile("/ban-lam-viec/tai-khoan$"))
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Tài khoản")
    press(tab, "Đăng xuất")
    tab.goto("/ban-lam-viec/tai-khoan")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đăng nhập bàn làm việc")


@pytest.mark.parametrize("width", [360, 1440])
def test_an_operator_answers_from_the_worklist(visitor: Visitor, stack: Stack, matters: Matters, width: int) -> None:
    made = sent_case(stack)
    tab = visitor(width)
    log_in(tab, matters.user("operator"))
    tab.get_by_role("link", name="Hồ sơ", exact=True).click()
    tab.locator(f"#r-{made.code} a").click()
    tab.get_by_role("heading", name="Trả lời người gửi", exact=True).click()
    form = tab.locator("details[open]").filter(has_text="Gửi nguyên văn đến người gửi.").first
    for name, words in {"answer": ANSWER, **PEOPLE}.items():
        form.locator(f"[name={name}]").fill(words)
    press(tab, "Gửi trả lời")
    expect(tab.get_by_text("Đã ghi nhận câu trả lời")).to_be_visible()
    open_case(tab, made.code, made.pin)
    expect(tab.get_by_text(ANSWER)).to_be_visible()


def test_the_list_is_refreshed_in_its_place(visitor: Visitor, stack: Stack, matters: Matters) -> None:
    tab = visitor(1440)
    log_in(tab, matters.user("operator"))
    tab.goto("/ban-lam-viec/ho-so?linh-vuc=ho_tich")
    tab.locator(f"#r-{matters.waiting.code} a").focus()
    made = sent_case(stack)
    tab.get_by_role("link", name="Tải lại").dispatch_event("click")
    expect(tab.locator(f"#r-{made.code} .new")).to_have_text("mới")
    expect(tab.locator(f"#r-{matters.waiting.code} a")).to_be_focused()
    expect(tab).to_have_url(re.compile("linh-vuc=ho_tich$"))
    expect(tab.locator("[data-updated]")).to_contain_text("1 hồ sơ mới")


def test_two_at_one_case_know_of_each_other(visitor: Visitor, matters: Matters) -> None:
    first, second = visitor(1440), visitor(1440)
    for tab, role in ((first, "operator"), (second, "leadership")):
        log_in(tab, matters.user(role))
        with tab.expect_response("**/dang-xem"):
            tab.goto(f"/ban-lam-viec/ho-so/{matters.waiting.code}")
    name = matters.user("operator")["username"]
    expect(second.get_by_text(f"{name} đang xem hồ sơ này")).to_be_visible()


@pytest.mark.parametrize("javascript", [False, True])
def test_a_template_fills_the_answer(visitor: Visitor, matters: Matters, javascript: bool) -> None:
    tab = visitor(1440, javascript=javascript)
    log_in(tab, matters.user("operator"))
    tab.goto(f"/ban-lam-viec/ho-so/{matters.waiting.code}")
    fill_from_template(tab, "Giải đáp câu hỏi")
    expect(tab.locator("[name=answer]")).to_have_value(re.compile(r"^Thưa Ông/Bà .*\[…nội dung\]", re.DOTALL))
