"""The measurements of shown.py see what is wrong; those of the pages could not fail otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from .shown import COLOURS, RULES, Shown

SOUND = "<!doctype html><html lang=vi><title>Trang</title><main><h1>Trang</h1>{}</main>"
OUTLINE = "<style>:focus { outline: 3px solid blue }</style>"


@pytest.fixture
def shown(chromium: Browser) -> Iterator[Shown]:
    with chromium.new_context() as context:
        yield Shown("made here", "", context.new_page())


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<input>", "label"),
        ("<p style='color: #aaa; background: #fff'>nhạt</p>", "color-contrast"),
        ("<div style='display: flex'><a href=/a style='width: 9px'>a</a><a href=/b style='width: 9px'>b</a></div>",
         "target-size"),
    ],
)  # fmt: skip
def test_axe_looks_for_all_of_wcag_2_2_aa(shown: Shown, html: str, rule: str) -> None:
    shown.tab.set_content(SOUND.format(html))
    assert [one["id"] for one in shown.judged(RULES).response["violations"]] == [rule]
    coloured = [one["id"] for one in shown.judged(COLOURS).response["violations"]]
    assert coloured == [one for one in [rule] if one == "color-contrast"]


def test_what_stands_out_is_named(shown: Shown) -> None:
    shown.tab.set_content(SOUND.format("<p style='width: 400px'>rộng</p>"))
    shown.sized(720)
    assert shown.too_wide() == []
    shown.sized(360)
    assert ["rộng" in one for one in shown.too_wide()] == [True]


def test_tab_finds_order_traps_and_hidden_focus(shown: Shown) -> None:
    controls = "<a href=/a>a</a><input type=date><input type=radio name=r><input type=radio name=r><button>b</button>"
    shown.tab.set_content(OUTLINE + SOUND.format(controls + "<details><summary>c</summary><a href=/d>d</a></details>"))
    found, visited = shown.tabbed()
    assert [one["at"] for one in visited] == [*range(len(found))] == [0, 1, 2, 3, 4]
    assert all(one["outlined"] and one["seen"] for one in visited)
    shown.tab.set_content(OUTLINE + SOUND.format("<a href=/a>a</a><button tabindex=1>b</button>"))
    assert [one["at"] for one in shown.tabbed()[1]] != [0, 1]
    bar = "<div style='position: fixed; inset: 0; background: white'></div>"
    shown.tab.set_content("<style>* { outline: none !important }</style>" + SOUND.format("<a href=/a>a</a>") + bar)
    [hidden] = shown.tabbed()[1]
    assert (hidden["outlined"], hidden["seen"]) == (False, False)


def test_complaints_and_strangers_are_heard(shown: Shown) -> None:
    shown.tab.route(
        "**", lambda route: route.fulfill(body="<p>ok", headers={"Content-Security-Policy": "img-src 'none'"})
    )
    shown.tab.goto("http://127.0.0.1/")
    shown.tab.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://stranger.example/x.png'}))")
    shown.tab.wait_for_timeout(100)
    assert any("stranger.example" in one for one in shown.complaints)
    shown.tab.evaluate("fetch('http://stranger.example/y')")
    assert any("stranger.example" in one for one in shown.requests)
