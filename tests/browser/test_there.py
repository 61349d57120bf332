"""At the other centre: what it offers is folded by kind, and goes where its own rules say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Visitor
from .steps import MATTER, SEND, enter, fill, press
from .there import There, choose

WASTE = "Nhà văn hóa cũ của phường đóng cửa, bỏ không đã hai năm nay."


@pytest.mark.parametrize(("width", "javascript"), [(360, False), (1440, True)])
def test_a_kind_is_unfolded_chosen_and_sent(visitor_there: Visitor, there: There, width: int, javascript: bool) -> None:
    tab = visitor_there(width, javascript=javascript)
    choose(tab, "Phản ánh", "Tôi phản ánh hành vi lãng phí")
    fill(tab, MATTER | {"Nội dung": WASTE, "Địa chỉ liên hệ": ""})
    tab.locator("form[action$=gui]").evaluate("form => form.noValidate = true")
    press(tab, SEND)
    expect(tab.get_by_role("radio", name="Tôi phản ánh hành vi lãng phí")).to_be_checked()
    expect(tab.get_by_role("radio", name="Tôi phản ánh hành vi lãng phí")).to_be_visible()
    fill(tab, {"Địa chỉ liên hệ": "Ngõ 5, phường Yên Hòa"})
    press(tab, SEND)
    code = tab.locator(".code").first.inner_text().replace("-", "")
    desk = visitor_there(1440)
    enter(desk, there.user("operator"))
    desk.goto(f"/ban-lam-viec/ho-so/{code}")
    expect(desk.get_by_text("Phản ánh – Hành vi lãng phí")).to_be_visible()


def test_what_was_being_written_comes_back_with_its_kind_unfolded(visitor_there: Visitor) -> None:
    tab = visitor_there(360)
    choose(tab, "Yêu cầu dịch vụ hỗ trợ", "Tôi cần đo đạc bản đồ")
    fill(tab, {"Nội dung": "Tôi cần đo lại thửa đất."})
    tab.goto("/gui")
    expect(tab.get_by_role("radio", name="Tôi cần đo đạc bản đồ")).to_be_visible()
    expect(tab.get_by_role("radio", name="Tôi cần đo đạc bản đồ")).to_be_checked()
