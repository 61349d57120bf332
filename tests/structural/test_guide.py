"""The help pages and the keyboard map say what the pages do: the same words, the same keys, every role."""

from __future__ import annotations

import re

import pytest

from chalicelib.domain.regulation import Regulation
from chalicelib.entrypoints.desk import places
from chalicelib.entrypoints.identity import STAFF
from chalicelib.web import labels
from chalicelib.web.keys import KEYS
from chalicelib.web.rendering import TEMPLATES
from tests.builders import REGULATION

GUIDES = ("guide", "first_day", "keyboard")
FILES = {path.name.removesuffix(".html.j2"): path.read_text("utf-8") for path in TEMPLATES.glob("*.j2")}
PAGES = {name: text for name, text in FILES.items() if not name.startswith(GUIDES)}
SAID = sorted(
    {quoted for name, text in FILES.items() if name.startswith(GUIDES) for quoted in re.findall("“([^”{~]+)”", text)}
)


def told(regulation: Regulation) -> str:
    """Everything that pages, labels, keys and the regulation file call things."""
    named = [key.does for keys in KEYS.values() for key in keys.values()]
    return "\n".join(
        [*PAGES.values(), *labels.EVENTS.values(), *labels.CALLS.values(), *named, *regulation.states.values()]
    ).lower()


@pytest.mark.parametrize("words", SAID)
def test_what_the_guide_quotes_stands_on_a_page(words: str) -> None:
    assert words.lower() in told(REGULATION)


def test_every_role_has_its_guide_and_its_first_day() -> None:
    for role in STAFF:
        assert f"guide_{role}" in FILES
        assert f'"{role}": [' in FILES["first_day"]


def test_access_keys_are_those_of_the_map() -> None:
    """A letter that a template knows by itself would be missing in the map."""
    written = {name: found for name, text in FILES.items() if (found := set(re.findall(r'accesskey="(.*?)"', text)))}
    assert written.pop("desk") == {"{{ loop.index }}"}
    assert written == {
        page: {f"{{{{ keys.{page}.{name}.letter | lower }}}}" for name in keys} for page, keys in KEYS.items()
    }
    for page, keys in KEYS.items():
        for name in keys:
            assert f"keyed(keys.{page}.{name})" in FILES[page]


def test_no_letter_means_two_things_on_a_page() -> None:
    for keys in KEYS.values():
        letters = [key.letter for key in keys.values()]
        assert len(set(letters)) == len(letters)
        assert all(letter.isascii() and letter.isalpha() and letter.isupper() for letter in letters)


def test_a_digit_reaches_every_place_of_the_navigation() -> None:
    assert all(len(places(role)) <= 9 for role in STAFF)
