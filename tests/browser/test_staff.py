"""What an agency does by the link in its mail, and the staff at the desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.stack.by_mail import reply_link
from tests.stack.conftest import Stack

from .conftest import Visitor
from .matters import Matters
from .steps import answer_by_link, enter, log_in, press


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


def test_no_script_and_no_stranger_reads_the_session(visitor: Visitor, matters: Matters) -> None:
    tab = visitor(1440)
    log_in(tab, matters.user("officer"))
    kept = tab.context.cookies()
    assert len(kept) == 2
    assert {(one["httpOnly"], one["sameSite"], one["expires"]) for one in kept} == {(True, "Strict", -1)}
    assert tab.evaluate("document.cookie") == ""


def test_roles_see_only_what_they_may(visitor: Visitor, matters: Matters) -> None:
    tab = visitor(1440)
    enter(tab, matters.user("officer"))
    tab.goto("/ban-lam-viec/ho-so")
    places = tab.get_by_role("navigation", name="Bàn làm việc")
    for place in ("Lãnh đạo", "Quản trị", "Tiếp nhận"):
        expect(places.get_by_role("link", name=place)).to_have_count(0)
    for path in ("lanh-dao", "quan-tri", "tiep-nhan"):
        answer = tab.goto(f"/ban-lam-viec/{path}")
        assert answer
        assert answer.status == 403
    expect(tab.get_by_role("heading", level=1)).to_have_text("Chưa thực hiện được yêu cầu")


def test_logging_out_everywhere_ends_every_browser(visitor: Visitor, matters: Matters) -> None:
    user = matters.user("agency", "buu_dien_tinh")  # whom no other test logs in
    here, there = visitor(1440), visitor(360)
    for tab in (here, there):
        log_in(tab, user)
        tab.goto("/ban-lam-viec/tai-khoan")
        expect(tab.get_by_role("heading", level=1)).to_contain_text("Tài khoản")
    press(here, "Đăng xuất ở mọi nơi")
    for cookie in there.context.cookies():
        if "access" in cookie["name"]:  # good for an hour at most: then the other one must be renewed, and cannot be
            there.context.clear_cookies(name=cookie["name"])
    for tab in (here, there):
        tab.goto("/ban-lam-viec/tai-khoan")
        expect(tab.get_by_role("heading", level=1)).to_have_text("Đăng nhập bàn làm việc")
