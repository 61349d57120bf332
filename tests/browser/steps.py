"""What people do on pages, by the words they see."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from unicodedata import normalize

from playwright.sync_api import Locator, Page

MATTER = {
    "Nội dung": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần giấy tờ gì, nộp ở đâu?",
    "Họ và tên (hoặc tên tổ chức)": "Bùi Thị Hoa",
    "Địa chỉ liên hệ": "Tổ 5, phường Phương Lâm, thành phố Hòa Bình",
    "Số điện thoại": "0912 345 678",
    "Thư điện tử": "",
}
_sessions: dict[tuple[str, str], Any] = {}  # cookies by centre and log-in name
PETITION = "Đơn khiếu nại\nTôi khiếu nại quyết định thu hồi đất của gia đình tôi."
SEND_ANYWAY = "Vẫn gửi nội dung"
SEND, OPEN, SUPPLY = "Gửi nội dung", "Mở hồ sơ", "Gửi thông tin bổ sung"


def fill(tab: Page, typed: dict[str, str]) -> None:
    """Fill fields in by their labels."""
    for label, words in typed.items():
        tab.get_by_label(label, exact=True).fill(words)


def press(tab: Page, button: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).click()


def send_matter(tab: Page, *, once: bool = False, **typed: str) -> None:
    """Fill the form for a matter in and send it; `typed` by label; `once`: what the catalogue says is left to see."""
    tab.goto("/gui")
    tab.get_by_role("radio", name="Tôi muốn hỏi").check()
    fill(tab, MATTER | typed)
    press(tab, SEND)
    if not once:
        send_anyway(tab)


def send_anyway(tab: Page) -> None:
    """Send a question though the catalogue has said something to it."""
    if tab.get_by_role("heading", name="Có phải Ông/Bà muốn hỏi").count():
        press(tab, SEND_ANYWAY)


def open_way(tab: Page, heading: str) -> Locator:
    """Open the form of something that can be done with a case, on its page, if it is not; return it."""
    title = tab.get_by_role("heading", name=heading, exact=True)
    way = tab.locator("details").filter(has=title)
    if way.get_attribute("open") is None:
        title.click()
    return way


def take_down(tab: Page, button: str, **typed: str) -> None:
    """Write a call down at the desk and press a button; `typed` by label."""
    tab.get_by_label("Loại nội dung", exact=True).select_option(label="Yêu cầu giải đáp thông tin")
    fill(tab, {name: words for name, words in MATTER.items() if words} | typed)
    press(tab, button)


def new_number() -> str:
    """Return a telephone number that nobody has called from."""
    return f"09{secrets.randbelow(10**8):08}"


def open_case(tab: Page, code: str, pin: str) -> None:
    """Open a case with its PIN."""
    tab.goto(f"/theo-doi/{code}")
    fill(tab, {"Mã PIN": pin})
    press(tab, OPEN)


def ask_for_code(tab: Page, contact: str) -> None:
    """Ask for the one-time code that shows all cases of a number or address."""
    tab.goto("/ho-so-cua-toi")
    fill(tab, {"Số điện thoại hoặc thư điện tử": contact})
    press(tab, "Gửi mã cho tôi")


def give_code(tab: Page, digits: str) -> None:
    """See all cases by the code that came."""
    fill(tab, {"Mã xem hồ sơ": digits})
    press(tab, "Xem hồ sơ của tôi")


def enter(tab: Page, user: dict[str, str]) -> None:
    """Be a member of the staff who has logged in before: one session for all who do not end it."""
    who = user.get("centre", ""), user["username"]
    if who in _sessions:
        tab.context.add_cookies(_sessions[who])
    else:
        log_in(tab, user)
        _sessions[who] = tab.context.cookies()


def log_in(tab: Page, user: dict[str, str], password: str = "") -> None:
    """Log a member of the staff in."""
    tab.goto("/ban-lam-viec/dang-nhap")
    fill(tab, {"Tên đăng nhập": user["username"], "Mật khẩu": password or user["password"]})
    press(tab, "Đăng nhập")


def fill_from_template(tab: Page, template: str) -> None:
    """Fill the answer to the sender, on the page of a case, from a template."""
    tab.get_by_role("heading", name="Trả lời người gửi", exact=True).click()
    form = tab.locator("form[action$='/tra-loi']")
    form.get_by_label("Mẫu", exact=True).select_option(label=template)
    form.get_by_role("button", name="Điền mẫu", exact=True).click()
    tab.get_by_text(f"Đã điền mẫu “{template}”").wait_for()


def preview_publication(tab: Page) -> None:
    """See on the page of a case what would be taken out of a changed draft."""
    tab.get_by_role("heading", name="Đề nghị công khai", exact=True).click()
    fill(tab, {"Câu hỏi được công khai": "Tôi ở số 5 đường Cù Chính Lan, tổ 5, số 0912 345 678, hỏi về khai sinh."})
    press(tab, "Xem trước bản đã sửa")


def answer_by_link(tab: Page, link: str, **typed: str) -> None:
    """Give an agency's result by its link; `typed` by label."""
    tab.goto(link)
    result = {
        "Kết quả xử lý": "Đã kiểm tra và trả lời người gửi: hồ sơ đủ, hẹn trả ngày 30/11.",
        "Cán bộ chịu trách nhiệm nội dung": "Trần Văn Bình",
        "Lãnh đạo phê duyệt": "Lê Thị Minh",
    }
    fill(tab, result | typed)
    press(tab, "Gửi kết quả xử lý")


