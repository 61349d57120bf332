"""Independent surveys of satisfaction (khảo sát độc lập, R93–R97): whom to ask, and what may be told of the answers.

Whoever measures is not whoever answered (S2 Điều 7.2.5), and who said what is kept secret (Nghị định 61/2018 Điều
27.3): an answer stands for its unit and kind, never for a case, and few of them are not told at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.small_groups import too_small

LONGEST = timedelta(days=366)


class Phase(StrEnum):
    """How far a survey is."""

    DRAWING = "drawing"
    ASKING = "asking"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SurveyRules:
    """Who surveys (unit id), for how many working minutes answers are taken, how many at most are asked of a unit."""

    surveyor: str
    lasts: int
    most: int
    smallest: int  # fewer answers of a unit are not told
    article: str


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey: of answers given from `first` to `last`, so many senders of each unit; open until `until`."""

    id: str
    title: str
    first: date
    last: date
    per_unit: int
    by: str
    at: datetime
    until: datetime
    phase: Phase = Phase.DRAWING
    published_at: datetime | None = None
    version: int = 1
    asked: int | None = None  # how many, once it is kept nowhere else
    forgotten_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A case whose sender is still to be asked."""

    code: str
    unit: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A sender was asked, about which unit and kind; about which case is kept nowhere. `answered` once, and no more.

    The mark is what the link bears: who has it may answer, and only the centre can make it, of the sender.
    `call` is the case of one who can only be telephoned, until that is done or the survey is over.
    """

    mark: str
    unit: str
    kind: str
    answered: bool = False
    call: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said: a step of the regulation's scale, the same of single criteria, free words."""

    unit: str
    kind: str
    rating: str
    criteria: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """Of a unit ("" for those too small to be told one by one): answers by step, and by criterion and step."""

    unit: str
    ratings: Mapping[str, int]
    criteria: Mapping[str, Mapping[str, int]]

    @property
    def answers(self) -> int:
        """How many answered."""
        return sum(self.ratings.values())


def measures(actor: Actor, rules: SurveyRules) -> bool:
    """Tell whether somebody sees what was measured before it is published: the surveyor, and the leadership (R95)."""
    return actor.role == Role.LEADERSHIP or actor.unit == rules.surveyor


def check_wish(first: date, last: date, per_unit: int, today: date, rules: SurveyRules) -> None:
    """Raise InvalidError where nobody could be asked so."""
    if not first <= last < today or last - first > LONGEST:
        raise InvalidError("survey_period", "Kỳ khảo sát phải đã qua, không dài quá một năm", pointer="/last")
    if not 1 <= per_unit <= rules.most:
        title = f"Số người hỏi mỗi đơn vị từ 1 đến {rules.most}"
        raise InvalidError("survey_size", title, pointer="/per_unit")


def sample(answered: Mapping[str, tuple[str, str]], survey: Survey) -> dict[str, tuple[str, str]]:
    """Draw so many of each unit; `answered` is code → unit and kind of its last answer.

    By lot: a code's place is its hash with the survey's id, so the same draw is made again after a crash, and nobody
    chooses.
    """
    by_lot = sorted(answered, key=lambda code: hashlib.sha256(f"{survey.id} {code}".encode()).digest())
    drawn: Counter[str] = Counter()
    chosen = {}
    for code in by_lot:
        unit = answered[code][0]
        if drawn[unit] < survey.per_unit:
            drawn[unit] += 1
            chosen[code] = answered[code]
    return chosen


def results(opinions: Iterable[Opinion], smallest: int) -> tuple[Result, ...]:
    """Add up by unit, the most answers first; units too small to be told go together, or are left out if still few."""
    by_unit: dict[str, list[Opinion]] = defaultdict(list)
    for opinion in opinions:
        by_unit[opinion.unit].append(opinion)
    hidden = too_small({unit: len(said) for unit, said in by_unit.items()}, smallest)
    told = sorted(by_unit.keys() - hidden, key=lambda unit: (-len(by_unit[unit]), unit))
    rest = [opinion for unit in hidden for opinion in by_unit[unit]]
    found = [_result(unit, by_unit[unit]) for unit in told]
    return (*found, _result("", rest)) if len(rest) >= smallest else tuple(found)


def _result(unit: str, opinions: Sequence[Opinion]) -> Result:
    criteria: dict[str, Counter[str]] = defaultdict(Counter)
    for opinion in opinions:
        for name, step in opinion.criteria.items():
            criteria[name][step] += 1
    return Result(unit, Counter(opinion.rating for opinion in opinions), criteria)
