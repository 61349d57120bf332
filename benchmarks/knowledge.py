"""How well and how fast procedures are found in the national catalogue, held against SQLite's FTS5 on the same names.

The catalogue is not part of this repository: PROCEDURES=file.jsonl, or ../shared/data/procedures.jsonl.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import time
import tracemalloc
import zlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks import asked
from benchmarks.asked import DEVELOPMENT, HELD_OUT, Question
from benchmarks.table import Line, compared
from chalicelib.adapters.catalogue_books import LEVEL
from chalicelib.adapters.held_procedures import shelved
from chalicelib.adapters.regulation_files import everyday_words
from chalicelib.domain.answering import asked_for, meant
from chalicelib.domain.everyday_words import plain, says, syllables
from chalicelib.domain.procedure_rows import Row, read_rows
from chalicelib.domain.procedures import Catalogue, Procedure

FILE = Path(os.environ.get("PROCEDURES") or Path(__file__).parents[2] / "shared" / "data" / "procedures.jsonl")
DAY = date(2026, 11, 22)
PROCEDURES, LOAD_MS, QUERY_MS, STRANGE = 2000, 300, 30, 0.10
Find = Callable[[str], Sequence[str]]  # a question → codes, best first


class Rank(NamedTuple):
    """How well a set of questions is answered."""

    first: float
    three: float
    reciprocal: float


class Answers(NamedTuple):
    """How often questions are answered, rightly, with the parts asked for; and those that no procedure answers.

    `right` and `parts` are shares of what is answered, `parts` of questions that name a part.
    """

    given: float
    right: float
    parts: float | None
    strange: float


@cache
def rows() -> list[dict[str, Any]]:
    """Read the catalogue."""
    return [json.loads(line) for line in FILE.read_text("utf-8").splitlines()] if FILE.exists() else []


@cache
def book(procedures: int = 0) -> bytes:
    """Pack the catalogue as S3 has it, filled up to so many procedures with copies under other codes."""
    more = [row | {"code": f"{row['code']}.{PROCEDURES}"} for row in rows()[: max(procedures - len(rows()), 0)]]
    read = read_rows(enumerate([*rows(), *more], 1), {"valid_from": date(2026, 7, 1)})
    editions = tuple(one.edition for one in read if isinstance(one, Row))
    return zlib.compress(msgspec.msgpack.encode(editions), LEVEL)


def load(packed: bytes) -> Any:
    """Do what a process does when it is first asked, but for the way from S3."""
    editions = msgspec.msgpack.decode(zlib.decompress(packed), type=tuple[Procedure, ...])
    return shelved(None, Catalogue(editions), DAY, everyday_words())


@cache
def ours() -> Find:
    """Find with our index."""
    shelf = load(book())
    return lambda words: [shelf.standing[one.place].code for one in shelf.index.find(words)]


@cache
def theirs() -> Find:
    """Find with FTS5 and its BM25 over folded names; each everyday name in the question brings its official ones."""
    table, everyday = sqlite3.connect(":memory:"), everyday_words()
    table.execute("CREATE VIRTUAL TABLE names USING fts5(code UNINDEXED, name)")
    folded = ((row["code"], " ".join(map(plain, syllables(row["name"])))) for row in rows())
    table.executemany("INSERT INTO names VALUES (?, ?)", folded)

    def find(words: str) -> list[str]:
        typed = everyday.written_out(syllables(words))
        terms = {plain(word) for word in typed if (word,) not in everyday.noise}
        for name, official in everyday.phrases.items():
            if any(says(typed[at : at + len(name)], name) for at in range(len(typed))):
                terms |= {plain(word) for one in official for word in one}
        match = " OR ".join(f'"{term}"' for term in terms)
        query = "SELECT code FROM names WHERE names MATCH ? ORDER BY rank LIMIT 10"
        return [code for (code,) in table.execute(query, (match,))] if match else []

    return find


def ranked(find: Find, questions: Sequence[Question]) -> Rank:
    """Ask them all."""
    places = []
    for one in questions:
        codes = list(find(one.words))
        places.append(next((at for at, code in enumerate(codes, 1) if code in one.codes), 0))
    count = len(places)
    return Rank(
        sum(at == 1 for at in places) / count,
        sum(0 < at <= 3 for at in places) / count,
        sum(1 / at for at in places if at) / count,
    )


def answers(questions: Sequence[Question], outside: Sequence[Question]) -> Answers:
    """Ask what procedures answer, and what none does."""
    shelf = load(book())

    def answered(question: Question) -> Procedure | None:
        place = meant(shelf.index.find(question.words)).place
        return None if place is None else shelf.standing[place]

    given = [(one, found) for one in questions if (found := answered(one))]
    parts = [one.parts <= set(asked_for(one.words, found.name, everyday_words())) for one, found in given if one.parts]
    return Answers(
        len(given) / len(questions),
        sum(found.code in one.codes for one, found in given) / len(given),
        sum(parts) / len(parts) if parts else None,
        sum(bool(answered(one)) for one in outside) / len(outside),
    )


def people() -> list[tuple[str, list[Question], list[Question]]]:
    """Return the sets of questions in people's words, by half, with what nothing answers."""
    halves = (DEVELOPMENT, HELD_OUT)
    first = [(f"everyday questions, {half}", asked.everyday(half), asked.outside(half)) for half in halves]
    strange = {
        DEVELOPMENT: asked.citizens_outside(DEVELOPMENT) + asked.near_misses(),
        HELD_OUT: asked.citizens_outside(HELD_OUT),
    }
    return first + [(f"citizens' words, {half}", asked.citizens(half), strange[half]) for half in halves]


