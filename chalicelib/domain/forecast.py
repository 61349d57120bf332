"""What will come in (R113): by day and hour, with the span in which four days of five will lie.

Counts are freed of what the calendar does to them (day_kinds.py), the worked days among them smoothed with a damped
trend (Gardner & McKenzie 1985, as ETS(A,Ad,N)), and the calendar put back. How far it may be off is taken from how far
the same method was off before, by weeks ahead (split conformal). Pure: counts in, forecast out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from chalicelib.domain.day_kinds import DAY, DayKind, DayKinds

AHEAD = 28  # days
FEWEST = 56  # days of counts, below which nothing is foretold
YEARS = 800  # days looked back on
WINDOW = 28  # days on either side that a day's level is the mean of
SHRINK = 3.0  # days as others that a rare kind of day is mixed with
ALPHAS, BETAS, PHIS = (0.02, 0.05, 0.1, 0.2, 0.35), (0.0, 0.01, 0.05), (0.9, 0.98)
INSIDE = 0.8  # of the days lie in the span
ORIGINS = 16  # weeks back from which the method is tried
ERRORS = 10  # known of a span's own, else those of all
PROFILE = 84  # days that the hours are taken from

Hours = Mapping[int, int]
Key = tuple[str, str]  # ("usual", "0"), ("near", "before a break")
OFF: Key = ("usual", "day off")


@dataclass(frozen=True, slots=True)
class Expected:
    """A day to come: cases expected, the span, and those expected by hour (of 24)."""

    day: date
    cases: float
    low: float
    high: float
    hours: tuple[float, ...]
    worked: bool


@dataclass(frozen=True, slots=True)
class Smoothing:
    """A damped trend: level and slope after the last value, and how they came about."""

    level: float
    slope: float
    alpha: float
    beta: float
    phi: float
    error: float  # sum of squares, one step ahead

    def ahead(self, steps: int) -> float:
        """Return the value so many steps on (>= 1)."""
        reach = sum(self.phi**step for step in range(1, steps + 1))
        return self.level + reach * self.slope


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learned of a series of days."""

    last: date
    factors: Mapping[Key, float]
    smoothing: Smoothing

    def cases(self, day: date, kind: DayKind) -> float:
        """Return what is expected of a day to come."""
        steps = max(1, round((day - self.last).days * 5 / 7))
        return max(0.0, self.smoothing.ahead(steps) * factor(self.factors, kind))


