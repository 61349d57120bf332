"""Words as people write them, with tone marks or without, so that names and phrases are found in what they say.

A word with marks must bear the right ones: "sở" is an office, "hồ sơ" are papers. A word without any is read as both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from chalicelib.domain.text import fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_OFFICIALS = frozenset(("can", "noi", "toan"))  # before "bộ …" it is no ministry: cán bộ y tế, nội bộ, toàn bộ
_WORD = re.compile(r"[^\W_]+(?:[&.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, with its tone behind it ("hòa" and "hoà" are one), and without marks."""

    raw: str
    sound: str
    plain: str

    def means(self, other: Word) -> bool:
        """Tell whether it may be another word, which bears its marks."""
        return self.sound == other.sound or (self.raw == self.plain == other.plain)


Words = tuple[Word, ...]


def words(text: str) -> Words:
    """Return the words of a text in lower case; "TN&MT" and "L.Đ" are one word each."""
    low = unicodedata.normalize("NFC", text).casefold()
    return tuple(_word(found.replace("&", "").replace(".", "")) for found in _WORD.findall(low))


def stands(said: Sequence[Word], at: int, wanted: Words) -> bool:
    """Tell whether the wanted words stand at a place of what was said."""
    if at + len(wanted) > len(said):
        return False
    return all(said[at + n].means(word) for n, word in enumerate(wanted))


def heard(text: str, phrases: Iterable[str]) -> str:
    """Return the words of a text that are one of the phrases; empty where there are none."""
    said, wanted = words(text), [words(phrase) for phrase in phrases]
    for at in range(len(said)):
        for phrase in wanted:
            if stands(said, at, phrase) and not (at and phrase[0].raw == "bộ" and said[at - 1].plain in _OFFICIALS):
                return as_text(said[at : at + len(phrase)])
    return ""


def as_text(said: Sequence[Word]) -> str:
    """Return words as they stand."""
    return " ".join(word.raw for word in said)


@lru_cache(maxsize=8192)
def _word(raw: str) -> Word:
    letters = unicodedata.normalize("NFD", raw)
    tone = "".join(letter for letter in letters if letter in _TONES)
    base = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    return Word(raw, base + tone, fold(raw))
