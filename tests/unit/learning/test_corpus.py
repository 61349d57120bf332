"""The made-up corpus: the same for everybody, and not to be told apart by phrases learned by heart."""

from __future__ import annotations

from collections import Counter

import pytest

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.text import fold
from examples.corpus.cases import HELD_OUT, SEED, SURGES, Told, by_hour, corpus
from examples.corpus.writing import LATE_WAYS, writer

RULES = regulation("hoa_binh")


@pytest.fixture(scope="module")
def cases() -> list[Told]:
    return corpus(RULES)


def test_a_seed_gives_the_same_cases_and_another_gives_others(cases: list[Told]) -> None:
    assert corpus(RULES, SEED) == cases
    assert corpus(RULES, SEED + 1)[:100] != cases[:100]


def test_the_held_out_months_say_what_the_others_never_do(cases: list[Told]) -> None:
    late = {fold(way) for topic in writer().topics for way in topic.ways[-LATE_WAYS:]}
    early = {fold(way) for topic in writer().topics for way in topic.ways[:-LATE_WAYS]}
    new = {way for way in late if not any(way in other or other in way for other in early)}
    assert len(new) > 80
    before, after = (
        [fold(one.content) for one in cases if (one.at.date() >= HELD_OUT) is held] for held in (False, True)
    )
    assert not any(way in text for text in before[::20] for way in new)
    assert sum(any(way in text for way in new) for text in after) > len(after) / 4


def test_fields_units_and_kinds_are_the_regulations(cases: list[Told]) -> None:
    kinds = {name + suffix for name, kind in RULES.kinds.items() for suffix in ([f".{a}" for a in kind.about] or [""])}
    assert {one.kind for one in cases} | {one.first_kind for one in cases} == kinds
    assert {one.field for one in cases} == set(RULES.fields)
    astray = Counter(one.first_unit != one.unit for one in cases if one.unit)
    assert 0.1 < astray[True] / astray.total() < 0.5


def test_days_off_are_quiet_and_counts_are_those_of_the_cases(cases: list[Told]) -> None:
    counts = {day: sum(hours.values()) for day, hours in by_hour(cases).items()}
    assert sum(counts.values()) == len(cases)
    worked = [count for day, count in counts.items() if RULES.calendar.hours_on(day)]
    closed = [count for day, count in counts.items() if not RULES.calendar.hours_on(day)]
    assert sum(closed) / len(closed) < 0.4 * sum(worked) / len(worked)
    assert 20_000 < len(cases) < 30_000
    assert len(SURGES) == 6
