"""Reads what somebody asks: official words for everyday ones, right words for slips, nothing for courtesies. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chalicelib.domain.everyday_words import EverydayWords, Phrase, plain, syllables
from chalicelib.domain.procedure_pieces import Piece, pieces
from chalicelib.domain.procedure_sounds import Sounds

CODE: Final = re.compile(r"(?<![\w.])\d\.\d{6}(?:\.[0-9A-Za-z]+)*(?![\w.])")
MOST_SYLLABLES: Final = 60  # of a question: what is asked stands in its first lines
ITSELF, OFFICIAL, SLIP, FAINT = 1.0, 0.94, 0.7, 0.15  # what a way to say it is worth
ELSEWHERE: Final = 1.5  # what it weighs that somebody speaks of what no procedure answers
LATER: Final = 0.97  # same, of each official name after the first
MARKED: Final = 0.4  # so many syllables have marks where somebody types them at all; of Vietnamese text two thirds
_TELEX: Final = (("dd", "d"), ("aa", "a"), ("aw", "a"), ("ee", "e"), ("oo", "o"), ("ow", "o"), ("uw", "u"), ("w", "u"))
_TELEX_TONE: Final = re.compile(r"(?<=.)[sfrxj]$")
_VNI: Final = re.compile(r"(?<=[a-z])[0-9]+")
_SHORTEST_SLIP: Final = 2


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
    said: Collection[str]  # by people, in everyday words
    sounds: Sounds

    def knows(self, word: str) -> bool:
        """Tell whether some name has the word."""
        return plain(word) in self.words

    def beside(self, one: str, other: str) -> bool:
        """Tell whether some name has the two side by side."""
        return f"{plain(one)} {plain(other)}" in self.pairs

    def read(self, word: str) -> Phrase:
        """Return what a word that no name has is for sure: the keys of an input method, two words without a space."""
        raw = plain(word)
        if raw in self.words or raw in self.said:
            return (word,)
        told = _untelexed(raw)
        if told in self.words or told in self.said:
            return (told,)
        cuts = ((raw[:cut], raw[cut:]) for cut in range(2, len(raw) - 1))
        return next((cut for cut in cuts if " ".join(cut) in self.pairs), (word,))

    def near(self, word: str) -> Iterator[str]:
        """Yield the words that are one letter more, less or other than one that no name has."""
        raw = plain(word)
        if len(raw) >= _SHORTEST_SLIP:
            forms = (raw, *deleted(raw))
            yield from sorted({one for form in forms for one in self.deletes.get(form, ())} - {raw})

    def joined(self, typed: Phrase, at: int) -> bool:
        """Tell whether some name has a syllable beside the one before or behind it."""
        before = at > 0 and self.beside(typed[at - 1], typed[at])
        return before or (at + 1 < len(typed) and self.beside(typed[at], typed[at + 1]))

    def slips(self, typed: Phrase, at: int) -> Iterator[str]:
        """Yield what a syllable that no name has may be a slip of, beside its neighbours."""
        before, after = typed[at - 1 : at] if at else (), typed[at + 1 : at + 2]
        for one in self.near(typed[at]) if not self.knows(typed[at]) else ():
            if any(self.beside(other, one) for other in before) or any(self.beside(one, other) for other in after):
                yield one


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
    read = everyday.written_out(tuple(word for one in raw for word in vocabulary.read(one)))
    typed = everyday.written_out(vocabulary.sounds.put_right(read, marked=marked))
    return tuple(
        _wanted(one, typed, marked, everyday, vocabulary, worth)
        for one in pieces(typed, everyday, vocabulary, marked=marked)
        if not one.silent
    )


def _wanted(
    one: Piece,
    typed: Phrase,
    marked: bool,
    everyday: EverydayWords,
    vocabulary: Vocabulary,
    worth: Callable[[Phrase], float],
) -> Wanted:
    if one.elsewhere:
        return Wanted(ELSEWHERE * worth(one.words), one.words, marked, ())
    itself = (ITSELF, one.words)
    if one.official:
        ways = [(OFFICIAL * LATER**place, name) for place, name in enumerate(one.official)]
        return Wanted(worth(one.official[0]), one.words, marked, (*ways, itself))
    faint = everyday.faint_one(one.words[0]) and not vocabulary.joined(typed, one.at)
    faint = faint or everyday.silent(one.words, marked=marked)
    slips = ((SLIP, (word,)) for word in vocabulary.slips(typed, one.at))
    return Wanted(worth(one.words) * (FAINT if faint else 1.0), one.words, marked, (itself, *slips))


def _untelexed(word: str) -> str:
    told = _TELEX_TONE.sub("", _VNI.sub("", word))
    for keys, letter in _TELEX:
        told = told.replace(keys, letter)
    return told
