"""Triage on the made-up corpus of examples/corpus: no public set of such texts exists.

Suggestions are learned on ten months and tried on the two behind them, in which 60 % of the words are said in ways that
the ten never had, on the 249 matters of examples/cases_*.jsonl, written by hand without knowledge of either, and on the
67 of benchmarks/questions/matters.tsv (kind, field, holder, words), written when the model stood, never learned from.
"""

from __future__ import annotations

import gzip
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter, process_time

import msgspec

from benchmarks.table import Line, compared
from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.heard import heard
from chalicelib.domain.triage import FIELD, HOLDER, KIND, TASKS, Model, guess
from chalicelib.domain.triage_training import Lesson, score, train
from chalicelib.views.suggestions import AGAINST
from examples.corpus.cases import HELD_OUT, SEED, Told, corpus
from examples.demo_cases import read

RULES = regulation("hoa_binh")
MATTERS = Path(__file__).parent / "questions" / "matters.tsv"
LEARNED_FROM = date(2025, 11, 1)
LEAST = 0.9  # of what is told of matters that it never saw the like of
NOBODYS = ("", RULES.operators, RULES.leadership)
Row = tuple[str, ...]


@dataclass(frozen=True)
class Tried:
    """Cases that a model is tried on: their lessons, and what a first hand and the rules said of each."""

    name: str
    lessons: Sequence[Lesson]
    first: Sequence[dict[str, str]]


def lines() -> list[Line]:
    """Hold what was learned against what one knows without it."""
    model, held = learned(), held_out()
    holder = score(model, held.lessons)[HOLDER]
    rules = _share(one[HOLDER] == lesson.truth[HOLDER] for lesson, one in _pairs(held, HOLDER))
    both = _share(_both(model, lesson, one) for lesson, one in _pairs(held, HOLDER))
    return [
        compared("triage, holder: right with suggestions / by the rules alone", both * 100, rules * 100, "%", least=1),
        Line("triage, holder: right of what is told", _percent(holder.precision), limit=None),
        *(
            compared(
                f"triage, {task}: right of what is told, unseen matters / least",
                found.precision or 0.0,
                LEAST,
                "",
                least=1,
            )
            for task, found in score(model, unseen().lessons).items()
        ),
        *_costs(model),
    ]


def tables() -> list[tuple[str, Row, list[Row]]]:
    """Tell how each task does on each set, by what it knows."""
    head = ("task", "tried on", "first hand or rules", "likeliest", "told", "right of told", "don't know", "against")
    rows = [_row(task, tried) for task in TASKS for tried in (held_out(), words_alone(), by_hand(), unseen())]
    return [(f"Suggestions (seed {SEED}, learned from {len(taught())} cases)", head, rows)]


@cache
def cases() -> list[Told]:
    return corpus(RULES)


@cache
def taught() -> list[Lesson]:
    return [_lesson(one) for one in cases() if LEARNED_FROM <= one.at.date() < HELD_OUT]


@cache
def learned() -> Model:
    return train(taught())


@cache
def held_out() -> Tried:
    newest = [one for one in cases() if one.at.date() >= HELD_OUT]
    return Tried("held-out months", [_lesson(one) for one in newest], [_first(one) for one in newest])


@cache
def words_alone() -> Tried:
    """The same, as on the telephone: nobody has chosen kind or field yet."""
    newest = [one for one in cases() if one.at.date() >= HELD_OUT]
    return Tried("the same, words alone", [_lesson(one, alone=True) for one in newest], [{} for _ in newest])


@cache
def by_hand() -> Tried:
    found = []
    for one in read():
        truth = {KIND: _kind(one.kind, one.about), FIELD: one.field}
        truth |= {HOLDER: one.unit} if one.unit not in NOBODYS else {}
        found.append(Lesson(heard(f"{one.title}\n{one.content}"), one.id, truth))
    return Tried("written by hand, words alone", found, [{} for _ in found])


