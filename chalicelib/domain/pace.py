"""How fast a holder works, and what will be late at that pace (R111). docs/risk.md explains the model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.domain.case import Case, Holder
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.working_time import WorkingCalendar

WORKING_DAYS = 5
LOOK_BACK = timedelta(days=31)  # five working days lie in it even over Tết


@dataclass(frozen=True, slots=True)
class Window:
    """The days a pace is measured over, the present one as far as it has come: local days, working minutes."""

    first: date
    last: date
    minutes: float

    def pace(self, finished: int) -> float | None:
        """Return the working minutes to a finished stage; None without anything finished."""
        return self.minutes / finished if finished > 0 and self.minutes > 0 else None


@dataclass(frozen=True, slots=True)
class Expected:
    """An open case in its holder's queue: working minutes up to its end at this pace, and until its due time."""

    case: Case
    work: float
    left: float | None  # None when the due time has passed

    @property
    def overrun(self) -> float:
        """Working minutes by which it will be late, to the thousandth; zero or less when it will not be or is."""
        return round(self.work - self.left, 3) if self.left is not None else 0.0

    @property
    def load(self) -> float | None:
        """Return work against time left: above 1 it will be late. None when no time is left."""
        return round(self.work / self.left, 3) if self.left else None


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is to be expected of one holder. `cut`: it has more cases than these, due later."""

    holder: Holder
    finished: int
    pace: float | None
    waiting: int  # cases whose clock stands still: they take none of the holder's time
    queue: tuple[Expected, ...]
    cut: bool = False

    @property
    def coming(self) -> tuple[Expected, ...]:
        """What will be late, worst first."""
        return tuple(sorted((one for one in self.queue if one.overrun > 0), key=_worst_first))

    @property
    def past(self) -> int:
        """How many have passed their due time already: they are late, not going to be."""
        return sum(one.left is None for one in self.queue)

    @property
    def worst(self) -> float:
        """The greatest overrun; zero when nothing will be late."""
        return max((one.overrun for one in self.queue), default=0.0)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is to be expected of all holders that were looked into, worst first; `unread` others have open cases."""

    at: datetime
    window: Window
    prospects: tuple[Prospect, ...]
    unread: int = 0

    @property
    def coming(self) -> tuple[Expected, ...]:
        """What will be late anywhere, worst first."""
        return tuple(sorted((one for prospect in self.prospects for one in prospect.coming), key=_worst_first))


def window(calendar: WorkingCalendar, now: datetime) -> Window:
    """Return the last five working days, today among them once the office has opened."""
    today = now.astimezone(calendar.zone).date()
    openings: dict[date, datetime] = {}
    for opening, _ in calendar.open_intervals(now - LOOK_BACK):
        if opening >= now:
            break
        openings.setdefault(opening.date(), opening)
    days = sorted(openings)[-WORKING_DAYS:]
    if not days:
        return Window(today, today, 0.0)
    return Window(days[0], today, calendar.elapsed_minutes(openings[days[0]], now))


def expect(cases: Iterable[Case], pace: float | None, rules: Regulation, now: datetime) -> tuple[Expected, ...]:
    """Line up a holder's open cases by due time and say when each will be done; those that wait are left out.

    Every case takes a turn: the holder's pace, but no more than the limit of its stage, for few finished stages are
    a sign of few cases as well as of slow work. The turn of a first case that is in time began with its stage.
    """
    queue: list[Expected] = []
    work = 0.0
    for case in sorted(cases, key=_by_due):
        stage = case.stage
        if stage is None or stage.paused:
            continue
        turn = turn_of(pace, min(stage.minutes, rules.stages[stage.name].minutes))
        left = rules.calendar.elapsed_minutes(now, stage.due_at) if stage.due_at >= now else None
        if not queue and left is not None:
            begun = min(stage.started_at, now)  # it may have come since `now` was read
            turn = max(0.0, turn - rules.calendar.elapsed_minutes(begun, now, stage.pauses))
        work += turn
        queue.append(Expected(case, work, left))
    return tuple(queue)


def turn_of(pace: float | None, budget: float) -> float:
    """Return the working minutes a case takes a holder of this pace."""
    return budget if pace is None else min(pace, budget)


def pressure(open_cases: int, pace: float | None, role: str, rules: Regulation) -> float:
    """Return how many whole limits of its role's stage the open cases of a holder will take."""
    budget = rules.stages[role].minutes
    return open_cases * turn_of(pace, budget) / budget


def worst_first(prospects: Sequence[Prospect]) -> tuple[Prospect, ...]:
    """Order holders: the greatest overrun, then the most that will be late, then the longest queue."""
    return tuple(
        sorted(
            prospects,
            key=lambda one: (-one.worst, -len(one.coming), -len(one.queue), one.holder.unit, one.holder.role),
        )
    )


def _worst_first(one: Expected) -> tuple[float, datetime, str]:
    assert one.case.stage is not None
    return -one.overrun, one.case.stage.due_at, one.case.code


def _by_due(case: Case) -> tuple[datetime, str]:
    return case.stage.due_at if case.stage else case.received_at, case.code
