"""Debian's Chromium on the deployed application: one for the session, a context of its own a visitor."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.stack.conftest import Stack

from .matters import Matters, prepare
from .there import There, furnish

Visitor = Callable[..., Page]
NAMES = ("chromium", "chromium-browser", "google-chrome")
# It speaks to the application alone: nothing looks for updates, or answers in the application's name.
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser, or skip."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not program:
        pytest.skip("no browser: apt-get install chromium, or CHROMIUM=/path/to/chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def matters(chromium: Browser, stack: Stack) -> Matters:
    """What the pages show: cases in several states, made by the API."""
    return prepare(stack)


@pytest.fixture(scope="session")
def there(chromium: Browser, neighbour: Stack) -> There:
    """What the pages of the other centre show."""
    return furnish(neighbour)


@pytest.fixture
def visitor(chromium: Browser, stack: Stack) -> Iterator[Visitor]:
    """Give `visitor(width=360, javascript=True)`: somebody who has never been here."""
    yield from visitors(chromium, stack)


@pytest.fixture
def visitor_there(chromium: Browser, neighbour: Stack) -> Iterator[Visitor]:
    """Give `visitor_there(…)`: somebody at the other centre."""
    yield from visitors(chromium, neighbour)


def visitors(chromium: Browser, stack: Stack) -> Iterator[Visitor]:
    contexts = []

    def visitor(width: int = 360, *, javascript: bool = True) -> Page:
        phone = width < 600
        context = chromium.new_context(
            base_url=stack["base_url"],
            viewport={"width": width, "height": 740 if phone else 900},
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield visitor
    for context in contexts:
        context.close()
