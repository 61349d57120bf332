"""What a citizen does from the first page to the last, on a telephone and at a desk, with and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.files import photo
from tests.stack.conftest import Stack

from .conftest import Visitor
from .matters import ANSWER, QUESTION, Matters, asked_case
from .pages import WHITE
from .steps import MATTER, OPEN, SEND, SUPPLY, fill, open_case, press, send_matter

pytestmark = [
    pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"]),
    pytest.mark.parametrize("width", [360, 1440]),
]
CODE = re.compile(r"\d{4}-\d{4}-\d{4}")


def test_a_matter_is_sent_and_followed(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/")
    tab.get_by_role("link", name="Gửi nội dung mới").click()
    tab.get_by_role("radio", name="Tôi muốn hỏi").check()
    fill(tab, MATTER | {"Số điện thoại": "12", "Họ và tên (hoặc tên tổ chức)": WHITE})
    press(tab, SEND)
    faults = tab.get_by_role("alert")
    expect(faults).to_be_focused()
    expect(faults.get_by_role("link")).to_have_count(2)
    faults.get_by_role("link", name="Số điện thoại").click()
    expect(tab.get_by_label("Số điện thoại", exact=True)).to_have_value("12")
    expect(tab.get_by_label("Nội dung", exact=True)).to_have_value(MATTER["Nội dung"])
    expect(tab.get_by_role("radio", name="Tôi muốn hỏi")).to_be_checked()

    fill(tab, {name: MATTER[name] for name in ("Số điện thoại", "Họ và tên (hoặc tên tổ chức)")})
    press(tab, SEND)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã gửi thành công")
    expect(tab.get_by_role("img", name="Mã QR")).to_have_js_property("complete", value=True)
    ticket = tab.locator(".code").all_inner_texts()
    tab.reload()  # the same form once more
    assert tab.locator(".code").all_inner_texts() == ticket

    code, pin = ticket
    assert CODE.fullmatch(code)
    tab.goto("/theo-doi")
    fill(tab, {"Mã hồ sơ": code.replace("-", " ")})
    press(tab, "Xem tiến độ")
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"Hồ sơ {code}")
    expect(tab.get_by_text(MATTER["Nội dung"])).to_have_count(0)
    fill(tab, {"Mã PIN": pin})
    press(tab, OPEN)
    expect(tab.get_by_text(MATTER["Nội dung"])).to_be_visible()
    press(tab, "Đóng hồ sơ")
    expect(tab.get_by_label("Mã PIN")).to_be_visible()


def test_pressing_twice_sends_once(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/gui")
    tab.get_by_role("radio", name="Tôi muốn hỏi").check()
    fill(tab, MATTER)
    sent: list[str] = []
    tab.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    with tab.expect_navigation():
        tab.get_by_role("button", name=SEND, exact=True).dblclick()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã gửi thành công")
    assert len(set(sent)) == 1, "one nonce: whatever was sent is one case"


def test_a_question_is_answered(visitor: Visitor, stack: Stack, width: int, javascript: bool) -> None:
    made = asked_case(stack)
    tab = visitor(width, javascript=javascript)
    open_case(tab, made.code, "000000" if made.pin != "000000" else "111111")
    expect(tab.get_by_role("alert")).to_contain_text("không đúng")
    expect(tab.get_by_text(QUESTION)).to_have_count(0)
    open_case(tab, made.code, made.pin)
    expect(tab.get_by_text(QUESTION)).to_be_visible()
    fill(tab, {"Nội dung bổ sung": "Thôn Đồng Tâm, số nhà 12."})
    press(tab, SUPPLY)
    expect(tab.get_by_role("status")).to_contain_text("Đã nhận thông tin bổ sung")
    expect(tab.get_by_text("Thôn Đồng Tâm, số nhà 12.")).to_be_visible()
    tab.goto(f"/theo-doi/{made.code}")  # the PIN was given: the cookie says so
    expect(tab.get_by_text("Thôn Đồng Tâm, số nhà 12.")).to_be_visible()


def test_an_answer_is_read(visitor: Visitor, matters: Matters, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto(f"/theo-doi/{matters.answered.code}")
    expect(tab.get_by_text(ANSWER)).to_have_count(0)
    open_case(tab, matters.answered.code, matters.answered.pin)
    expect(tab.get_by_text(ANSWER)).to_be_visible()


def test_a_draft_is_kept_where_scripts_run(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/gui")
    fill(tab, {"Nội dung": "Đang viết dở", "Họ và tên (hoặc tên tổ chức)": "Bùi Thị Hoa"})
    tab.goto("/gui")
    expect(tab.get_by_label("Nội dung", exact=True)).to_have_value("Đang viết dở" if javascript else "")
    expect(tab.get_by_label("Họ và tên (hoặc tên tổ chức)")).to_have_value("")
    send_matter(tab)
    tab.goto("/gui")
    expect(tab.get_by_label("Nội dung", exact=True)).to_have_value("")


def test_a_photo_goes_with_the_matter_where_scripts_run(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/gui")
    chooser = tab.get_by_label("Ảnh, giấy tờ kèm theo, nếu có")
    if not javascript:
        expect(chooser).to_be_hidden()
        expect(tab.get_by_text("Trình duyệt này không chạy được phần gửi tệp")).to_be_visible()
        return
    for name in ("Nhầm.jpg", "Hiện trường.jpg"):
        chooser.set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": photo()})
        expect(tab.get_by_text(f"{name}: đã gửi lên")).to_be_visible()
    tab.get_by_role("button", name="Bỏ tệp này").first.click()
    tab.get_by_role("radio", name="Tôi muốn hỏi").check()
    fill(tab, MATTER)
    press(tab, SEND)
    expect(tab.get_by_text("1 tệp", exact=True)).to_be_visible()
    code, pin = tab.locator(".code").all_inner_texts()
    open_case(tab, code.replace("-", ""), pin)
    expect(tab.get_by_role("link", name="Hiện trường.jpg")).to_be_visible()
    expect(tab.get_by_role("link", name="Nhầm.jpg")).to_have_count(0)