@cache
def unseen() -> Tried:
    rows = (line.split("\t") for line in MATTERS.read_text("utf-8").splitlines())
    found = [
        Lesson(heard(words), words, {KIND: kind, FIELD: field} | ({HOLDER: holder} if holder else {}))
        for kind, field, holder, words in rows
    ]
    ruled = [{HOLDER: RULES.fields[one.truth[FIELD]].unit or ""} for one in found]
    return Tried("unseen, words alone", found, ruled)


def _lesson(one: Told, *, alone: bool = False) -> Lesson:
    truth = {KIND: one.kind, FIELD: one.field} | ({HOLDER: one.unit} if one.unit else {})
    chosen = {} if alone else {"kind": one.first_kind, "field": one.first_field}
    return Lesson(heard(f"{one.title}\n{one.content}", **chosen), one.sender, truth)


def _first(one: Told) -> dict[str, str]:
    kind, _, about = one.first_kind.partition(".")
    ruled = RULES.kinds[kind].at_once(about or None) or RULES.fields[one.first_field].unit or ""
    return {KIND: one.first_kind, FIELD: one.first_field, HOLDER: ruled}


def _kind(kind: str, about: str | None) -> str:
    return f"{kind}.{about}" if about else kind


def _pairs(tried: Tried, task: str) -> list[tuple[Lesson, dict[str, str]]]:
    return [pair for pair in zip(tried.lessons, tried.first, strict=True) if task in pair[0].truth]


def _both(model: Model, lesson: Lesson, first: dict[str, str]) -> bool:
    """Follow a suggestion where there is one, else the rules."""
    found = guess(model.tasks[HOLDER], lesson.said)
    return (found.label if found and found.sure else first[HOLDER]) == lesson.truth[HOLDER]


def _row(task: str, tried: Tried) -> Row:
    pairs, found = _pairs(tried, task), score(learned(), tried.lessons)[task]
    known = [one[task] == lesson.truth[task] for lesson, one in pairs if task in one]
    return (
        task,
        f"{tried.name} ({found.cases})",
        _percent(_share(known)) if known else "",
        _percent(found.likeliest / found.cases),
        _percent(found.coverage),
        _percent(found.precision),
        _percent(1 - (found.coverage or 0)),
        _against(task, pairs),
    )


def _against(task: str, pairs: Iterable[tuple[Lesson, dict[str, str]]]) -> str:
    """What the desk sees: suggestions that speak against the first choice, or the rules, and how many are right."""
    least = AGAINST if task != HOLDER else 0
    found = [
        (one.label == lesson.truth[task])
        for lesson, first in pairs
        if task in first
        and (one := guess(learned().tasks[task], lesson.said))
        and one.sure
        and one.confidence >= least
        and one.label != first[task]
    ]
    return f"{sum(found)} of {len(found)} right" if found else ""


def _costs(model: Model) -> list[Line]:
    body = msgspec.json.encode(model)
    packed = gzip.compress(body)
    decode = msgspec.json.Decoder(Model).decode
    loaded = _least(lambda: decode(gzip.decompress(packed)))
    said = [lesson.said for lesson in held_out().lessons[:200]]
    told = _least(lambda: [guess(task, words) for words in said for task in model.tasks.values()])
    began = process_time()
    train(taught()[:2000])
    return [
        Line("triage: the model's file", f"{len(packed) / 1000:.0f} kB"),
        Line("triage: loading the model", f"{loaded * 1000:.0f} ms"),
        Line("triage: suggesting for a case, all tasks", f"{told / len(said) * 1e6:.0f} µs"),
        Line("triage: learning from 2,000 cases", f"{process_time() - began:.1f} s"),
    ]


def _least(do: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        began = perf_counter()
        do()
        times.append(perf_counter() - began)
    return min(times)


def _share(of: Iterable[bool]) -> float:
    held = list(of)
    return statistics.fmean(held) if held else 0.0


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"