def foretell(by_hour: Mapping[date, Hours], kinds: DayKinds, today: date) -> tuple[Expected, ...]:
    """Return the days from `today` on by what came in on those before; nothing where too few are known.

    `by_hour` names the hours with cases of each day; a day before `today` that is not in it brought none.
    """
    counts = _series(by_hour, today)
    if len(counts) < FEWEST:
        return ()
    fitted, profile = fit(counts, kinds), _profile(by_hour, kinds, today)
    spans = _spans(counts, kinds)
    found = []
    for number in range(AHEAD):
        day = today + number * DAY
        kind = kinds.of(day)
        cases = fitted.cases(day, kind)
        low, high = spans[kind.worked, number // 7]
        hours = tuple(cases * share for share in profile[kind.worked])
        found.append(Expected(day, cases, cases * low, cases * high, hours, kind.worked))
    return tuple(found)


def fit(counts: Mapping[date, int], kinds: DayKinds) -> Fitted:
    """Learn the factors of the calendar and smooth what they leave of the worked days."""
    found = {day: kinds.of(day) for day in counts}
    factors = _factors(counts, found)
    freed = [count / factor(factors, found[day]) for day, count in counts.items() if found[day].worked]
    return Fitted(max(counts), factors, best(freed or [0.0]))


def factor(factors: Mapping[Key, float], kind: DayKind) -> float:
    """Return what a kind of day makes of the level."""
    return max(0.01, factors.get(("usual", kind.usual), 1.0) * factors.get(("near", kind.near), 1.0))


def best(series: Sequence[float]) -> Smoothing:
    """Return the smoothing whose one-step errors are least."""
    return min(
        (smooth(series, alpha, beta * alpha, phi) for alpha, beta, phi in product(ALPHAS, BETAS, PHIS)),
        key=lambda one: one.error,
    )


def smooth(series: Sequence[float], alpha: float, beta: float, phi: float) -> Smoothing:
    """Run through a series in the error-correction form; it begins at the mean of the first ten, without slope."""
    head = series[:10]
    level, slope, error = sum(head) / len(head), 0.0, 0.0
    for value in series:
        ahead = level + phi * slope
        off = value - ahead
        level, slope, error = ahead + alpha * off, phi * slope + beta * off, error + off * off
    return Smoothing(level, slope, alpha, beta, phi, error)


def _series(by_hour: Mapping[date, Hours], today: date) -> dict[date, int]:
    known = [day for day, hours in by_hour.items() if day < today and hours]
    if not known:
        return {}
    first = max(min(known), today - YEARS * DAY)
    days = (first + number * DAY for number in range((today - first).days))
    return {day: sum(by_hour.get(day, {}).values()) for day in days}


def _factors(counts: Mapping[date, int], kinds: Mapping[date, DayKind]) -> dict[Key, float]:
    """Estimate twice what a kind of day brings over the level around it: the second time that level is freed of it."""
    factors: dict[Key, float] = {}
    for _ in range(2):
        levels = _levels(counts, kinds, factors)
        mean = sum(levels.values()) / len(levels)
        plain = [day for day in counts if not kinds[day].near]
        usual = {day: (("usual", kinds[day].usual), levels[day]) for day in plain}
        factors |= _mixed(counts, usual, mean)
        near = {
            day: (("near", kinds[day].near), levels[day] * factors.get(("usual", kinds[day].usual), 1.0))
            for day in counts
            if kinds[day].near
        }
        factors |= _mixed(counts, near, mean)
    return factors


def _mixed(counts: Mapping[date, int], due: Mapping[date, tuple[Key, float]], mean: float) -> dict[Key, float]:
    """Return what came by what was due, by kind; rare kinds are mixed with days of which much is known.

    A day off is like the quietest of the week until there were some, any other kind like any day.
    """
    came, level = defaultdict[Key, float](float), defaultdict[Key, float](float)
    for day, (key, one) in due.items():
        came[key] += counts[day]
        level[key] += one
    found = {key: came[key] / level[key] for key in came if key[1].isdigit()}
    priors = {OFF: min(found.values(), default=1.0)} if found else {}
    for key in {*came, *priors} - found.keys():
        found[key] = (came[key] + SHRINK * mean * priors.get(key, 1.0)) / (level[key] + SHRINK * mean)
    return found


def _levels(
    counts: Mapping[date, int], kinds: Mapping[date, DayKind], factors: Mapping[Key, float]
) -> dict[date, float]:
    """Return the mean of the usual worked days around each day; of all days where there are none."""
    days = list(counts)
    freed = [
        counts[day] / factor(factors, kinds[day]) if kinds[day].worked and not kinds[day].near else None for day in days
    ]
    overall = [value for value in freed if value is not None] or [1.0]
    found = {}
    for place, day in enumerate(days):
        around = [value for value in freed[max(0, place - WINDOW) : place + WINDOW + 1] if value is not None]
        found[day] = max(sum(around) / len(around) if around else sum(overall) / len(overall), 0.01)
    return found


def _spans(counts: Mapping[date, int], kinds: DayKinds) -> dict[tuple[bool, int], tuple[float, float]]:
    """Return the span by (worked, weeks ahead) as shares of what is expected."""
    off = defaultdict[tuple[bool, int], list[float]](list)
    days = list(counts)
    for back in range(1, ORIGINS + 1):
        cut = len(days) - 7 * back
        if cut < FEWEST:
            break
        fitted = fit({day: counts[day] for day in days[:cut]}, kinds)
        for place in range(cut, min(cut + AHEAD, len(days))):
            kind = kinds.of(days[place])
            expected = max(fitted.cases(days[place], kind), 0.5)
            off[kind.worked, (place - cut) // 7].append(counts[days[place]] / expected)
    every = [share for shares in off.values() for share in shares]
    found = {}
    for key in product((True, False), range(AHEAD // 7)):
        found[key] = _span(off[key] if len(off[key]) >= ERRORS else every)
    return found


def _span(shares: Sequence[float]) -> tuple[float, float]:
    ranked = sorted(shares)
    if not ranked:
        return 0.0, 2.0
    cut = (1 - INSIDE) / 2
    low, high = int(cut * (len(ranked) + 1)) - 1, int((1 - cut) * (len(ranked) + 1) + 0.999) - 1
    return ranked[max(low, 0)], ranked[min(high, len(ranked) - 1)]


def _profile(by_hour: Mapping[date, Hours], kinds: DayKinds, today: date) -> dict[bool, tuple[float, ...]]:
    """Return the shares of the hours on worked and closed days."""
    found = {True: Counter[int](), False: Counter[int]()}
    for number in range(1, PROFILE + 1):
        day = today - number * DAY
        found[kinds.of(day).worked].update(by_hour.get(day, {}))
    every = found[True] + found[False]
    return {worked: _shares(hours or every) for worked, hours in found.items()}


def _shares(hours: Counter[int]) -> tuple[float, ...]:
    every = sum(hours.values())
    return tuple(hours[hour] / every if every else 1 / 24 for hour in range(24))


def weekly_naive(counts: Mapping[date, int], day: date) -> float:
    """Return what the same weekday of the last known week brought: what a forecast must beat."""
    back = day
    while back not in counts:
        back -= timedelta(weeks=1)
    return float(counts[back])