def sets() -> list[tuple[str, list[Question]]]:
    """Return every set of questions."""
    return [(what, questions) for what, questions, _ in people()] + [
        (f"names {rule}", questions) for rule, questions in asked.known(rows())
    ]


def lines() -> list[Line]:
    """Measure size, load, speed, and how much more is found than by FTS5."""
    if not rows():
        return [Line("procedures are found", f"not measured: no catalogue at {FILE.name}, PROCEDURES=file.jsonl")]
    packed = book(PROCEDURES)
    loads = [_spent(lambda: load(packed)) for _ in range(5)]
    shelf = load(packed)
    times = sorted(_spent(lambda one=one: shelf.index.find(one.words)) for _, all_ in sets() for one in all_)
    made = [
        compared(f"{PROCEDURES:,} procedures: unpacked and indexed / limit", min(loads), LOAD_MS, "ms", limit=1),
        compared("one looked up, 19 of 20 times within / limit", times[len(times) * 19 // 20], QUERY_MS, "ms", limit=1),
        compared("one looked up, median / limit", statistics.median(times), QUERY_MS, "ms", limit=1),
    ]
    for what, questions, outside in people():
        strange = answers(questions, outside).strange
        made.append(compared(f"{what}: answered though nothing answers it / limit", strange, STRANGE, "", limit=1))
    for what, questions in sets():
        mine, other = ranked(ours(), questions), ranked(theirs(), questions)
        made.append(compared(f"{what}: right one first, ours / FTS5", mine.first, other.first, "", least=1))
    return made


def tables() -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Show every measure of finding, and what the catalogue takes."""
    if not rows():
        return []
    header = ("questions", "number", "recall@1", "recall@3", "MRR", "FTS5 recall@1", "FTS5 recall@3", "FTS5 MRR")
    found = []
    for what, questions in sets():
        both = (*ranked(ours(), questions), *ranked(theirs(), questions))
        found.append((what, str(len(questions)), *(f"{value:.3f}" for value in both)))
    return [
        ("Procedures found, of all that are asked for", header, found),
        (
            "Answered or left to a person",
            ("questions", "answered", "of these rightly", "of these with the part asked for", "of others answered"),
            _answered(),
        ),
        ("What the catalogue takes", ("what", "measured"), _sizes()),
    ]


def _answered() -> list[tuple[str, ...]]:
    return [(what, *("–" if value is None else f"{value:.3f}" for value in answers(*both))) for what, *both in people()]


def _sizes() -> list[tuple[str, ...]]:
    packed = book(PROCEDURES)
    tracemalloc.start()
    shelf = load(packed)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return [
        (f"book of {len(shelf.standing):,} procedures in S3", f"{len(packed) / 1e6:.1f} MB"),
        ("held by a process, texts and index", f"{held / 1e6:.0f} MB"),
    ]


def _spent(work: Callable[[], object]) -> float:
    """Return the processor time of one go, in ms."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000
