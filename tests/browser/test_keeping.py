"""Pages of the desk that do something by themselves: numbers that keep up, a first day that is kept."""

from __future__ import annotations

from playwright.sync_api import expect

from .conftest import Visitor
from .matters import Matters
from .steps import enter


def test_the_leaderships_page_keeps_up_in_peace(visitor: Visitor, matters: Matters) -> None:
    """What changed is changed, what somebody is in is not, and it can be paused (WCAG 2.2.2)."""
    tab = visitor(1440)
    enter(tab, matters.user("leadership"))
    tab.clock.install()
    tab.goto("/ban-lam-viec/lanh-dao")
    open_cases, heading = tab.locator("#nhanh dd").first, tab.get_by_role("heading", level=1)
    tab.evaluate("document.querySelector('#nhanh dd').textContent = 'cũ'; document.querySelector('h1').tabIndex = -1")
    heading.evaluate("heading => { heading.textContent = 'đang đọc'; heading.focus() }")
    tab.clock.run_for(61_000)
    expect(open_cases).to_contain_text("hồ sơ")
    expect(heading).to_have_text("đang đọc")
    tab.get_by_role("button", name="Tạm dừng cập nhật").click()
    open_cases.evaluate("one => { one.textContent = 'cũ' }")
    tab.clock.run_for(180_000)
    expect(open_cases).to_have_text("cũ")
    expect(tab.get_by_role("button", name="Cập nhật mỗi phút")).to_be_visible()


def test_a_first_day_is_kept_on_the_device(visitor: Visitor, matters: Matters) -> None:
    tab = visitor(360)
    enter(tab, matters.user("operator"))
    tab.goto("/ban-lam-viec/tro-giup/ngay-dau")
    second = tab.get_by_role("checkbox").nth(1)
    second.check()
    tab.reload()
    expect(second).to_be_checked()
    expect(tab.get_by_role("checkbox").first).not_to_be_checked()
    tab.get_by_role("button", name="Làm lại từ đầu").click()
    tab.reload()
    expect(second).not_to_be_checked()
