"""Which commune an address speaks of, by its name today or of before, with or without tone marks (R66, R119)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.text import fold

LONGEST: Final = 6  # words of a name
KINDS: Final = {"p": "phuong", "x": "xa", "q": "quan", "h": "huyen", "tt": "thi tran", "tx": "thi xa"}
_WORDS: Final = re.compile(r"[a-z0-9]+")
_KIND: Final = re.compile(r"^(?:phuong|xa|thi tran|quan|huyen|thi xa) ")


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: the unit that governs it, a position in it, and the communes of before, by district.

    `was` are those that came to it whole or for the most part, `partly` those of which it has the smaller part.
    """

    id: str
    name: str
    at: tuple[float, float]  # degrees north and east
    address: str = ""  # of its own point
    was: Mapping[str, tuple[str, ...]] | None = None
    partly: Mapping[str, tuple[str, ...]] | None = None


Names = dict[str, list[tuple[Commune, str]]]  # folded name → communes, each with the district it was in


class Gazetteer:
    """Names of communes now and before, each with what it is called today."""

    def __init__(self, communes: Iterable[Commune]) -> None:
        self._full: Names = {}  # today's, and those of before; then both without the word for what they are
        self._before: Names = {}
        self._short: Names = {}
        self._short_before: Names = {}
        self._districts: Names = {}
        known = tuple(communes)
        for commune in known:
            _put(self._full, _plain(commune.name), commune)
            _put(self._short, _bare(commune.name), commune)
            self._learn(commune, commune.was or {})
        for commune in known:  # after all that came whole: likeliest first
            self._learn(commune, commune.partly or {})

    def find(self, address: str) -> tuple[Commune, ...]:
        """Return the communes an address may lie in, likeliest first; none where it names none.

        The surest name decides; of one that several districts had, those the address names, too.
        """
        said = _spans(address)
        districts = {_bare(span) for span in said if span in self._districts}
        whole = [span for span in said if _KIND.match(span)]
        for names, spans, sure in (
            (self._full, said, True),
            (self._before, said, True),
            (self._short_before, said, False),  # where its district is named
            (self._districts, whole, True),
            (self._short, said, True),
            (self._short_before, said, True),
            (self._districts, said, True),
        ):
            found = [one for span in spans for one in names.get(span, ())]
            there = [commune for commune, district in found if district in districts]
            if there or (sure and found):
                return tuple({one.id: one for one in there or [commune for commune, _ in found]}.values())
        return ()

    def _learn(self, commune: Commune, before: Mapping[str, tuple[str, ...]]) -> None:
        for district, olds in before.items():
            _put(self._districts, _plain(district), commune)
            _put(self._districts, _bare(district), commune)
            for old in olds:
                _put(self._before, _plain(old), commune, _bare(district))
                _put(self._short_before, _bare(old), commune, _bare(district))


def _put(names: Names, name: str, commune: Commune, district: str = "") -> None:
    names.setdefault(name, []).append((commune, district))


def _plain(name: str) -> str:
    return " ".join(_WORDS.findall(fold(name)))


def _bare(name: str) -> str:
    return _KIND.sub("", _plain(name))


def _spans(address: str) -> list[str]:
    """Return every run of words of an address, longest first; what a place is may be written short (P., Q.)."""
    words = [long for word in _WORDS.findall(fold(address)) for long in KINDS.get(word, word).split()]
    return list(dict.fromkeys(_runs(words)))


def _runs(words: list[str]) -> Iterator[str]:
    for length in range(min(LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
