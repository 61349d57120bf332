"""The desk's pages on the deployed stack, through the front door: Cognito's own tokens in cookies, and the way out."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest

from infra.accounts import PASSWORD

from .conftest import Stack
from .test_main_job import CASE, citizen

__all__ = ["citizen"]
WORKLIST, SIGN_IN = "/ban-lam-viec/ho-so", "/ban-lam-viec/dang-nhap"
ANSWER = {
    "answer": "Ông/Bà chuẩn bị tờ khai và giấy chứng sinh, nộp tại bộ phận một cửa.",
    "responsible_officer": "Trần Văn Bình",
    "approving_leader": "Lê Thị Minh",
}


class Browser:
    """Keeps cookies, follows what a form leads to."""

    def __init__(self, base_url: str) -> None:
        self._host, self.cookies, self.address = urlsplit(base_url).netloc, {}, "/"
        self.set: list[str] = []

    def open(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path)

    def send(self, action: str, fields: Mapping[str, str]) -> tuple[int, str]:
        return self._ask("POST", action, urlencode(fields))

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        door = http.client.HTTPConnection(self._host, timeout=60)
        door.request(method, path, body.encode(), headers)
        answer = door.getresponse()
        text, self.address = answer.read().decode(), path
        self.set = answer.headers.get_all("Set-Cookie") or []
        self._keep()
        door.close()
        if answer.status == 303:
            return self.open(urljoin(path, answer.headers["Location"]))
        return answer.status, text

    def _keep(self) -> None:
        for cookie in self.set:
            name, _, rest = cookie.partition("=")
            value = rest.partition(";")[0]
            self.cookies = {k: v for k, v in self.cookies.items() if k != name} | ({name: value} if value else {})

    def log_in(self, username: str) -> tuple[int, str]:
        return self.send(SIGN_IN, {"username": username, "password": PASSWORD, "wanted": ""})


def hidden(html: str, action: str) -> dict[str, str]:
    """Return what a form holds that nobody typed."""
    form = next(part for part in html.split("<form")[1:] if f'{action}"' in part.partition(">")[0])
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form.partition("</form>")[0])
    }


@pytest.fixture
def browser(stack: Stack) -> Browser:
    return Browser(stack["base_url"])


def test_from_the_log_in_over_the_worklist_to_the_answer(stack: Stack, citizen: Any, browser: Browser) -> None:
    made = citizen.send(CASE)
    code = made["code"]
    status, asked = browser.open(f"{WORKLIST}/{code}")
    assert (status, f'value="ban-lam-viec/ho-so/{code}"' in asked) == (401, True)
    assert browser.log_in("operator")[0] == 200
    assert {name: len(value) < 3800 for name, value in browser.cookies.items()} == {"access": True, "refresh": True}
    status, listed = browser.open(WORKLIST)
    assert (status, f"ho-so/{code}" in listed) == (200, True)
    status, page = browser.open(f"{WORKLIST}/{code}")
    assert (status, "Việc có thể làm" in page) == (200, True)
    status, done = browser.send(f"{WORKLIST}/{code}/tra-loi", hidden(page, "tra-loi") | ANSWER)
    assert (status, "✓ Đã ghi nhận câu trả lời" in done) == (200, True)
    assert citizen.progress(code)["state"] == "answered"


def test_a_cookie_opens_no_route_of_the_programs(browser: Browser) -> None:
    browser.log_in("operator")
    assert browser.open("/v1/desk/cases")[0] == 401


def test_a_lost_access_token_is_renewed_until_one_logs_out_everywhere(stack: Stack, browser: Browser) -> None:
    other = Browser(stack["base_url"])
    for one in (browser, other):
        one.log_in("officer.so_y_te")
    first = other.cookies.pop("access")
    assert other.open(WORKLIST)[0] == 200
    assert other.cookies["access"] not in ("", first)
    _, page = browser.open("/ban-lam-viec/tai-khoan")
    status, _ = browser.send("/ban-lam-viec/tai-khoan/dang-xuat-moi-noi", hidden(page, "dang-xuat-moi-noi"))
    assert (status, browser.address, browser.cookies) == (200, SIGN_IN, {})
    del other.cookies["access"]
    assert other.open(WORKLIST)[0] == 401


def test_a_session_ends_where_one_logs_out(stack: Stack, browser: Browser) -> None:
    browser.log_in("officer.so_y_te")
    kept = dict(browser.cookies)
    _, page = browser.open("/ban-lam-viec/tai-khoan")
    browser.send("/ban-lam-viec/tai-khoan/dang-xuat", hidden(page, "/dang-xuat"))
    assert browser.cookies == {}
    browser.cookies = {"refresh": kept["refresh"]}
    assert browser.open(WORKLIST)[0] == 401


def test_a_wrong_password_is_told_in_the_page(browser: Browser) -> None:
    status, page = browser.send(SIGN_IN, {"username": "operator", "password": "sai", "wanted": ""})
    assert (status, "Thông tin đăng nhập không đúng" in page, browser.cookies) == (401, True, {})
