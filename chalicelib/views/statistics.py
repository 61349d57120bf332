"""What the public may know of the centre's work in numbers, out of the tallies (Điều 3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from msgspec import Struct

from chalicelib.ports import Deps, local_day, unit_name

MONTHS = 6
FEWEST = 5  # answers of an agency in a month; below that a number could be about one person's matter


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


class Statistics(Struct, frozen=True):
    """Months up to the one asked for, the earliest first; that month by unit, the most answers first."""

    months: tuple[Month, ...]
    units: tuple[Answers, ...]
    before: str
    after: str  # empty: the month is the present one

    @property
    def month(self) -> Month:
        """The month asked for."""
        return self.months[-1]


def statistics(month: str, deps: Deps) -> Statistics:
    """Read a partition a month."""
    present = f"{local_day(deps.clock.now(), deps.regulation):%Y-%m}"
    last = min(month or present, present)
    wanted = [last]
    while len(wanted) < MONTHS:
        wanted.insert(0, _moved(wanted[0], -1))
    counted = {one: deps.tallies.month(one) for one in wanted}
    return Statistics(
        months=tuple(_month(one, counted[one]) for one in wanted),
        units=_units(counted[last], deps),
        before=_moved(last, -1),
        after=_moved(last, 1) if last < present else "",
    )


def _month(month: str, counters: Mapping[str, Mapping[str, int]]) -> Month:
    names: Counter[str] = Counter()
    for counts in counters.values():
        names.update(counts)
    return Month(month, names["received"], names["answered"], names["answered_late"])


def _units(counters: Mapping[str, Mapping[str, int]], deps: Deps) -> tuple[Answers, ...]:
    answered: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for key, counts in counters.items():
        unit = key.split("#")[1]
        answered[unit] += counts.get("answered", 0)
        late[unit] += counts.get("answered_late", 0)
    many = [
        Answers(unit_name(unit, deps), count, late[unit]) for unit, count in answered.most_common() if count >= FEWEST
    ]
    few = [unit for unit, count in answered.items() if 0 < count < FEWEST]
    rest = Answers("", sum(answered[unit] for unit in few), sum(late[unit] for unit in few))
    return (*many, rest) if few else tuple(many)


def _moved(month: str, by: int) -> str:
    first = date.fromisoformat(f"{month}-01")
    return f"{first - timedelta(days=1) if by < 0 else first + timedelta(days=31):%Y-%m}"