def announce(tab: Page, **typed: str) -> None:
    """On the calendar's page, look at what an announcement of a day off would do; `typed` by label."""
    tab.get_by_text("Thông báo ngày nghỉ, ngày làm bù, giờ đóng cửa").click()
    tab.get_by_label("Thông báo", exact=True).select_option("day_off")
    day = datetime.now(UTC) + timedelta(days=30)
    fill(tab, {"Từ ngày": f"{day:%Y-%m-%d}", "Lý do": "Nghỉ tránh bão số 12"} | typed)
    press(tab, "Xem trước")


def register_key(tab: Page, jwk: str) -> None:
    """On an agency's page, register a key."""
    tab.get_by_text("Thay khóa: đăng ký khóa mới").click()
    fill(tab, {"Khóa công khai (JWK)": jwk, "Có giá trị đến hết ngày": "2027-11-22"})
    press(tab, "Đăng ký khóa")


def add_unit(tab: Page, name: str) -> None:
    """On the page of the agencies, add a unit."""
    tab.get_by_role("heading", name="Thêm đơn vị").click()
    fill(tab, {"Mã đơn vị": "so_moi", "Tên đơn vị": name, "Thư điện tử của đơn vị": "so-moi@tongdai.example"})
    press(tab, "Thêm đơn vị")


class Keys:
    """Somebody without a mouse: `letters` are keys for what was said to them, `struck` whatever else they press."""

    def __init__(self, tab: Page) -> None:
        self.tab, self.letters, self.struck = tab, 0, 0

    def type(self, words: str) -> None:
        """Write down what is said; by Telex each mark is a key, đ is two, and a capital has one more."""
        self.tab.keyboard.type(words)
        self.letters += len(normalize("NFD", words)) + sum((char in "đĐ") + char.isupper() for char in words)

    def strike(self, *keys: str) -> None:
        """Press keys one after the other; a chord is one."""
        for key in keys:
            self.tab.keyboard.press(key)
        self.struck += len(keys)

    def send(self, key: str) -> None:
        """Press a key and wait for the page that it leads to."""
        with self.tab.expect_navigation():
            self.strike(key)

    def access(self, letter: str) -> None:
        """Press an access key; Chromium takes it from the letter that a keyboard sends, which Playwright's does not."""
        said = {"type": "char", "modifiers": 1, "text": letter, "unmodifiedText": letter}
        with self.tab.expect_navigation():
            self.tab.context.new_cdp_session(self.tab).send("Input.dispatchKeyEvent", said)
        self.struck += 1

    def tab_to(self, label: str) -> None:
        """Press Tab until a field has the focus."""
        field = self.tab.get_by_label(label, exact=True)
        for _ in range(30):
            if field.evaluate("one => one === document.activeElement"):
                return
            self.strike("Tab")
        raise AssertionError(f"Tab does not come to {label}")
