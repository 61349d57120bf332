"""Learning triage from cases that have ended: a softmax by stochastic gradient (AdaGrad), pure and repeatable.

How sure it must be before it tells anybody is found on the newest part of the lessons, by a model of the older part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from chalicelib.domain.dice import Dice
from chalicelib.domain.heard import CHOSEN
from chalicelib.domain.triage import NEVER, TASKS, Guess, Model, Task, chances, guess, scores, value

SENDERS = 10  # different ones must have said what is learned: a name or an address is not said by so many
FEWEST = 200  # lessons of a task; of fewer nothing is learned
ALTERNATIVES = 2
EXAMPLES = 5  # of a label; rarer ones are left out
NEWEST = 0.2  # of the lessons find how sure is sure enough
TRUST = 0.95  # of what is told should be right, though
UNHEARD = 0.3  # of the words are left out while learning and while it is tried: people will say it in other words
UNCHOSEN = 0.5  # so often what was chosen is left out, too: on the telephone nobody has chosen yet
SURE = 0.8  # below it nothing is told, whatever the trial says: words to come will be stranger than those of the trial
PROOF = 30  # so many told at least, for that share to mean anything
EPOCHS, RATE = 4, 0.9
DIGITS = 3  # of a weight, after the point
SEED = 1
ENOUGH = 1e-3  # a lesson that is known so well moves nothing

_Heard = tuple[list[str], int, int]  # words that are known, how many were said, place of the label


@dataclass(frozen=True, slots=True)
class Lesson:
    """A case that has ended: what was heard in it, who sent it (any name that tells senders apart), how it ended."""

    said: tuple[str, ...]
    sender: str
    truth: Mapping[str, str]  # task → label; a task without truth is not in it


@dataclass(frozen=True, slots=True)
class Score:
    """Of so many cases with a truth: how many were told, how many of these right, how many likeliest labels right."""

    cases: int
    told: int
    right: int
    likeliest: int

    @property
    def precision(self) -> float | None:
        """Share of what was told that was right."""
        return self.right / self.told if self.told else None

    @property
    def coverage(self) -> float | None:
        """Share of the cases that were told something."""
        return self.told / self.cases if self.cases else None


def train(lessons: Sequence[Lesson]) -> Model:
    """Learn from lessons in order of time, the oldest first; a task with too few is left out."""
    cut = round(len(lessons) * (1 - NEWEST))
    found = {}
    for task in TASKS:
        older, newer = _fit(lessons[:cut], task), lessons[cut:]
        fitted = _fit(lessons, task)
        if older and fitted:
            found[task] = replace(fitted, least=_least(_judged(older, _muffled(newer), task)))
    return Model(found)


def score(model: Model, lessons: Iterable[Lesson]) -> dict[str, Score]:
    """Hold what a model would have told against how cases ended that it has not learned from."""
    held = list(lessons)
    return {name: _scored(_judged(task, held, name)) for name, task in model.tasks.items()}


def _judged(task: Task, lessons: Iterable[Lesson], name: str) -> list[tuple[Guess | None, bool]]:
    found = []
    for lesson in lessons:
        if truth := lesson.truth.get(name):
            guessed = guess(task, lesson.said)
            found.append((guessed, guessed is not None and guessed.label == truth))
    return found


def _muffled(lessons: Iterable[Lesson]) -> Iterator[Lesson]:
    dice = Dice(SEED)
    return (replace(lesson, said=tuple(_left(lesson.said, dice))) for lesson in lessons)


def _left(words: Sequence[str], dice: Dice) -> list[str]:
    chosen = dice.roll() >= UNCHOSEN
    return [word for word in words if (chosen if word.startswith(CHOSEN) else dice.roll() >= UNHEARD)]


def _scored(judged: Sequence[tuple[Guess | None, bool]]) -> Score:
    told = [right for guessed, right in judged if guessed and guessed.sure]
    return Score(len(judged), len(told), sum(told), sum(right for _, right in judged))


def _least(judged: Sequence[tuple[Guess | None, bool]]) -> float:
    """Return the lowest confidence from which on the share of right ones is TRUST, at least SURE."""
    ranked = sorted(((one.confidence, right) for one, right in judged if one), reverse=True)
    least, rights = NEVER, 0
    for number, (confidence, right) in enumerate(ranked, 1):
        rights += right
        if number >= PROOF and rights >= TRUST * number:
            least = max(confidence, SURE)
    return least


def _fit(lessons: Sequence[Lesson], task: str) -> Task | None:
    told = [(lesson, lesson.truth[task]) for lesson in lessons if task in lesson.truth]
    labels = _often(label for _, label in told)
    told = [(lesson, label) for lesson, label in told if label in labels]
    if len(told) < FEWEST or len(labels) < ALTERNATIVES:
        return None
    known = _common([lesson for lesson, _ in told])
    places = {label: place for place, label in enumerate(labels)}
    heard = [
        ([word for word in lesson.said if word in known], len(lesson.said), places[label]) for lesson, label in told
    ]
    return Task(tuple(labels), _descend(heard, known, len(labels)))


def _often(labels: Iterable[str]) -> list[str]:
    counts = Counter(labels)
    return sorted(label for label, count in counts.items() if count >= EXAMPLES)


def _common(lessons: Sequence[Lesson]) -> dict[str, None]:
    senders: defaultdict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for word in lesson.said:
            senders[word].add(lesson.sender)
    return dict.fromkeys(sorted(word for word, who in senders.items() if len(who) >= SENDERS))


def _descend(heard: list[_Heard], known: Iterable[str], labels: int) -> dict[str, tuple[float, ...]]:
    weights = {word: [0.0] * labels for word in known}
    moved = dict.fromkeys(weights, 1.0)  # AdaGrad: how far each has been moved already
    dice = Dice(SEED)
    for _ in range(EPOCHS):
        for words, said, place in dice.shuffled(heard):
            if left := _left(words, dice):
                _learn(left, said, place, weights, moved)
    return {word: tuple(round(one, DIGITS) for one in found) for word, found in weights.items()}


def _learn(
    words: Sequence[str], said: int, place: int, weights: dict[str, list[float]], moved: dict[str, float]
) -> None:
    wrong = chances(scores(words, weights, said))
    wrong[place] -= 1
    size = sum(one * one for one in wrong)
    if size < ENOUGH:
        return
    for word in words:
        counts = value(word, said)
        moved[word] += size * counts * counts
        step = RATE * counts / sqrt(moved[word])
        weights[word] = [weight - step * one for weight, one in zip(weights[word], wrong, strict=True)]
