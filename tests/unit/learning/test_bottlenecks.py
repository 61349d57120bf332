"""Bottlenecks: what is told when, and when nothing is."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from chalicelib.domain.bottlenecks import (
    CONDUCT,
    FEWEST,
    PAST,
    UNIT,
    WEEK,
    WORDS,
    Spoken,
    bottlenecks,
    false_discovery,
    tail,
)
from chalicelib.domain.heard import syllables

TODAY = date(2026, 11, 23)
USUAL = (
    "cap lai so do",
    "khai sinh cho con",
    "dang ky ket hon",
    "doi bang lai xe",
    "tien dien tang cao",
    "duong hong o ga",
)


def spoken(number: int, back: int, text: str, **changes: str) -> Spoken:
    about = {"sender": f"s{number}", "kind": "question", "field": "ho_tich", "unit": "so_tu_phap"} | changes
    return Spoken(code=f"{number:012d}", day=TODAY - timedelta(days=back), said=syllables(text), **about)


def usual(a_day: int = 10, seed: int = 1) -> list[Spoken]:
    chance = random.Random(seed)
    days = [back for back in range(1, WEEK + PAST + 1) for _ in range(a_day)]
    return [spoken(number, back, chance.choice(USUAL)) for number, back in enumerate(days)]


def more(number: int, text: str, **changes: str) -> list[Spoken]:
    return [spoken(10_000 + place, 1 + place % WEEK, text, **changes) for place in range(number)]


def test_a_usual_week_has_none() -> None:
    assert [bottlenecks(usual(seed=seed), TODAY) for seed in range(20)] == [()] * 20


def test_a_subject_of_which_many_speak_is_told_with_its_cases() -> None:
    """Given twenty in a week about a thing that nobody asked for, it is one bottleneck, with each case behind it."""
    found = bottlenecks([*usual(), *more(20, "tai khoan vneid bi khoa", unit="cong_an_tinh", field="cu_tru")], TODAY)
    assert len(found) == 1
    [one] = found
    assert (one.senders, one.usual, len(set(one.codes))) == (20, 0.0, 20)
    assert one.units == (("cong_an_tinh", 20),)
    assert one.fields == (("cu_tru", 20),)
    assert one.chance < 1e-6


def test_one_person_is_no_bottleneck() -> None:
    assert bottlenecks([*usual(), *more(40, "tai khoan vneid bi khoa", sender="same")], TODAY) == ()


def test_growth_alone_is_none() -> None:
    """Everything has trebled this week: nothing has more of it than usual."""
    week = [case for seed in (2, 3) for case in usual(seed=seed) if case.day >= TODAY - timedelta(days=WEEK)]
    doubled = [
        spoken(20_000 + number, (TODAY - case.day).days, " ".join(case.said)) for number, case in enumerate(week)
    ]
    assert bottlenecks([*usual(), *doubled], TODAY) == ()


def test_conduct_at_an_agency_is_a_subject_of_its_own() -> None:
    words = (
        "can bo gat gong",
        "cho doi ca buoi",
        "ho so tre hen",
        "khong ai tra loi",
        "bat di lai nhieu",
        "doi them giay",
    )
    reports = [
        spoken(10_000 + place, 1 + place % WEEK, words[place % len(words)], kind="report.conduct", unit="so_y_te")
        for place in range(18)
    ]
    found = {one.subject for one in bottlenecks([*usual(), *reports], TODAY)}
    assert found & {(CONDUCT, "so_y_te"), (UNIT, "so_y_te")}


def test_what_comes_every_week_is_usual_however_much_it_is() -> None:
    much = [
        spoken(30_000 + back * 10 + n, back, "lam can cuoc") for back in range(1, WEEK + PAST + 1) for n in range(5)
    ]
    assert bottlenecks([*usual(), *much], TODAY) == ()


def test_nothing_is_told_before_there_is_a_past() -> None:
    assert bottlenecks(more(50, "tai khoan vneid bi khoa"), TODAY) == ()
    assert bottlenecks([], TODAY) == ()


def test_today_does_not_count() -> None:
    today = [spoken(10_000 + place, 0, "tai khoan vneid bi khoa") for place in range(30)]
    assert bottlenecks([*usual(), *today], TODAY) == ()


class TestTail:
    def test_it_is_the_gamma_poisson_prediction(self) -> None:
        """Shape 3.5 over eight weeks: the chance of none is (8/9)^3.5."""
        assert tail(1, 3, 8, 1) == pytest.approx(1 - (8 / 9) ** 3.5)
        assert tail(0, 3, 8, 1) == 1

    def test_more_are_less_likely_and_a_longer_past_does_not_make_it_surer_than_weeks_differ(self) -> None:
        chances = [tail(seen, 20, 8, 1) for seen in range(12)]
        assert chances == sorted(chances, reverse=True)
        assert tail(14, 80, 8, 1) == pytest.approx(tail(14, 800, 80, 1), rel=0.05)
        assert tail(14, 80, 8, 1) > 0.05  # fourteen where ten are usual


def test_false_discovery_keeps_the_first_of_many() -> None:
    """Benjamini & Hochberg: with a hundred looked at, one in ten thousand stands and one in a hundred does not."""
    dull = [(0.5, (WORDS, str(n)), 1.0) for n in range(98)]
    kept = false_discovery([(0.01, (WORDS, "a"), 1.0), (0.00005, (WORDS, "b"), 1.0), *dull])
    assert [subject for _, subject, _ in kept] == [(WORDS, "b")]
    assert FEWEST > 1
