"""Finds procedures by what people call them: everyday words, no marks, slips, codes. Pure; docs/adr has the why.

A name is found by the words of the question that it holds and by how little else it says. Words weigh by how well they
tell names apart; words side by side weigh besides.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Final

from chalicelib.domain.everyday_words import EverydayWords, Phrase, plain, syllables
from chalicelib.domain.procedure_naming import Asked, concise, fits, pairs_of, words_of
from chalicelib.domain.procedure_query import Vocabulary, Wanted, codes, deleted, wanted
from chalicelib.domain.procedure_sounds import Sounds

PAIR: Final = 0.6  # what two words side by side weigh beside the words themselves
OTHER_MARKS: Final = 0.35  # what a word is worth that has other marks than were typed
OF_FIELD: Final = 0.4  # same, one that only the name of the field has
LITTLE_ELSE: Final = 0.4  # how much of a worth is that a name says little else than was asked
ENOUGH: Final = 0.5  # so much of an official name must be there, or it is another one
OF_CODE: Final = 2.0  # the score of a procedure whose code was named: above every other
LEAST: Final = 0.25  # what says less of a question is not found
LOOKED_AT_AGAIN: Final = 30
CONCISE, SAID = 0.3, 0.35  # what they add to being sure, beside how much of the question a name says
MUCH: Final = 40.0  # the weight of what was said from which on more makes nobody surer
LEVELS: Final = (("xã", 0.03), ("tỉnh", 0.01))  # whom people ask for most; of equals the nearer one comes first


@dataclass(frozen=True, slots=True)
class Entry:
    """What is searched of a procedure."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One that was found: its place in what was searched, how good, how much of what was asked it says, how sure.

    `sure` that it is meant, 0 to 1: a long name says much of a short question by chance.
    """

    place: int
    score: float
    explains: float
    sure: float = 0.0


class ProcedureIndex:
    """The names of procedures, ready to be searched."""

    def __init__(self, entries: Sequence[Entry], everyday: EverydayWords) -> None:
        self.entries = entries
        self.everyday = everyday
        self._by_code = {one.code: place for place, one in enumerate(entries)}
        self._plain: dict[str, list[int]] = defaultdict(list)  # word or pair without marks → places
        self._marked: dict[str, set[int]] = defaultdict(set)
        self._fields: dict[str, set[int]] = defaultdict(set)
        held = [self._hold(place, one) for place, one in enumerate(entries)]
        self._count = max(len(entries), 1)
        self._weights = {word: self._of(len(places)) for word, places in self._plain.items()}
        self._rarest = self._of(0)
        self._mass = [sum(map(self._share, words)) or 1.0 for words in held]
        self._level = [next((more for word, more in LEVELS if _has(one.levels, word)), 0.0) for one in entries]
        self._vocabulary = self._learn()

    def find(self, query: str, among: Collection[int] | None = None) -> list[Hit]:
        """Return what was found, best first; `among` narrows it to these places. A code finds its own."""
        named = [self._by_code[code] for code in codes(query) if code in self._by_code]
        looked = wanted(query, self.everyday, self._vocabulary, self._worth)
        whole, hits = self._weighed(looked)
        first = _sorted(one for one in hits if one.place not in named and (among is None or one.place in among))
        asked = Asked(
            frozenset(map(plain, syllables(query))),
            {word for one in looked for _, words in one.ways for word in words_of(words)},
        )
        best = _sorted(self._judged(one, asked, whole) for one in first[:LOOKED_AT_AGAIN])
        known = [Hit(place, OF_CODE, 1.0, 1.0) for place in named if among is None or place in among]
        return known + best + first[LOOKED_AT_AGAIN:]

    def _weighed(self, looked: tuple[Wanted, ...]) -> tuple[float, list[Hit]]:
        """Return the weight of all that was asked, and what says enough of it."""
        whole = sum(one.weight for one in looked)
        said: dict[int, float] = defaultdict(float)
        mass: dict[int, float] = defaultdict(float)
        for one in looked:
            for place, (part, weight) in self._said(one).items():
                said[place] += part * one.weight
                mass[place] += weight
        for more, places in self._side_by_side(looked):
            whole += more
            for place in places:
                said[place] += more
                mass[place] += more
        least = LEAST * whole
        found = [(place, got) for place, got in said.items() if got >= least > 0]
        return whole, [self._hit(place, got / whole, mass[place] / self._mass[place]) for place, got in found]

    def _hit(self, place: int, explains: float, concise: float) -> Hit:
        explains, concise = min(explains, 1.0), min(concise, 1.0)
        score = explains * (1 - LITTLE_ELSE + LITTLE_ELSE * math.sqrt(concise)) + self._level[place]
        return Hit(place, score, explains)

    def _judged(self, one: Hit, asked: Asked, whole: float) -> Hit:
        """Judge one of the best by all that its name says; `whole` is the weight of all that was asked."""
        name = self.entries[one.place].name
        concisely = concise(name, asked, self._share)
        hit = self._hit(one.place, one.explains, concisely)
        sure = one.explains + CONCISE * concisely + SAID * min(one.explains * whole / MUCH, 1.0)
        return replace(hit, score=hit.score + fits(name, asked, self.everyday), sure=sure / (1 + CONCISE + SAID))

    def _said(self, one: Wanted) -> dict[int, tuple[float, float]]:
        """Return by place which part of what is looked for a name says the best way, and the weight of its words."""
        best: dict[int, tuple[float, float]] = {}
        for worth, words in one.ways:
            if words != one.typed and not all(word in self._plain or word in self._marked for word in words):
                continue  # the official name of what is not in this catalogue
            whole, got = self._worth(words), self._of_way(words, one)
            least = ENOUGH if len(words) > 1 else 0.0
            for place, weight in got.items():
                part = weight / whole
                if part >= least and part * worth > best.get(place, (0.0, 0.0))[0]:
                    best[place] = part * worth, weight
        return best

    def _of_way(self, words: Phrase, one: Wanted) -> dict[int, float]:
        """Return by place the weight of those words and pairs of a phrase that its name has."""
        got: dict[int, float] = defaultdict(float)
        strict = one.marked or not "".join(words).isascii()
        for word in (*words, *pairs_of(words)):
            plainly = _plain(word)
            marked, weight = self._marked.get(word, ()), self._share(plainly)
            for place in self._plain.get(plainly, ()):
                got[place] += weight if not strict or place in marked else weight * OTHER_MARKS
            for place in self._fields.get(plainly, ()) if words == one.typed else ():
                got[place] = max(got[place], weight * OF_FIELD)
        return got

    def _side_by_side(self, looked: tuple[Wanted, ...]) -> Iterator[tuple[float, Sequence[int]]]:
        """Yield what words of the question weigh besides that stand side by side in some name, and in which."""
        for one, other in pairwise(one for one in looked if one.ways):
            places = self._plain.get(f"{plain(one.ways[0][1][-1])} {plain(other.ways[0][1][0])}")
            if places:
                yield PAIR * min(one.weight, other.weight), places

    def _worth(self, words: Phrase) -> float:
        plainly = [plain(word) for word in words]
        known = [pair for pair in pairs_of(plainly) if pair in self._plain]
        return sum(map(self._weight, plainly)) + PAIR * sum(map(self._weight, known)) or 1.0

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._rarest)

    def _of(self, places: int) -> float:
        """Return how well a word tells names apart that so many of them have."""
        return math.log(1 + self._count / (places + 0.5))

    def _share(self, word: str) -> float:
        return self._weight(word) * (PAIR if " " in word else 1.0)

    def _hold(self, place: int, one: Entry) -> set[str]:
        marked = syllables(one.name)
        words = words_of(marked)
        for word in words:
            self._plain[word].append(place)
        for word in (*marked, *pairs_of(marked)):
            self._marked[word].add(place)
        for word in syllables(one.field):
            self._fields[plain(word)].add(place)
        return words

    def _learn(self) -> Vocabulary:
        words = {word for word in self._plain if " " not in word}
        deletes: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for form in {word, *deleted(word)}:
                deletes[form].append(word)
        pairs = (tuple(pair.split()) for pair in self._marked if " " in pair)
        sounds = Sounds(chain(pairs, self.everyday.together))
        return Vocabulary(words, {pair for pair in self._plain if " " in pair}, deletes, self.everyday.said, sounds)


def _sorted(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda one: (-one.score, one.place))


def _plain(word: str) -> str:
    """Return a word, or a pair, without marks."""
    return " ".join(map(plain, word.split()))


def _has(levels: tuple[str, ...], word: str) -> bool:
    return any(word in level.casefold() for level in levels)
