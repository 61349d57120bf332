"""Reads what somebody asks: official words for everyday ones, right words for slips, nothing for courtesies. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.everyday_words import LONGEST, EverydayWords, Phrase, plain, syllables

CODE: Final = re.compile(r"(?<![\w.])\d\.\d{6}(?:\.[0-9A-Za-z]+)*(?![\w.])")
MOST_SYLLABLES: Final = 60  # of a question: what is asked stands in its first lines
ITSELF, OFFICIAL, SLIP, FAINT = 1.0, 1.0, 0.7, 0.15  # what a way to say it is worth
LATER: Final = 0.97  # same, of each official name after the first
MARKED: Final = 0.4  # so many syllables have marks where somebody types them at all; of Vietnamese text two thirds
_TELEX: Final = (("dd", "d"), ("aa", "a"), ("aw", "a"), ("ee", "e"), ("oo", "o"), ("ow", "o"), ("uw", "u"), ("w", "u"))
_TELEX_TONE: Final = re.compile(r"(?<=.)[sfrxj]$")
_VNI: Final = re.compile(r"(?<=[a-z])[0-9]+")
_SHORTEST_SLIP: Final = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that is looked for: how much it matters (by its own words), and each way to say it with its worth."""

    weight: float
    typed: Phrase
    marked: bool  # was typed with marks: what has other ones is another word
    ways: tuple[tuple[float, Phrase], ...]


@dataclass(frozen=True)
class Vocabulary:
    """The words that procedures' names are made of, without marks, and which stand side by side in them."""

    words: Collection[str]
    pairs: Collection[str]
    deletes: Mapping[str, Sequence[str]]

    def knows(self, word: str) -> bool:
        """Tell whether some name has the word."""
        return plain(word) in self.words

    def beside(self, one: str, other: str) -> bool:
        """Tell whether some name has the two side by side."""
        return f"{plain(one)} {plain(other)}" in self.pairs

    def read(self, word: str) -> Phrase:
        """Return what a word that no name has is for sure: the keys of an input method, two words without a space."""
        raw = plain(word)
        if raw in self.words:
            return (word,)
        told = _untelexed(raw)
        if told in self.words:
            return (told,)
        cuts = ((raw[:cut], raw[cut:]) for cut in range(2, len(raw) - 1))
        return next((cut for cut in cuts if " ".join(cut) in self.pairs), (word,))

    def near(self, word: str) -> Iterator[str]:
        """Yield the words that are one letter more, less or other than one that no name has."""
        raw = plain(word)
        if len(raw) >= _SHORTEST_SLIP:
            forms = (raw, *deleted(raw))
            yield from sorted({one for form in forms for one in self.deletes.get(form, ())} - {raw})


def deleted(word: str) -> Iterator[str]:
    """Yield the word less each of its letters."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def codes(query: str) -> tuple[str, ...]:
    """Return the codes that a question names, in its order."""
    return tuple(dict.fromkeys(CODE.findall(query)))


def wanted(
    query: str, everyday: EverydayWords, vocabulary: Vocabulary, worth: Callable[[Phrase], float]
) -> tuple[Wanted, ...]:
    """Read a question; `worth` says how much words tell procedures apart. What is not in any name counts, too."""
    raw = syllables(CODE.sub(" ", query))[:MOST_SYLLABLES]
    marked = sum(not word.isascii() for word in raw) >= MARKED * len(raw)
    typed = tuple(word for one in raw for word in vocabulary.read(one))
    found: list[Wanted] = []
    at = 0
    while at < len(typed):
        length, ways = _everyday(typed, at, everyday)
        silent = _noise(typed, at, everyday, vocabulary)
        if silent > length:
            at += silent
            continue
        words = typed[at : at + max(length, 1)]
        if not length:
            ways = _plainly(typed, at, vocabulary)
        faint = not length and _faint(words[0], everyday) and not _joined(typed, at, vocabulary)
        weight = worth(ways[0][1] if length else words) * (FAINT if faint else 1.0)
        found.append(Wanted(weight, words, marked, ways))
        at += len(words)
    return tuple(found)


def _everyday(typed: Phrase, at: int, everyday: EverydayWords) -> tuple[int, tuple[tuple[float, Phrase], ...]]:
    """Return how many syllables from here are an everyday name, the longest there is, and the ways to say it."""
    for length in range(min(LONGEST, len(typed) - at), 0, -1):
        words = typed[at : at + length]
        official = everyday.official(words)
        if official:
            ways = tuple((OFFICIAL * LATER**place, one) for place, one in enumerate(official))
            return length, (*ways, (ITSELF, words))
    return 0, ()


def _noise(typed: Phrase, at: int, everyday: EverydayWords, vocabulary: Vocabulary) -> int:
    """Return how many syllables from here say nothing; one without marks may, if names have it beside its neighbour."""
    for length in range(min(LONGEST, len(typed) - at), 0, -1):
        words = typed[at : at + length]
        if words in everyday.noise or words in everyday.plain_noise:
            return length if length > 1 or not _joined(typed, at, vocabulary) else 0
    return 0


def _faint(word: str, everyday: EverydayWords) -> bool:
    return word in everyday.faint or word in everyday.plain_faint


def _joined(typed: Phrase, at: int, vocabulary: Vocabulary) -> bool:
    before = at > 0 and vocabulary.beside(typed[at - 1], typed[at])
    return before or (at + 1 < len(typed) and vocabulary.beside(typed[at], typed[at + 1]))


def _plainly(typed: Phrase, at: int, vocabulary: Vocabulary) -> tuple[tuple[float, Phrase], ...]:
    """Return a syllable itself and, where no name has it, what it may be a slip of beside its neighbours."""
    word, before, after = typed[at], typed[at - 1 : at], typed[at + 1 : at + 2]
    itself = ((ITSELF, (word,)),)
    if vocabulary.knows(word):
        return itself
    fits = (
        one
        for one in vocabulary.near(word)
        if any(vocabulary.beside(other, one) for other in before)
        or any(vocabulary.beside(one, other) for other in after)
    )
    return (*itself, *((SLIP, (one,)) for one in fits))


def _untelexed(word: str) -> str:
    told = _TELEX_TONE.sub("", _VNI.sub("", word))
    for keys, letter in _TELEX:
        told = told.replace(keys, letter)
    return told
