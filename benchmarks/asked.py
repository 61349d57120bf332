"""What is asked of the catalogue: by people in their own words, by rules from its own names, and what it cannot know.

benchmarks/questions/everyday.tsv, citizens.tsv: right codes, question, parts that it asks for. outside.txt,
citizens_outside.txt: questions that no procedure answers. Half of each is for development, the first two cut by a hash
of the words, the other two by lot; of the held-out halves only sums were seen (docs/knowledge.md). near_misses.txt:
more that no procedure answers, all of it for development.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chalicelib.domain.search import spelled, unmarked

FOLDER = Path(__file__).parent / "questions"
DRAWN_BY = 20261122
DEVELOPMENT, HELD_OUT = "development", "held out"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, the codes that are right (none where nothing is) and the parts that are asked for."""

    words: str
    codes: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def half(self) -> str:
        """Say which half it is in."""
        return DEVELOPMENT if hashlib.sha256(self.words.encode()).digest()[0] % 2 == 0 else HELD_OUT


def everyday(half: str) -> list[Question]:
    """Read the questions of people, of one half."""
    lines = (line.split("\t") for line in (FOLDER / "everyday.tsv").read_text("utf-8").splitlines())
    made = [Question(words, frozenset(codes.split())) for codes, words in lines]
    return [one for one in made if one.half == half]


def outside(half: str) -> list[Question]:
    """Read what no procedure answers, of one half."""
    made = [Question(line) for line in (FOLDER / "outside.txt").read_text("utf-8").splitlines()]
    return [one for one in made if one.half == half]


def citizens(half: str) -> list[Question]:
    """Read the questions in many registers, of one half."""
    lines = (line.split("\t") for line in _drawn("citizens.tsv", half))
    return [Question(one[1], frozenset(one[0].split()), frozenset(" ".join(one[2:]).split())) for one in lines]


def citizens_outside(half: str) -> list[Question]:
    """Read what people ask beside it, near misses among it, of one half."""
    return [Question(line) for line in _drawn("citizens_outside.txt", half)]


def near_misses() -> list[Question]:
    """Read more that no procedure answers, for development."""
    return [Question(line) for line in (FOLDER / "near_misses.txt").read_text("utf-8").splitlines()]


def _drawn(name: str, half: str) -> list[str]:
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    random.Random(DRAWN_BY).shuffle(lines)  # noqa: S311 the same halves every time
    cut = len(lines) // 2
    return lines[:cut] if half == DEVELOPMENT else lines[cut:]


def known(rows: list[dict[str, str]]) -> Iterator[tuple[str, list[Question]]]:
    """Make questions of the names by each rule; procedures of one name are right for each other."""
    same: dict[str, set[str]] = {}
    for row in rows:
        same.setdefault(_alike(row["name"]), set()).add(row["code"])
    for rule, spoil in RULES.items():
        chance = random.Random(rule)  # noqa: S311 the same questions every time
        yield (
            rule,
            [
                Question(spoil(row["name"], chance), frozenset(same[_alike(row["name"])]))
                for row in chance.sample(rows, min(len(rows), 400))
            ],
        )


def _alike(name: str) -> str:
    return unmarked(spelled(name)).removeprefix("thu tuc ")


def _without_marks(name: str, _: random.Random) -> str:
    return unmarked(spelled(name))


def _fewer_words(name: str, chance: random.Random) -> str:
    words = name.split()
    kept = sorted(chance.sample(range(len(words)), max(2, round(len(words) * 0.7))))
    return " ".join(words[at] for at in kept)


def _another_order(name: str, chance: random.Random) -> str:
    words = name.split()
    cut = chance.randint(1, max(1, len(words) - 1))
    return " ".join(words[cut:] + words[:cut])


def _slips(name: str, chance: random.Random) -> str:
    """Spoil one syllable of five: a letter left out, doubled, or in the other order."""
    words = name.split()
    for at in chance.sample(range(len(words)), max(1, len(words) // 5)):
        word = words[at]
        if len(word) > 2:
            place = chance.randrange(len(word) - 1)
            one, two = word[place], word[place + 1]
            words[at] = word[:place] + chance.choice((two, one + one + two, two + one)) + word[place + 2 :]
    return " ".join(words)


RULES: dict[str, Callable[[str, random.Random], str]] = {
    "without marks": _without_marks,
    "three words in ten left out": _fewer_words,
    "another order": _another_order,
    "a slip in one word of five": _slips,
    "without marks, with slips": lambda name, chance: _without_marks(_slips(name, chance), chance),
}
