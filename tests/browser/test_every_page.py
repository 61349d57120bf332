"""What holds for every page of pages.py and there.py, as a browser sees it. Pictures of them lie in .build/screens/."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from . import there
from .conftest import visitors
from .pages import PAGES
from .shown import COLOURS, RULES, Shown

SCREENS = Path(__file__).parents[2] / ".build" / "screens"
WIDTHS, SCHEMES = (360, 1440), ("light", "dark")
HEAVIEST = 60 * 1024
FOR_ALL = {
    "contact",
    "statistics",
    "board",
    "board-search",
    "board-nothing",
    "posting",
    "procedures",
    "procedures-search",
    "procedure",
    "there-contact",
}  # the same for everyone: may be kept a minute


@pytest.fixture(scope="module", params=[*PAGES, *there.PAGES])
def shown(request: Any, chromium: Browser) -> Iterator[Shown]:
    """Give a page as its first visitor sees it; every page once, for all tests of it."""
    way = PAGES.get(request.param) or there.PAGES[request.param]
    whose = ("stack", "matters") if request.param in PAGES else ("neighbour", "there")
    stack, made = map(request.getfixturevalue, whose)
    with contextmanager(visitors)(chromium, stack) as visitor:
        page = Shown(request.param, stack["base_url"], visitor(1440))
        way(page.tab, made)
        yield page


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_everyone_can_use_it(shown: Shown, width: int, scheme: Any) -> None:
    shown.sized(width, scheme)
    SCREENS.mkdir(parents=True, exist_ok=True)
    shown.tab.screenshot(path=SCREENS / f"{shown.name}-{width}-{scheme}.png", full_page=True)
    found = shown.judged(RULES if scheme == "light" else COLOURS)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 360, 720, 1440])  # 320: 1280 at 400 % (WCAG 1.4.10); 720: 1440 at 200 %
def test_nothing_stands_out_of_the_window(shown: Shown, width: int) -> None:
    shown.sized(width)
    assert shown.too_wide() == []


def test_it_loads_from_here_alone_and_without_complaint(shown: Shown) -> None:
    assert [url for url in shown.requests if not url.startswith(shown.base_url)] == []
    broken = [one.url for one in shown.answers if one.status >= 400 and not one.request.is_navigation_request()]
    assert (broken, shown.complaints) == ([], [])


def test_it_comes_with_its_headers(shown: Shown) -> None:
    headers = shown.document.headers
    allowed = headers["content-security-policy"]
    assert allowed.startswith("default-src 'none'; ")
    assert "unsafe" not in allowed
    assert "frame-ancestors 'none'" in allowed
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == ("public, max-age=60" if shown.name in FOR_ALL else "no-store")


def test_it_is_light(shown: Shown) -> None:
    weight = shown.weight()
    assert len(weight) > 1, "a page has its stylesheet"
    assert sum(weight.values()) <= HEAVIEST, weight


@pytest.mark.parametrize("width", WIDTHS)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(shown: Shown, width: int) -> None:
    shown.sized(width)
    controls, visited = shown.tabbed()
    assert [controls[one["at"]] for one in visited] == controls
    assert [controls[one["at"]] for one in visited if not one["outlined"] or not one["seen"]] == []
