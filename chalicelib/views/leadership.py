"""What the Centre's leadership looks at first: what waits for its opinion, what is late where, the numbers of today."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.sums import ratings
from chalicelib.ports import Deps, unit_name
from chalicelib.views.worklist import Row, rows

if TYPE_CHECKING:
    from chalicelib.views.tally import Tallies

MOST = 50  # rows of each list
ENDED = frozenset({"answered", "refused", "closed"})


class Count(Struct, frozen=True):
    """Số hồ sơ trong một ngày hoặc một tháng; `on_time` trong số đã trả lời."""

    received: int
    answered: int
    on_time: int
    refused: int
    late: int

    @property
    def ratio(self) -> float | None:
        """Percentage answered on time; None where nothing was answered."""
        return round(100 * self.on_time / self.answered, 1) if self.answered else None


class Share(Struct, frozen=True):
    """Một mức của thang, số hồ sơ ở mức ấy, và tỷ lệ phần trăm của cả thang (để trống khi chưa có gì)."""

    label: str
    number: int
    percent: float | None


class LateUnit(Struct, frozen=True):
    """Một đơn vị có hồ sơ trễ hạn trong tháng; `open` là những hồ sơ trong số ấy chưa xong."""

    name: str
    late: int
    open: tuple[Row, ...]


def waiting(actor: Actor, deps: Deps) -> tuple[tuple[Row, ...], bool]:
    """Return what the leadership is to give its opinion on, by due time, and whether there is more."""
    page = deps.lists.of_holder(Role.LEADERSHIP, deps.regulation.leadership, limit=MOST, cursor="")
    return tuple(rows(page.cases, actor, deps)), bool(page.cursor)


def late_units(month: Tallies, actor: Actor, deps: Deps) -> tuple[LateUnit, ...]:
    """Return the units with late cases in a month, those with most first."""
    found = [(counts["late"], unit) for unit, counts in month.by_unit.items() if counts.get("late")]
    return tuple(
        LateUnit(unit_name(unit, deps), late, _late(unit, month.month, actor, deps))
        for late, unit in sorted(found, key=lambda one: (-one[0], one[1]))
    )


def of_day(month: Tallies, day: date) -> Count:
    """Count a day of a month."""
    return count(month.by_day.get(day.isoformat(), {}))


def count(counters: Mapping[str, int]) -> Count:
    """Name the counters that people ask for."""
    answered = counters.get("answered", 0)
    on_time = answered - counters.get("answered_late", 0)
    return Count(counters.get("received", 0), answered, on_time, counters.get("refused", 0), counters.get("late", 0))


def queue(month: Tallies, deps: Deps) -> tuple[Share, ...]:
    """Return the open cases by state, as they are now."""
    return shares({deps.regulation.states[state]: n for state, n in month.states.items() if state not in ENDED})


def satisfaction(month: Tallies, deps: Deps) -> tuple[Share, ...]:
    """Return what senders said of the answers they rated first in a month, by the steps of the scale (Điều 10.2.c)."""
    rated = ratings(month.totals)
    return shares({label: rated.get(step, 0) for step, label in deps.regulation.satisfaction.scale.items()})


def shares(numbers: Mapping[str, int]) -> tuple[Share, ...]:
    """Return label and number of each, with its part of all."""
    every = sum(numbers.values())
    return tuple(Share(label, n, round(100 * n / every, 1) if every else None) for label, n in numbers.items())


def _late(unit: str, month: str, actor: Actor, deps: Deps) -> tuple[Row, ...]:
    cases = deps.lists.late(unit, month, limit=MOST)
    return tuple(rows((case for case in cases if case.holder), actor, deps))
