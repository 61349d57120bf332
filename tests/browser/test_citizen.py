"""What a citizen does from the first page to the last, on a telephone and at a desk, with and without JavaScript."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from tests.files import PLACE, photo
from tests.stack.conftest import Stack

from .conftest import Visitor
from .matters import ANSWER, QUESTION, answered_case, asked_case, at_work, code_told
from .pages import WHITE
from .steps import (
    MATTER,
    OPEN,
    PETITION,
    SEND,
    SUPPLY,
    ask_for_code,
    fill,
    give_code,
    open_case,
    press,
    send_anyway,
    send_matter,
)

pytestmark = [
    pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"]),
    pytest.mark.parametrize("width", [360, 1440]),
]
CODE = re.compile(r"\d{4}-\d{4}-\d{4}")


def test_a_matter_is_sent_and_followed(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/")
    tab.get_by_role("link", name="Gửi nội dung mới").click()
    offers = tab.get_by_role("group", name="Ông/Bà muốn gửi nội dung gì?").locator("label")
    expect(offers.filter(has_text="Ví dụ: ")).to_have_count(offers.count())
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
    expect(tab.get_by_role("heading", name="Có phải Ông/Bà muốn hỏi")).to_be_visible()
    send_anyway(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã gửi thành công")
    expect(tab.get_by_role("img", name="Mã QR")).to_have_js_property("complete", value=True)
    expect(tab.get_by_text("Dự kiến xử lý bước đầu trước")).to_be_visible()
    ticket = tab.locator(".code").all_inner_texts()
    tab.emulate_media(media="print")
    expect(tab.get_by_text(f"/theo-doi/{ticket[0].replace('-', '')}")).to_be_visible()
    expect(tab.locator(".screen").filter(visible=True)).to_have_count(0)
    tab.emulate_media(media="screen")
    tab.reload()  # the same form once more
    assert tab.locator(".code").all_inner_texts() == ticket

    code, pin = ticket
    assert CODE.fullmatch(code)
    tab.goto("/theo-doi")
    fill(tab, {"Mã hồ sơ": code.replace("-", " ")})
    press(tab, "Xem tiến độ")
    expect(tab.get_by_role("heading", level=1)).to_have_text(f"Hồ sơ {code}")
    expect(tab.get_by_text(MATTER["Nội dung"])).to_have_count(0)
    expect(tab.locator(".due")).to_contain_text(re.compile(r"Dự kiến .*, còn (\d+ giờ )?(\d+ phút )?làm việc"))
    expect(tab.get_by_role("list").filter(has_text="Mới tiếp nhận")).to_contain_text("Từ ")
    fill(tab, {"Mã PIN": pin})
    press(tab, OPEN)
    expect(tab.get_by_text(MATTER["Nội dung"])).to_be_visible()
    press(tab, "Đóng hồ sơ")
    expect(tab.get_by_label("Mã PIN")).to_be_visible()


def test_pressing_twice_sends_once(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    tab.goto("/gui")
    tab.get_by_role("radio", name="Tôi muốn hỏi").check()
    fill(tab, MATTER | {"Nội dung": "Vì sao loa truyền thanh kêu to lúc sáng sớm?"})
    sent: list[str] = []
    tab.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    with tab.expect_navigation():
        tab.get_by_role("button", name=SEND, exact=True).dblclick()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Đã gửi thành công")
    assert len(set(sent)) == 1, "one nonce: whatever was sent is one case"


def test_a_question_is_answered(visitor: Visitor, stack: Stack, width: int, javascript: bool) -> None:
    with at_work(stack) as door, at_work(stack, "operator") as desk:
        made = asked_case(door, desk)
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


def test_photos_are_sent_with_the_details(visitor: Visitor, stack: Stack, width: int, javascript: bool) -> None:
    with at_work(stack) as door, at_work(stack, "operator") as desk:
        made = asked_case(door, desk)
    tab = visitor(width, javascript=javascript)
    open_case(tab, made.code, made.pin)
    chosen = tab.get_by_label("Ảnh, giấy tờ kèm theo")
    if not javascript:
        expect(chosen).not_to_be_visible()
        expect(tab.locator("[data-upload-otherwise]")).to_be_visible()
        return
    chosen.set_input_files(
        [
            {"name": "Giấy chứng sinh.jpg", "mimeType": "image/jpeg", "buffer": photo()},
            {"name": "trang.html", "mimeType": "text/html", "buffer": b"<p>"},
        ]
    )
    expect(tab.get_by_text("Giấy chứng sinh.jpg: đã gửi lên")).to_be_visible()
    expect(tab.get_by_text("trang.html: Loại tệp này không được nhận")).to_be_visible()
    fill(tab, {"Nội dung bổ sung": "Tôi gửi ảnh giấy chứng sinh."})
    press(tab, SUPPLY)
    with tab.expect_download() as fetched:
        tab.get_by_role("link", name="Giấy chứng sinh.jpg").click()
    assert fetched.value.suggested_filename == "Giấy chứng sinh.jpg"
    assert PLACE.encode() not in fetched.value.path().read_bytes(), "where a photo was taken is nobody's business"


def test_an_answer_is_read_rated_and_looked_at_again(
    visitor: Visitor, stack: Stack, width: int, javascript: bool
) -> None:
    with at_work(stack) as door, at_work(stack, "operator") as desk:
        made = answered_case(door, desk)
    tab = visitor(width, javascript=javascript)
    tab.goto(f"/theo-doi/{made.code}")
    expect(tab.get_by_text(ANSWER)).to_have_count(0)
    open_case(tab, made.code, made.pin)
    expect(tab.get_by_text(ANSWER)).to_be_visible()
    tab.get_by_role("radio", name="Không hài lòng").check()
    fill(tab, {"Ý kiến thêm": "Chưa rõ lệ phí."})
    press(tab, "Gửi đánh giá")
    expect(tab.get_by_role("status")).to_contain_text("Đã ghi nhận đánh giá")
    expect(tab.get_by_text("Chưa rõ lệ phí.").first).to_be_visible()
    fill(tab, {"Điều chưa được trả lời thỏa đáng": "Tôi cần biết lệ phí."})
    press(tab, "Đề nghị xem xét lại")
    expect(tab.get_by_role("status")).to_contain_text("Hồ sơ được mở lại")
    expect(tab.get_by_text("Xem xét lại theo đề nghị")).to_be_visible()
    expect(tab.get_by_role("button", name="Đề nghị xem xét lại")).to_have_count(0)


def test_what_is_not_taken_is_told_where_to_go(visitor: Visitor, width: int, javascript: bool) -> None:
    tab = visitor(width, javascript=javascript)
    send_matter(tab, **{"Nội dung": PETITION})
    expect(tab.get_by_role("heading", level=1)).to_have_text("Tổng đài không tiếp nhận nội dung này")
    expect(tab.locator(".lead")).to_contain_text("(Điều 1.1.b)")
    expect(tab.get_by_role("region", name="Xin được hướng dẫn")).to_contain_text("cơ quan")
    expect(tab.locator(".code").first).to_have_text(CODE)


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


def test_a_procedure_is_named_while_a_question_is_written(visitor: Visitor, width: int, javascript: bool) -> None:
    """Given the kind that asks, when somebody stops typing, then a link stands there; not for other kinds."""
    tab = visitor(width, javascript=javascript)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.post_data or "") if "/v1/ask" in request.url else None)
    tab.goto("/gui")
    named = tab.locator("[data-ask] a")
    tab.get_by_label("Nội dung", exact=True).press_sequentially(MATTER["Nội dung"], delay=5)
    expect(named).to_be_hidden()
    tab.get_by_role("radio", name="Tôi muốn hỏi").check()
    if not javascript:
        expect(named).to_be_hidden()
        return
    expect(named).to_be_visible()
    expect(named).to_have_attribute("href", re.compile(r"/thu-tuc/"))
    assert len(asked) == 1
    assert set(json.loads(asked[0])) == {"question", "reword"}
    fill(tab, {"Nội dung": "Xin hỏi"})
    expect(named).to_be_hidden()


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
    send_anyway(tab)
    expect(tab.get_by_text("1 tệp", exact=True)).to_be_visible()
    code, pin = tab.locator(".code").all_inner_texts()
    open_case(tab, code.replace("-", ""), pin)
    expect(tab.get_by_role("link", name="Hiện trường.jpg")).to_be_visible()
    expect(tab.get_by_role("link", name="Nhầm.jpg")).to_have_count(0)


def test_all_cases_are_found_again(visitor: Visitor, stack: Stack, width: int, javascript: bool) -> None:
    """By the mail address beside a telephone, without any code of a case."""
    tab, mail = visitor(width, javascript=javascript), f"hoa{width}{javascript}@example.com"
    codes = []
    for _ in range(2):
        send_matter(tab, **{"Thư điện tử": mail})
        codes.append(tab.locator(".code").first.inner_text())
    ask_for_code(tab, mail)
    give_code(tab, code_told(stack, mail))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Hồ sơ của tôi")
    assert sorted(tab.get_by_role("heading", level=2).all_inner_texts()) == sorted(codes)
    press(tab, f"Mở hồ sơ {codes[0]}")
    expect(tab.get_by_text(MATTER["Nội dung"])).to_be_visible()
    tab.get_by_role("link", name="Xem các hồ sơ khác của tôi").click()
    press(tab, "Đóng hồ sơ của tôi")
    expect(tab.get_by_label("Số điện thoại hoặc thư điện tử")).to_be_visible()
