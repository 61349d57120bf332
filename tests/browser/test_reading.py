"""What anyone reads without sending anything: the board, the numbers, where to go; with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import Visitor
from .matters import ANSWER, EXACT, LOOSE, Matters
from .steps import fill, press

pytestmark = [
    pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"]),
    pytest.mark.parametrize("width", [360, 1440]),
]


def places(tab: Page) -> Locator:
    """Where one can go."""
    return tab.get_by_role("navigation", name="Các trang")


def test_the_board_is_searched_filtered_and_read(
    visitor: Visitor, matters: Matters, width: int, javascript: bool
) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/")
    places(tab).get_by_role("link", name="Hỏi đáp").click()
    found = tab.locator(".cards li h3")
    for spelt in ("hòa giải ở cơ sở", "hoa giai o co so", "HOÀ GIẢI ở cơ sở"):
        fill(tab, {"Tìm trong câu hỏi và câu trả lời": spelt})
        press(tab, "Tìm")
        assert {EXACT, LOOSE} <= {one.partition("\n")[0] for one in found.all_inner_texts()}, spelt
    expect(found.first).to_contain_text(EXACT)
    tab.get_by_label("Lĩnh vực").select_option(label="Y tế")
    press(tab, "Tìm")
    expect(found).to_have_count(0)
    expect(tab.get_by_text("Ông/Bà thử ít từ hơn")).to_be_visible()
    tab.get_by_label("Lĩnh vực").select_option(label="Giao thông")
    fill(tab, {"Tìm trong câu hỏi và câu trả lời": ""})
    press(tab, "Tìm")
    expect(tab).to_have_url(re.compile("linh-vuc=giao_thong"))
    expect(found.filter(has_not_text="giấy phép lái xe")).to_have_count(0)

    tab.get_by_role("link", name="Đổi giấy phép lái xe").first.click()
    expect(tab).to_have_url(re.compile(f"/cong-khai/{matters.posting}$"))
    expect(tab.get_by_text(ANSWER)).to_be_visible()
    expect(tab.get_by_text("Bùi Thị Hoa")).to_have_count(0)
    tab.get_by_role("link", name="Các câu trả lời khác").click()
    feed = tab.get_by_role("link", name="Nhận tin mới (Atom)").get_attribute("href")
    told = tab.request.get(f"/{feed}".replace("/./", "/"))
    assert told.headers["content-type"].startswith("application/atom+xml")
    assert matters.posting in told.text()


def test_the_numbers_are_a_picture_and_a_table(
    visitor: Visitor, matters: Matters, width: int, javascript: bool
) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/")
    places(tab).get_by_role("link", name="Thống kê").click()
    expect(tab.get_by_role("img").filter(visible=True).first).to_be_visible()
    expect(tab.get_by_role("table").first).to_contain_text(re.compile(r"\d"))


def test_where_to_go_and_when(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/")
    expect(tab.get_by_text(re.compile("Đang mở cửa, đến|Đang đóng cửa, mở lại lúc")).first).to_be_visible()
    places(tab).get_by_role("link", name="Liên hệ").click()
    expect(tab.get_by_text(re.compile("Đang mở cửa, đến|Đang đóng cửa, mở lại lúc")).first).to_be_visible()
    expect(tab.get_by_role("link", name="02183.1022").first).to_have_attribute("href", "tel:021831022")
    expect(tab.get_by_text("Sở Tư pháp").first).to_be_visible()
