"""A citizen's browser on the deployed stack, by the front door and below the stage's path: send, follow, rate."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode, urljoin

import pytest

from tests.integration.browser import FORM, Page

from .conftest import Client, Stack
from .test_main_job import PEOPLE, SENDER, citizen, staff

__all__ = ["citizen", "staff"]  # fixtures
TYPED = {
    "offer": "question",
    "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì?",
    "field": "ho_tich",
    **SENDER,
}


class Browser:
    """Keeps cookies as browsers do; http on this machine is as good as https, as it is to them."""

    def __init__(self) -> None:
        jar = CookieJar(DefaultCookiePolicy(secure_protocols=("https", "http")))
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def open(self, address: str, body: bytes | None = None) -> Page:
        """Open a page, or send a form to it."""
        asked = urllib.request.Request(address, body, {"Content-Type": FORM} if body is not None else {})
        try:
            answer: Any = self._opener.open(asked)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Page(address, answer.status, answer.headers, answer.read().decode())

    def send(self, page: Page, form: str, **typed: str) -> Page:
        """Fill a form in and send it to where the page says."""
        fields = {name: value for name, value in page.forms[form].items() if name} | typed
        return self.open(urljoin(page.address, page.forms[form][""]), urlencode(fields).encode())

    def follow(self, page: Page, ending: str) -> Page:
        """Follow the link of a page whose address ends so."""
        [href] = {one for one in page.every("a", "href") if one.endswith(ending)}
        return self.open(urljoin(page.address, href))


@pytest.fixture(params=["front door", "stage"])
def first_page(request: pytest.FixtureRequest, stack: Stack, aws: Client) -> str:
    if request.param == "front door":
        return f"{stack['base_url']}/"
    [api] = [one for one in aws("apigateway").get_rest_apis()["items"] if stack["stage"] in one["name"]]
    return f"{stack['endpoint_url']}/restapis/{api['id']}/api/_user_request_/"


def test_from_sending_to_rating(first_page: str, staff: Callable[..., Any]) -> None:
    browser = Browser()
    home = browser.open(first_page)
    assert browser.open(urljoin(first_page, next(iter(home.every("link", "href"))))).status == 200
    known = browser.send(browser.follow(home, "gui"), "gui", **TYPED, sender_kind="individual")
    assert (known.status, "Có phải Ông/Bà muốn hỏi" in known.words) == (200, True)  # the catalogue has the answer
    sent = browser.send(known, "gui", **TYPED, sender_kind="individual")
    assert sent.status == 201
    [pin] = re.findall(r"\b\d{6}\b", sent.words)
    code = next(iter(re.findall(r"\d{4}-\d{4}-\d{4}", sent.words))).replace("-", "")
    [drawing] = [src for src in sent.every("img", "src") if src.endswith("qr.svg")]
    assert browser.open(urljoin(sent.address, drawing)).html.startswith("<svg")
    followed = browser.follow(sent, f"theo-doi/{code}")
    assert "Mới tiếp nhận" in followed.words
    assert TYPED["content"] not in followed.words
    staff("operator").act(code, "answer", answer="Nộp tại UBND xã.", **PEOPLE)
    opened = browser.send(browser.open(followed.address), "mo", pin=pin)
    assert "Nộp tại UBND xã." in opened.words
    rated = browser.send(opened, "danh-gia", rating="not_satisfied", comment="Chưa rõ lệ phí")
    assert "Đã ghi nhận đánh giá" in rated.words
    assert "Hồ sơ được mở lại" in browser.send(rated, "xem-xet-lai", reason="Tôi hỏi cả lệ phí").words
    assert (
        "Tôi hỏi cả lệ phí" in browser.open(followed.address).words
    )  # the browser kept what the PIN was answered with
    assert "Tôi hỏi cả lệ phí" not in Browser().open(followed.address).words
