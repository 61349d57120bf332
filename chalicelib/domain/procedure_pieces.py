"""Cuts a question into everyday names, what says nothing, and single syllables. Pure.

Of all ways to cut it the one with the longest pieces is taken. An everyday name of two pieces ("mất" + "sổ đỏ") may
stand in another order or apart ("sổ đỏ để đâu mất").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chalicelib.domain.everyday_words import LONGEST, EverydayWords, Phrase

if TYPE_CHECKING:
    from chalicelib.domain.procedure_query import Vocabulary

APART: Final = 5  # syllables at most between two pieces that are one name
_EVERYDAY: Final = 0.5  # more than what says nothing is worth, of pieces of one length


@dataclass(frozen=True, slots=True)
class Piece:
    """Some syllables of a question, from a place on: the official names they stand for.

    `silent`: they say nothing; `elsewhere`: they speak of what no procedure answers.
    """

    at: int
    words: Phrase
    official: tuple[Phrase, ...] = ()
    silent: bool = False
    elsewhere: bool = False


def pieces(typed: Phrase, everyday: EverydayWords, vocabulary: Vocabulary, *, marked: bool) -> list[Piece]:
    """Cut what was typed; every syllable is in one piece."""
    best: list[tuple[float, tuple[Piece, ...]]] = [(0.0, ())]
    ends: dict[int, list[tuple[float, Piece]]] = {}
    for at in range(len(typed)):
        for worth, one in _from(typed, at, everyday, vocabulary, marked):
            ends.setdefault(at + len(one.words), []).append((worth, one))
    for end in range(1, len(typed) + 1):
        best.append(
            max(
                ((best[one.at][0] + worth, (*best[one.at][1], one)) for worth, one in ends[end]), key=lambda way: way[0]
            )
        )
    return _joined(list(best[-1][1]), everyday)


def _from(
    typed: Phrase, at: int, everyday: EverydayWords, vocabulary: Vocabulary, marked: bool
) -> Iterator[tuple[float, Piece]]:
    yield 1.0, Piece(at, typed[at : at + 1])
    for length in range(1, min(LONGEST, len(typed) - at) + 1):
        words = typed[at : at + length]
        official = everyday.official(words)
        if official:
            yield length**2 + _EVERYDAY, Piece(at, words, official)
        if everyday.strange(words):
            yield length**2 + _EVERYDAY, Piece(at, words, elsewhere=True)
        if everyday.silent(words, marked=marked) and (length > 1 or not vocabulary.joined(typed, at)):
            yield length**2 + _EVERYDAY / 2, Piece(at, words, silent=True)


def _joined(cut: list[Piece], everyday: EverydayWords) -> list[Piece]:
    """Make one of two pieces that are an everyday name together, in either order; again until there are none."""
    for place, one in enumerate(cut):
        for later in range(place + 1, len(cut)):
            other = cut[later]
            if other.at - one.at - len(one.words) > APART:
                break
            if one.silent or other.silent or one.elsewhere or other.elsewhere:
                continue
            for words in (one.words + other.words, other.words + one.words, other.words[-1:] + one.words):
                official = everyday.official(words)
                if official:
                    whole = Piece(one.at, words, official)
                    return _joined([*cut[:place], whole, *cut[place + 1 : later], *cut[later + 1 :]], everyday)
    return cut
