"""What people say and what the state calls it: words that say nothing, words that say little, and everyday names.

Words are compared as they are typed: with marks they must have the same ones, without any they match either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, Final

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.search import spelled, unmarked

Phrase = tuple[str, ...]
LONGEST: Final = 7  # syllables


@dataclass(frozen=True)
class EverydayWords:
    """Phrases as syllables with their marks.

    `elsewhere`: what no procedure answers. `phrases`: everyday name → official ones, the likeliest first. `written`:
    shorthand, a region's or an old word → what is written for it. `turns`, `narrows`: what makes another or a narrower
    matter of one.
    """

    noise: frozenset[Phrase]
    faint: frozenset[str]
    elsewhere: frozenset[Phrase]
    phrases: Mapping[Phrase, tuple[Phrase, ...]]
    written: Mapping[Phrase, Phrase]
    turns: tuple[Phrase, ...]
    narrows: tuple[Phrase, ...]

    def silent(self, typed: Phrase, *, marked: bool = False) -> bool:
        """Tell whether these syllables say nothing; one without marks in a `marked` text is meant to have none."""
        return typed in self.noise or (typed in self.plain_noise and not (marked and len(typed) == 1))

    def strange(self, typed: Phrase) -> bool:
        """Tell whether these syllables speak of what no procedure answers."""
        return any(says(typed, one) for one in self._strange_by_plain.get(_plainly(typed), ()))

    def faint_one(self, word: str) -> bool:
        """Tell whether a syllable says little."""
        return word in self.faint or word in self.plain_faint

    def written_out(self, typed: Phrase) -> Phrase:
        """Write out shorthand and the words of one region; of two from one place the longer."""
        found: list[str] = []
        at = 0
        while at < len(typed):
            lengths = range(min(self._longest_written, len(typed) - at), 0, -1)
            size = next((one for one in lengths if typed[at : at + one] in self.written), 0)
            found += self.written[typed[at : at + size]] if size else typed[at : at + 1]
            at += size or 1
        return tuple(found)

    @cached_property
    def _longest_written(self) -> int:
        return max(map(len, self.written), default=0)

    @cached_property
    def said(self) -> frozenset[str]:
        """Every syllable of these words, without marks."""
        return frozenset(plain(word) for words in (*self.noise, *self.phrases, *self.written) for word in words)

    @property
    def together(self) -> Iterator[Phrase]:
        """Every two syllables that stand side by side in these words."""
        names = (*self.noise, *self.phrases, *(one for official in self.phrases.values() for one in official))
        return (pair for name in names for pair in pairwise(name))

    @cached_property
    def plain_noise(self) -> frozenset[Phrase]:
        """The words that say nothing, without marks."""
        return frozenset(map(_plainly, self.noise))

    @cached_property
    def plain_faint(self) -> frozenset[str]:
        """The words that say little, without marks."""
        return frozenset(map(plain, self.faint))

    def official(self, typed: Phrase) -> tuple[Phrase, ...]:
        """Return what the state calls it; of two everyday names that look alike without marks, what either means."""
        names = self._by_plain.get(_plainly(typed), ())
        return tuple(one for name in names if says(typed, name) for one in self.phrases[name])

    @cached_property
    def _strange_by_plain(self) -> Mapping[Phrase, tuple[Phrase, ...]]:
        return {_plainly(one): (one,) for one in self.elsewhere}

    @cached_property
    def _by_plain(self) -> Mapping[Phrase, tuple[Phrase, ...]]:
        found: dict[Phrase, tuple[Phrase, ...]] = {}
        for name in self.phrases:
            found[_plainly(name)] = (*found.get(_plainly(name), ()), name)
        return found


def from_mapping(data: Any) -> EverydayWords:
    """Read the file of everyday words; raises RegulationError naming the entry that is wrong."""
    read = entries.mapping("everyday_words", data)
    entries.same("everyday_words", set(read), {"noise", "faint", "elsewhere", "phrases", "written", "turns", "narrows"})
    phrases = {}
    for name, official in entries.mapping("phrases", read["phrases"]).items():
        if not isinstance(official, list) or not official or not all(isinstance(one, str) for one in official):
            raise RegulationError(f"phrases.{name}: a list of official names is needed")
        phrases[syllables(name)] = tuple(syllables(one) for one in official)
    return EverydayWords(
        frozenset(syllables(one) for one in read["noise"]),
        frozenset(syllables(one)[0] for one in read["faint"]),
        frozenset(syllables(one) for one in entries.sequence("elsewhere", read["elsewhere"])),
        phrases,
        {syllables(name): _written(name, words) for name, words in entries.mapping("written", read["written"]).items()},
        tuple(syllables(one) for one in entries.sequence("turns", read["turns"])),
        tuple(syllables(one) for one in entries.sequence("narrows", read["narrows"])),
    )


def _written(name: str, words: Any) -> Phrase:
    if not isinstance(words, str) or not words:
        raise RegulationError(f"written.{name}: what is written for it is needed")
    return syllables(words)


def syllables(text: str) -> Phrase:
    """Cut a text into syllables, lower case, with marks, in one spelling of tones (hoà and hòa are one)."""
    return tuple(spelled(text).split())


@cache
def plain(syllable: str) -> str:
    """Return a syllable without its marks."""
    return unmarked(syllable)


def says(typed: Sequence[str], meant: Phrase) -> bool:
    """Tell whether what was typed can be these words: what was typed without marks may be any of them."""
    return len(typed) == len(meant) and all(
        one == other or (one.isascii() and one == plain(other)) for one, other in zip(typed, meant, strict=True)
    )


def _plainly(words: Phrase) -> Phrase:
    return tuple(map(plain, words))
