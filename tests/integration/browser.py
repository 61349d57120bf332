"""A browser without JavaScript: it opens pages, follows their relative addresses, fills their forms in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

from chalice.test import Client

from app import app

FORM = "application/x-www-form-urlencoded"
VOID = frozenset({"meta", "link", "img", "input", "br"})


@dataclass
class Page(HTMLParser):
    """An answer: its status and headers, what it holds, and its forms by the last part of their address."""

    address: str
    status: int
    headers: Mapping[str, str]
    html: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._form: dict[str, str] = {}
        self.feed(self.html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "form":
            self._form = self.forms[str(given["action"]).rpartition("/")[2]] = {"": str(given["action"])}
        elif tag in ("input", "textarea", "select") and given.get("name"):
            self._form[str(given["name"])] = given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:  # which a feed closes, too
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "textarea":
            name = next(str(given["name"]) for tag, given in reversed(self.tags) if tag == "textarea")
            self._form[name] = data.removeprefix("\n")
        self.words += f" {data.strip()}" if data.strip() else ""

    def every(self, tag: str, attribute: str) -> list[str]:
        """Return the values of an attribute of every element of a kind."""
        return [str(given[attribute]) for name, given in self.tags if name == tag and attribute in given]


def open_page(
    address: str,
    *,
    method: str = "GET",
    body: bytes = b"",
    media_type: str = "",
    cookie: str = "",
    site: str = "",
    token: str = "",
) -> Page:
    """Ask for a page by its path; `site` is what a browser of today says of where it was led from."""
    given = {"Content-Type": media_type, "Cookie": cookie, "Sec-Fetch-Site": site}
    given |= {"Authorization": f"Bearer {token}"} if token else {}
    headers = {name: value for name, value in given.items() if value}
    with Client(app) as client:
        answer = client.http.request(method, address, headers=headers, body=body)
    return Page(address, answer.status_code, answer.headers, answer.body.decode())


def send(page: Page, form: str, *, cookie: str = "", site: str = "", **typed: Any) -> Page:
    """Fill a form of a page in and send it; what is not typed goes as the page has it."""
    fields = {name: value for name, value in page.forms[form].items() if name} | typed
    action = urljoin(page.address, page.forms[form][""])
    body = urlencode(fields).encode()
    return open_page(action, method="POST", body=body, media_type=FORM, cookie=cookie, site=site)
