"""What people say and what the state calls it: words that say nothing, words that say little, and everyday names.

Words are compared as they are typed: with marks they must have the same ones, without any they match either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Final

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.search import spelled, unmarked

Phrase = tuple[str, ...]
LONGEST: Final = 7  # syllables


@dataclass(frozen=True)
class EverydayWords:
    """Phrases as syllables with their marks. `phrases`: everyday name → official ones, the likeliest first."""

    noise: frozenset[Phrase]
    faint: frozenset[str]
    phrases: Mapping[Phrase, tuple[Phrase, ...]]

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
    def _by_plain(self) -> Mapping[Phrase, tuple[Phrase, ...]]:
        found: dict[Phrase, tuple[Phrase, ...]] = {}
        for name in self.phrases:
            found[_plainly(name)] = (*found.get(_plainly(name), ()), name)
        return found


def from_mapping(data: Any) -> EverydayWords:
    """Read the file of everyday words; raises RegulationError naming the entry that is wrong."""
    read = entries.mapping("everyday_words", data)
    entries.same("everyday_words", set(read), {"noise", "faint", "phrases"})
    phrases = {}
    for name, official in entries.mapping("phrases", read["phrases"]).items():
        if not isinstance(official, list) or not official or not all(isinstance(one, str) for one in official):
            raise RegulationError(f"phrases.{name}: a list of official names is needed")
        phrases[syllables(name)] = tuple(syllables(one) for one in official)
    return EverydayWords(
        frozenset(syllables(one) for one in read["noise"]),
        frozenset(syllables(one)[0] for one in read["faint"]),
        phrases,
    )


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
