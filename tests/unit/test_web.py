"""Templates and stylesheet of the pages, as far as they can be judged without a browser."""

from __future__ import annotations

import re
import unicodedata

import pytest
from jinja2 import StrictUndefined, UndefinedError

from chalicelib.web import assets
from chalicelib.web.filters import file_size, time_left
from chalicelib.web.rendering import TEMPLATES, environment, render
from tests.builders import REGULATION

FILES = sorted(TEMPLATES.glob("*.j2"))
STYLE = (assets.FOLDER / "style.css").read_text("utf-8")
DESK = (assets.FOLDER / "desk.css").read_text("utf-8")
# What is written in which colour on which, and what WCAG 2.2 asks of it: 4.5 of words (1.4.3), 3 of edges (1.4.11).
WRITTEN = [
    *((ink, paper, 4.5) for ink in ("ink", "soft", "red", "good", "amber") for paper in ("paper", "card")),
    ("ink", "wash", 4.5),
    ("red", "wash", 4.5),
    ("on-button", "button", 4.5),
    *((edge, paper, 3) for edge in ("edge", "focus", "red") for paper in ("paper", "card")),
]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


LIGHT = colours(STYLE.partition("@media")[0])
DARK = colours(STYLE.split("@media (prefers-color-scheme: dark)")[1].partition("\n}\n")[0])


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), WRITTEN)
def test_everybody_can_read_it(scheme: dict[str, str], ink: str, paper: str, least: float) -> None:
    assert contrast(scheme[ink], scheme[paper]) >= least


def test_both_schemes_have_the_same_colours_and_use_them_all() -> None:
    assert LIGHT.keys() == DARK.keys() == set(re.findall(r"var\(--([a-z-]+)\)", STYLE + DESK))


def test_the_contrast_is_that_of_the_standard() -> None:
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert contrast("#000000", "#ffffff") == 21


def test_nothing_is_loaded_from_elsewhere_and_files_are_small() -> None:
    for path in assets.FOLDER.iterdir():
        text = path.read_text("utf-8")
        assert path.suffix in assets.MEDIA_TYPES
        assert not re.search(r"url\(|@import|<script|href=", text), path
        assert len(text) < 16_000, path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_policy_of_its_headers(path: object) -> None:
    text = path.read_text("utf-8")  # type: ignore[attr-defined]
    assert unicodedata.is_normalized("NFC", text)
    inline = re.sub(r'<script src="{{ root }}static/{{ asset\("[a-z]+\.js"\) }}" defer></script>', "", text)
    assert not re.search(r"<script|<style|\bstyle=|\bon[a-z]+=|javascript:|\|\s*safe\b|autoescape", inline)
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', text):
        assert address.startswith(("{{ root }}", "#", "tel:", "mailto:")), address


def test_everything_is_escaped_and_nothing_may_be_missing() -> None:
    assert environment().autoescape is True
    assert environment().undefined is StrictUndefined
    made = render("refused", {"root": "./", "centre": REGULATION.centre, "heading": "<b>", "words": "&\"'"})
    assert "<b>" not in made
    assert "<h1>&lt;b&gt;</h1>" in made
    assert "&amp;&#34;&#39;" in made
    with pytest.raises(UndefinedError):
        render("refused", {"root": "./", "centre": REGULATION.centre, "words": "&"})


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (1024, "1 KB"), (348_000, "340 KB"), (1_048_576, "1,0 MB"), (1_300_000, "1,2 MB")]
)
def test_sizes_are_vietnamese(size: int, words: str) -> None:
    assert file_size(size) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (None, ""),
        (180, "còn 3 giờ làm việc"),
        (90.4, "còn 1 giờ 30 phút làm việc"),
        (0.6, "còn 1 phút làm việc"),
        (0.4, "đã đến hạn"),
        (0, "đã đến hạn"),
        (-45, "đã quá 45 phút làm việc"),
        (-60.0, "đã quá 1 giờ làm việc"),
    ],
)
def test_working_time_left_is_said_in_words(minutes: float | None, words: str) -> None:
    assert time_left(minutes) == words


def test_a_file_is_named_by_its_content() -> None:
    name = assets.named("style.css")
    found = assets.find(name)
    assert found is not None
    assert (found[0].text, found[1]) == (STYLE, True)
    assert assets.find(name.replace(".css", ".svg")) is None
    assert assets.find("style.css") is None
    with pytest.raises(KeyError):
        assets.named("none.css")
