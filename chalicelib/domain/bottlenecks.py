"""Bottlenecks (điểm nghẽn, R112): what is spoken of more than usual – words, a field, an agency, conduct at an agency.

A week is held against the weeks before it. What a subject usually has of everything that comes in, times what came in
this week, is its usual number: weekdays, holidays and growth lie in that. How unlikely it is to see so many is the tail
of the gamma-Poisson prediction, and of all subjects looked at only those stand that keep the share of false alarms
below FALSE (Benjamini & Hochberg 1995). Senders count, not cases: one person is no bottleneck.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log

WEEK, PAST = 7, 56  # days looked at, days before them that are usual
SPOKEN = (2, 3, 4)  # syllables of what is counted as words
FEWEST = 6  # senders this week
TWICE = 2.0  # times the usual number
FALSE = 0.01
STEADY = 25.0  # at most so sure of what is usual: weeks differ by a fifth even so
QUIET = 7  # days of the past that must be known
MOST = 10  # bottlenecks told
COVERED = 0.5  # of a subject's cases belong to a likelier one: it is that one again

WORDS, FIELD, UNIT, CONDUCT = "words", "field", "unit", "conduct"
Subject = tuple[str, str]  # (WORDS, "giay phep lai xe"), (FIELD, "giao_thong") …


@dataclass(frozen=True, slots=True)
class Spoken:
    """A case as it counts here: the local day it came in, who sent it, what was said (heard.syllables), whose it is."""

    code: str
    day: date
    sender: str
    said: tuple[str, ...]
    kind: str  # with what a report is about: report.conduct
    field: str
    unit: str


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A subject of which too many speak: senders this week, the usual number, how unlikely; the cases behind it."""

    subject: Subject
    senders: int
    usual: float
    chance: float
    codes: tuple[str, ...]
    fields: tuple[tuple[str, int], ...]  # by field and unit, most first
    units: tuple[tuple[str, int], ...]

    @property
    def times(self) -> float:
        """How many times the usual."""
        return self.senders / self.usual if self.usual else float(self.senders)


def bottlenecks(cases: Iterable[Spoken], today: date) -> tuple[Bottleneck, ...]:
    """Return the bottlenecks of the week before `today`, the least likely first."""
    since, first = today - timedelta(days=WEEK), today - timedelta(days=WEEK + PAST)
    week = [case for case in cases if since <= case.day < today]
    past = [case for case in cases if first <= case.day < since]
    if len({case.day for case in past}) < QUIET:
        return ()
    now = _by_subject(week, {subject for subject, codes in _counted(week).items() if codes >= FEWEST})
    before = _weekly(past, now, since)
    found = []
    for subject, told in now.items():
        usual = before[subject] / len(past) * len(week)
        chance = tail(len({case.sender for case in told}), before[subject], len(past), len(week))
        found.append((chance, subject, usual))
    return tuple(_merged([(p, s, u) for p, s, u in false_discovery(found) if _many(now[s], u)], now))


def tail(seen: int, before: float, past: int, now: int) -> float:
    """Return the chance of `seen` or more of `now`, where there were `before` of `past`; never surer than STEADY."""
    shape, rate = before + 0.5, past / now
    if shape > STEADY:
        shape, rate = STEADY, rate * STEADY / shape
    stays = log(rate / (rate + 1))
    goes = log(1 / (rate + 1))
    below = sum(exp(lgamma(shape + k) - lgamma(shape) - lgamma(k + 1) + shape * stays + k * goes) for k in range(seen))
    return max(0.0, 1 - below)


def false_discovery(found: Sequence[tuple[float, Subject, float]]) -> list[tuple[float, Subject, float]]:
    """Return those that stand, the least likely first."""
    ranked = sorted(found)
    last = max((place for place, one in enumerate(ranked, 1) if one[0] <= FALSE * place / len(ranked)), default=0)
    return ranked[:last]


def subjects(case: Spoken) -> set[Subject]:
    """Return what a case is counted under."""
    said = case.said
    spoken = {(WORDS, " ".join(said[place : place + size])) for size in SPOKEN for place in range(len(said) - size + 1)}
    by_unit = {(UNIT, case.unit)} if case.unit else set()
    conduct = {(CONDUCT, case.unit)} if case.unit and case.kind == "report.conduct" else set()
    return {*spoken, (FIELD, case.field), *by_unit, *conduct}


def _counted(cases: Iterable[Spoken]) -> Counter[Subject]:
    senders: set[tuple[Subject, str]] = {(subject, case.sender) for case in cases for subject in subjects(case)}
    return Counter(subject for subject, _ in senders)


def _by_subject(cases: Iterable[Spoken], wanted: set[Subject]) -> dict[Subject, list[Spoken]]:
    found: dict[Subject, list[Spoken]] = defaultdict(list)
    for case in cases:
        for subject in sorted(subjects(case) & wanted):
            found[subject].append(case)
    return found


def _weekly(past: Iterable[Spoken], wanted: Mapping[Subject, object], since: date) -> Counter[Subject]:
    """Count senders a week, as the week looked at is counted, over the weeks past."""
    known = wanted.keys()
    senders = {
        (subject, case.sender, (since - case.day).days // WEEK) for case in past for subject in subjects(case) & known
    }
    return Counter(subject for subject, _, _ in senders)


def _many(told: Sequence[Spoken], usual: float) -> bool:
    return len({case.sender for case in told}) >= TWICE * usual


def _merged(
    ranked: Sequence[tuple[float, Subject, float]], now: Mapping[Subject, Sequence[Spoken]]
) -> Iterable[Bottleneck]:
    """Leave out a subject whose cases are mostly those of a likelier bottleneck; longer words win over shorter."""
    told: list[set[str]] = []
    ordered = sorted(ranked, key=lambda one: (round(log(one[0] + 1e-12)), -len(one[1][1]), one[1]))
    for chance, subject, usual in ordered:
        cases = now[subject]
        codes = {case.code for case in cases}
        if any(len(codes & other) > COVERED * len(codes) for other in told) or len(told) == MOST:
            continue
        told.append(codes)
        yield Bottleneck(
            subject=subject,
            senders=len({case.sender for case in cases}),
            usual=round(usual, 2),
            chance=chance,
            codes=tuple(case.code for case in cases),
            fields=_ranked(case.field for case in cases),
            units=_ranked(case.unit for case in cases if case.unit),
        )


def _ranked(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda one: (-one[1], one[0])))
