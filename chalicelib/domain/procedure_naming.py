"""How well a procedure's name fits what was asked, by all that it says. Pure.

A name is the better the less it says besides; its first clause may stand for it. What makes another matter of it
("cấp lại", "thu hồi") or a narrower one ("có yếu tố nước ngoài") counts against it where nobody asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from chalicelib.domain.everyday_words import EverydayWords, Phrase, plain, syllables
from chalicelib.domain.search import spelled

OPENING: Final = 0.95  # what it is worth that a name's first clause says little else
CLAUSE_WORDS: Final = 2  # so many words at least say what a name is about: "Cấp, cấp lại Giấy phép …" not "Cấp"
TURNED, MOST_TURNED = 0.06, 2  # what each thing costs that nobody asked for, and how many count
WHOLE: Final = 0.08  # what it is worth that somebody typed every word of a name
EVERY: Final = ("thủ", "tục")
_CLAUSE: Final = re.compile(r"[,;(/:]")
_ASIDE: Final = re.compile(r"[;(]")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the syllables as they were typed, every word and pair that would say it; all without marks."""

    typed: frozenset[str]
    words: Collection[str]


def concise(name: str, asked: Asked, weigh: Callable[[str], float]) -> float:
    """Return how much of what a name says was asked for, 0 to 1."""
    return max(_share(name, asked, weigh), OPENING * _share(_opening(name), asked, weigh))


def fits(name: str, asked: Asked, everyday: EverydayWords) -> float:
    """Return what a name gains where all of it was typed, less what it loses by what nobody asked for."""
    opening = f" {spelled(_CLAUSE.split(name, maxsplit=1)[0])} "
    whole = f" {spelled(_ASIDE.split(name, maxsplit=1)[0])} "
    found = [one for one in everyday.turns if f" {' '.join(one)} " in opening]
    found += [one for one in everyday.narrows if f" {' '.join(one)} " in whole]
    turned = min(sum(plain(one[-1]) not in asked.words for one in found), MOST_TURNED)
    return (WHOLE if asked.typed.issuperset(map(plain, matter(syllables(name)))) else 0.0) - TURNED * turned


def matter(name: Phrase) -> Phrase:
    """Return a name less what every name may begin with."""
    return name[2:] if name[:2] == EVERY else name


def words_of(name: Phrase) -> set[str]:
    """Return the words and pairs of a name without marks."""
    words = [plain(word) for word in matter(name)]
    return {*words, *pairs_of(words)}


def pairs_of(words: Iterable[str]) -> list[str]:
    """Return each two words that stand side by side."""
    return [f"{one} {other}" for one, other in pairwise(words)]


def _share(name: str, asked: Asked, weigh: Callable[[str], float]) -> float:
    words = words_of(syllables(name))
    return sum(weigh(word) for word in words if word in asked.words) / (sum(map(weigh, words)) or 1.0)


def _opening(name: str) -> str:
    ends = [one.start() for one in _CLAUSE.finditer(name)]
    return next((name[:end] for end in ends if len(name[:end].split()) >= CLAUSE_WORDS), name)
