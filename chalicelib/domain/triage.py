"""Suggestions for a matter: kind, field and holder, as cases like it ended (R48); where in doubt, none.

The model is a softmax over what is heard (heard.py), one for each task. It knows nothing of persons: what fewer than
`triage_training.SENDERS` different senders said is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, sqrt

from chalicelib.domain.heard import CHOSEN

KIND, FIELD, HOLDER = "kind", "field", "holder"
TASKS = (KIND, FIELD, HOLDER)
NEVER = 2.0  # a confidence that is never reached
REASONS = 4  # words, of which none spoke less than
LEAST = 4  # times less than the first

Weights = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Task:
    """What was learned of one task: the labels, the weights of what is heard by label, and from when on it is told."""

    labels: tuple[str, ...]
    weights: Weights
    least: float = NEVER


@dataclass(frozen=True, slots=True)
class Model:
    """The tasks by name. An empty model knows nothing."""

    tasks: Mapping[str, Task] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest label, how sure (0 to 1), whether that is enough to tell anybody, and the words that spoke for it.

    The words are as they were heard: folded. Those that spoke most come first.
    """

    label: str
    confidence: float
    sure: bool
    words: tuple[str, ...] = ()


def guess(task: Task, said: Sequence[str]) -> Guess | None:
    """Return the likeliest label; None where not one word is known or nothing was learned."""
    known = [word for word in said if word in task.weights]
    if not any(not word.startswith(CHOSEN) for word in known):
        return None
    shares = chances(scores(known, task.weights, len(said)))
    best = max(range(len(shares)), key=shares.__getitem__)
    sure = shares[best] >= task.least
    words = _reasons(known, task.weights, best, shares) if sure else ()
    return Guess(task.labels[best], shares[best], sure, words)


def value(word: str, said: int) -> float:
    """Return how much a word counts: of a long text each less, what was chosen as much as a few of them.

    What is not known counts among those said, so that a text of strange words makes nobody sure.
    """
    return 0.5 if word.startswith(CHOSEN) else 1 / sqrt(said + 1)


def scores(known: Sequence[str], weights: Weights, said: int) -> list[float]:
    """Add up what is said for each label by the words that are known, of so many said."""
    found = [0.0] * len(weights[known[0]])
    for word in known:
        counts = value(word, said)
        found = [score + counts * weight for score, weight in zip(found, weights[word], strict=True)]
    return found


def chances(of: Sequence[float]) -> list[float]:
    """Return the softmax."""
    most = max(of)
    parts = [exp(one - most) for one in of]
    every = sum(parts)
    return [one / every for one in parts]


def _reasons(known: Sequence[str], weights: Weights, best: int, shares: Sequence[float]) -> tuple[str, ...]:
    """Words that set the best label apart from the next: a pair rather than its syllables."""
    ranked = sorted(range(len(shares)), key=lambda place: -shares[place])
    other = ranked[1] if len(ranked) > 1 else best
    spoke = {word: weights[word][best] - weights[word][other] for word in known if not word.startswith(CHOSEN)}
    enough = max(0.0, max(spoke.values(), default=0.0)) / LEAST
    found: list[str] = []
    for word in sorted((word for word in spoke if spoke[word] > enough), key=lambda word: (-spoke[word], word)):
        if not any(word in one.split() or set(word.split()) & set(one.split()) for one in found):
            found.append(word)
    return tuple(found[:REASONS])
