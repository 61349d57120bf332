"""Puts right what was written as it sounds: d, gi and r, s and x, tr and ch, l and n, hỏi and ngã, n and ng. Pure.

Nobody can tell from one syllable: "chú" is a word. Two that names or everyday words never have side by side are taken
for two that sound the same and that they have ("tạm chú", "xổ đỏ", "khai xinh").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Final

from chalicelib.domain.everyday_words import Phrase, plain, says

_INITIAL: Final = re.compile(r"^(?:ngh|ng|nh|gh|gi(?=[aeouăâêôơưy])|kh|ph|th|tr|ch|qu|[cdgklnqrsvx])?")
_SAME: Final = {
    "ngh": "ng", "gh": "g", "gi": "z", "d": "z", "r": "z", "tr": "ch", "x": "s", "n": "l", "c": "k", "q": "k"
}  # fmt: skip
_FINAL: Final = re.compile(r"(?:ng|nh|ch|c)$")
_ENDS: Final = {"ng": "n", "nh": "n", "ch": "t", "c": "t"}
_TILDE, _HOOK = "\u0303", "\u0309"


class Sounds:
    """Two syllables side by side, with their marks, by how they sound."""

    def __init__(self, pairs: Iterable[Phrase]) -> None:
        self._known: Mapping[str, Mapping[Phrase, int]] = defaultdict(dict)
        for pair in pairs:
            alike = self._known[_key(pair)]
            alike[pair] = alike.get(pair, 0) + 1  # type: ignore[index]

    def put_right(self, typed: Phrase, *, marked: bool) -> Phrase:
        """Return the syllables as they are written; `marked`: one without marks lacks them where that is certain."""
        known = [self._has(pair) for pair in pairwise(typed)]
        words = list(typed)
        for at in range(len(words) - 1):
            pair = (words[at], words[at + 1])
            alone = (at == 0 or not known[at - 1], at + 2 >= len(words) or not known[at + 1])
            for place, word in enumerate(self._written(pair, marked=marked)):
                if alone[place] or plain(word) == plain(pair[place]):
                    words[at + place] = word
        return tuple(words)

    def _has(self, pair: Sequence[str]) -> bool:
        return any(says(pair, one) for one in self._known.get(_key(pair), ()))

    def _written(self, pair: Phrase, *, marked: bool) -> Phrase:
        """Return how two syllables are written; as they were typed where nothing says otherwise."""
        alike = [one for one in self._known.get(_key(pair), ()) if all(map(_sounds_like, pair, one))]
        same = [one for one in alike if says(pair, one)]
        if same:
            return same[0] if marked and len(same) == 1 else pair
        return max(alike, key=self._known[_key(pair)].__getitem__) if alike else pair


def _sounds_like(typed: str, known: str) -> bool:
    return sound(typed) == sound(plain(known) if typed.isascii() else known)


def _key(pair: Sequence[str]) -> str:
    return " ".join(sound(plain(one)) for one in pair)


@cache
def sound(syllable: str) -> str:
    """Return one spelling for all syllables that are often taken for each other, marks and all."""
    parts = unicodedata.normalize("NFD", syllable).replace(_TILDE, _HOOK)
    head = _INITIAL.match(parts)
    begins = head[0] if head else ""
    rest = _FINAL.sub(lambda one: _ENDS[one[0]], parts[len(begins) :]).replace("y", "i")
    return _SAME.get(begins, begins) + rest
