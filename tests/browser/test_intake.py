"""A telephone call written down at the desk, without a mouse."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import Visitor
from .matters import ANSWER, Matters
from .steps import MATTER, Keys, enter, new_number, press, take_down

NEW = MATTER | {"Số điện thoại": "", "Nội dung": "Xin cho biết thủ tục cấp lại sổ bảo hiểm xã hội bị mất?"}
# A skilled typist's key takes 0.2 s (Card, Moran and Newell 1980: 55 words a minute), so a minute is 300 keys.
A_MINUTE = 300


def call(visitor: Visitor, matters: Matters, *, javascript: bool = True) -> Page:
    """Take the telephone."""
    tab = visitor(1440, javascript=javascript)
    enter(tab, matters.user("operator"))
    tab.goto("/ban-lam-viec/tiep-nhan")
    return tab


def heard(keys: Keys, number: str) -> None:
    """Write the sender and the matter down in the order of a call."""
    keys.type(number)
    keys.send("Enter")
    expect(keys.tab.get_by_label("Số điện thoại", exact=True)).to_have_value(number)
    for label in ("Họ và tên (hoặc tên tổ chức)", "Địa chỉ liên hệ"):
        keys.tab_to(label)
        keys.type(NEW[label])
    keys.tab_to("Loại nội dung")
    keys.strike("y")  # Yêu cầu giải đáp thông tin
    keys.tab_to("Lĩnh vực")
    keys.strike("b")  # Bảo hiểm
    keys.tab_to("Nội dung")
    keys.type(NEW["Nội dung"])


def test_a_call_is_forwarded_in_one_step_without_a_mouse(visitor: Visitor, matters: Matters) -> None:
    tab = call(visitor, matters)
    expect(tab.get_by_label("Số điện thoại", exact=True)).to_be_focused()
    keys = Keys(tab)
    heard(keys, new_number())
    keys.access("c")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã lưu và chuyển")
    expect(tab.locator(".facts")).to_contain_text("Bảo hiểm xã hội")
    keys.send("Enter")  # the focus is on the next call
    expect(tab.get_by_label("Số điện thoại", exact=True)).to_be_focused()
    assert keys.struck <= 25, "keys beside what is dictated"
    assert keys.struck + keys.letters <= A_MINUTE, "even if nothing is typed while the caller still speaks"


def test_a_call_is_answered_in_one_step_without_a_mouse(visitor: Visitor, matters: Matters) -> None:
    tab = call(visitor, matters)
    keys = Keys(tab)
    heard(keys, new_number())
    for label, words in (
        ("Câu trả lời", ANSWER),
        ("Người chịu trách nhiệm", "Trần Văn Bình"),
        ("Lãnh đạo phê duyệt", "Lê Thị Minh"),
    ):
        keys.tab_to(label)
        keys.type(words)
    keys.access("r")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã lưu và trả lời")
    expect(tab.locator(".facts")).to_contain_text("Đã trả lời")
    assert keys.struck <= 30, "keys beside what is dictated"


def test_a_sender_is_known_by_number_and_the_same_matter_is_shown_first(visitor: Visitor, matters: Matters) -> None:
    tab, number = call(visitor, matters), new_number()
    take_down(tab, "Lưu L", **{"Số điện thoại": number})
    first = tab.locator(".code").first.inner_text()
    tab.get_by_role("link", name="Cuộc gọi mới M").click()
    tab.get_by_label("Số điện thoại", exact=True).fill(number)
    tab.get_by_label("Số điện thoại", exact=True).press("Enter")
    known = tab.get_by_role("complementary", name="Người gửi")
    expect(known).to_contain_text(MATTER["Họ và tên (hoặc tên tổ chức)"])
    expect(known.get_by_role("link", name=first)).to_be_visible()
    expect(tab.get_by_label("Địa chỉ liên hệ", exact=True)).to_have_value(MATTER["Địa chỉ liên hệ"])

    again = {"Số điện thoại": number, "Nội dung": f"{MATTER['Nội dung']} Xin trả lời sớm."}
    take_down(tab, "Lưu L", **again)
    expect(tab.get_by_role("alert")).to_contain_text("Người gửi đã có hồ sơ gần giống")
    expect(known.get_by_role("listitem").filter(has_text=first)).to_contain_text("gần giống")
    expect(tab.get_by_label("Nội dung", exact=True)).to_have_value(re.compile("Xin trả lời sớm"))
    press(tab, "Lưu L")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã lưu")
    expect(tab.locator(".code").first).not_to_have_text(first)


def test_the_same_form_sent_twice_is_one_case(visitor: Visitor, matters: Matters) -> None:
    tab = call(visitor, matters, javascript=False)
    take_down(tab, "Lưu L", **{"Số điện thoại": new_number()})
    code = tab.locator(".code").first.inner_text()
    tab.reload()
    expect(tab.locator(".code").first).to_have_text(code)
