"""What the public may know of the centre's work in numbers, out of the tallies (Điều 3.3, 10.2.c)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from chalicelib.domain.months import month_after, month_before, months_until
from chalicelib.domain.small_groups import too_small
from chalicelib.domain.sums import Counts, Sums, ratings
from chalicelib.ports import Deps, local_day, unit_name

MONTHS = 6
FEWEST = 5  # answers of an agency in a month, or ratings; below that a number could be about one person's matter


class Month(Struct, frozen=True):
    """The centre in a month, YYYY-MM."""

    month: str
    received: int
    answered: int
    late: int

    @property
    def on_time(self) -> int:
        """How many were answered in time."""
        return self.answered - self.late


class Answers(Struct, frozen=True):
    """What a unit answered in a month; without a name those of whom each answered little."""

    name: str
    answered: int
    late: int

    @property
    def on_time(self) -> int:
        """How many were answered in time."""
        return self.answered - self.late


class Ratings(Struct, frozen=True):
    """What senders said of the answers of a unit, of those with few ratings together (no name), or of all."""

    name: str
    number: int
    percent: tuple[float, ...]  # by the steps of the scale


class Statistics(Struct, frozen=True):
    """Months up to the one asked for, the earliest first; that month by unit, the most answers first.

    `ratings` are of that month too, the last of them those of the whole centre; none where they are too few.
    """

    months: tuple[Month, ...]
    units: tuple[Answers, ...]
    scale: tuple[str, ...]
    ratings: tuple[Ratings, ...]
    before: str
    after: str  # empty: the month is the present one

    @property
    def month(self) -> Month:
        """The month asked for."""
        return self.months[-1]


def statistics(month: str, deps: Deps) -> Statistics:
    """Add up six months, which the process may hold already."""
    now = deps.clock.now()
    present = f"{local_day(now, deps.regulation):%Y-%m}"
    last = min(month or present, present)
    wanted = months_until(last, MONTHS)
    counted = {one: deps.month_sums.of(one, now) for one in wanted}
    scale = deps.regulation.satisfaction.scale
    return Statistics(
        months=tuple(_month(one, counted[one].totals) for one in wanted),
        units=_units(counted[last].by_unit, deps),
        scale=tuple(scale.values()),
        ratings=_ratings(counted[last], tuple(scale), deps),
        before=month_before(last),
        after=month_after(last) if last < present else "",
    )


def _month(month: str, totals: Counts) -> Month:
    return Month(month, totals.get("received", 0), totals.get("answered", 0), totals.get("answered_late", 0))


def _units(by_unit: Mapping[str, Counts], deps: Deps) -> tuple[Answers, ...]:
    answered = Counter({unit: counts.get("answered", 0) for unit, counts in by_unit.items()})
    late = {unit: counts.get("answered_late", 0) for unit, counts in by_unit.items()}
    many = [
        Answers(unit_name(unit, deps), count, late[unit]) for unit, count in answered.most_common() if count >= FEWEST
    ]
    few = [unit for unit, count in answered.items() if 0 < count < FEWEST]
    rest = Answers("", sum(answered[unit] for unit in few), sum(late[unit] for unit in few))
    return (*many, rest) if few else tuple(many)


def _ratings(month: Sums, scale: tuple[str, ...], deps: Deps) -> tuple[Ratings, ...]:
    rated = {unit: Counter(ratings(counts)) for unit, counts in month.by_unit.items()}
    numbers = Counter({unit: counts.total() for unit, counts in rated.items() if counts})
    if numbers.total() < FEWEST:
        return ()
    hidden = too_small(numbers, FEWEST)
    named = [
        _rated(unit_name(unit, deps), rated[unit], scale) for unit, _ in numbers.most_common() if unit not in hidden
    ]
    rest = [_rated("", sum((rated[unit] for unit in hidden), Counter()), scale)] if hidden and named else []
    return (*named, *rest, _rated(deps.centre["name"], Counter(ratings(month.totals)), scale))


def _rated(name: str, counts: Counter[str], scale: tuple[str, ...]) -> Ratings:
    number = counts.total()
    return Ratings(name, number, tuple(round(100 * counts[step] / number, 1) for step in scale))
