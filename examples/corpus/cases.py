"""The cases: drawn from one seed, so that everybody has the same. Where a case ends is the topic's unit, by detours."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.regulation import Regulation
from examples.corpus.arrivals import Arrivals
from examples.corpus.writing import Topic, Writer, writer

SEED = 1022
FIRST, DAYS = date(2025, 5, 1), 549  # until the end of October 2026
HELD_OUT = date(2026, 9, 1)
LEVEL = 42.0
MANNERS = {"question": 0.58, "report.conduct": 0.16, "report.regulation": 0.07, "suggestion": 0.07, "service": 0.12}
CHANNELS = {"phone": 0.5, "web": 0.25, "app": 0.1, "message": 0.08, "mail": 0.04, "counter": 0.03}
WRONG_KIND, WRONG_FIELD, NO_FIELD = 0.12, 0.12, 0.2
AT_DESK = 0.4  # of the questions the operators answer at once
STRAIGHT = 0.2  # of what the regulation's field leads astray an operator sends to the right unit at first
STAYS = 0.03  # is settled where it was sent although it belongs elsewhere
SCHOOL = (8, 9)  # months of the school's beginning


@dataclass(frozen=True, slots=True)
class Surge:
    """A bottleneck that was planted: a topic of which so many more are asked for some days."""

    topic: int
    first: date
    days: int
    a_day: float


SURGES = (
    Surge(33, date(2026, 3, 9), 10, 5.0),  # driving licences at the police
    Surge(22, date(2026, 4, 13), 10, 4.0),  # health insurance cards
    Surge(1, date(2026, 6, 1), 12, 3.0),  # land transfers: within a field that is large anyhow
    Surge(46, date(2026, 7, 20), 8, 5.0),  # electronic identity
    Surge(52, date(2026, 9, 14), 8, 5.0),  # the portal
    Surge(10, date(2026, 10, 12), 8, 3.0),  # marriage
)


@dataclass(frozen=True, slots=True)
class Told:
    """A case as it was told and first filed, and how it ended; `unit` is "" where the operators answered at once."""

    code: str
    at: datetime  # local
    sender: str
    channel: str
    title: str
    content: str
    first_kind: str  # with what a report is about: report.conduct
    first_field: str
    first_unit: str
    kind: str
    field: str
    unit: str
    topic: int


def corpus(
    rules: Regulation, seed: int = SEED, *, surges: Sequence[Surge] = SURGES, held_out: date | None = HELD_OUT
) -> list[Told]:
    """Return all cases by time of reception; from the day `held_out` on people find new ways to say it."""
    chance, said = random.Random(seed), writer()
    arrivals = Arrivals(rules.calendar, FIRST, DAYS, LEVEL)
    moments = [(at, -1) for at in arrivals.moments(chance)]
    moments += [(at, surge.topic) for surge in surges for at in _surging(surge, rules, chance)]
    found = []
    for number, (at, topic) in enumerate(sorted(moments), 1):
        place = topic if topic >= 0 else _topic(at, said.topics, chance)
        late = held_out is not None and at.date() >= held_out
        found.append(_told(number, at, place, said, rules, chance, late=late))
    return found


def by_hour(cases: Sequence[Told]) -> dict[date, Counter[int]]:
    """Count what came in by day and hour, as the tallies do."""
    found: dict[date, Counter[int]] = {FIRST + timedelta(days=number): Counter() for number in range(DAYS)}
    for case in cases:
        found[case.at.date()][case.at.hour] += 1
    return found


def _surging(surge: Surge, rules: Regulation, chance: random.Random) -> Iterator[datetime]:
    level = surge.a_day
    return Arrivals(rules.calendar, surge.first, surge.days, level).moments(chance)


def _topic(at: datetime, topics: Sequence[Topic], chance: random.Random) -> int:
    weights = [
        (1 / (1 + number % 7) ** 0.5) * (2.5 if topic.field == "giao_duc" and at.month in SCHOOL else 1)
        for number, topic in enumerate(topics)
    ]
    return chance.choices(range(len(topics)), weights)[0]


def _told(
    number: int, at: datetime, place: int, said: Writer, rules: Regulation, chance: random.Random, *, late: bool
) -> Told:
    topic = said.topics[place]
    manner = chance.choices(list(MANNERS), list(MANNERS.values()))[0]
    title, content = said.content(topic, manner, chance, late=late)
    field, unit = (topic.field, topic.unit) if manner != "service" else ("buu_chinh", "buu_dien_tinh")
    first_field = _first_field(field, rules, chance)
    first_kind = chance.choice(list(MANNERS)) if chance.random() < WRONG_KIND else manner
    ruled = rules.fields[first_field].unit or ""
    first_unit = unit if chance.random() < STRAIGHT or not ruled else ruled
    if manner == "question" and chance.random() < AT_DESK:
        first_unit = unit = ""
    elif first_unit != unit and chance.random() < STAYS:
        unit = first_unit
    return Told(
        code=f"{number:012d}",
        at=at,
        sender=f"s{chance.randrange(20_000)}",
        channel=chance.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        title=title,
        content=content,
        first_kind=first_kind,
        first_field=first_field,
        first_unit=first_unit,
        kind=manner,
        field=field,
        unit=unit,
        topic=place,
    )


def _first_field(field: str, rules: Regulation, chance: random.Random) -> str:
    pick = chance.random()
    if pick < NO_FIELD:
        return "khac"
    return chance.choice(list(rules.fields)) if pick < NO_FIELD + WRONG_FIELD else field
