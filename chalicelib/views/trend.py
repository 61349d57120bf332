"""What the leadership holds today against: the weeks past, and what came in by hour on the same day of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from msgspec import Struct

from chalicelib.domain.sums import Counts, Sums
from chalicelib.domain.weekly import WEEK
from chalicelib.ports import Deps, local_day
from chalicelib.views.tally import Tallies

WEEKS = 8  # the present one among them
SAME_DAYS = 4  # so many weeks back

Month = Sums | Tallies


class Week(Struct, frozen=True):
    """A week of the centre; the present one goes until today."""

    first: date
    last: date
    received: int
    answered: int
    late: int

    @property
    def on_time(self) -> int:
        """How many were answered in time."""
        return self.answered - self.late


class Hour(Struct, frozen=True):
    """What came in within an hour of the office's day, and as a rule; None: the hour is still to come."""

    hour: int
    today: int | None
    usual: float


class Inflow(Struct, frozen=True):
    """Today by hour; `days` are those that `usual` is the mean of, `until_hour` both sums until the present hour."""

    hours: tuple[Hour, ...]
    days: tuple[date, ...]
    hour: int
    until_hour: tuple[int, float]


def weeks(present: Tallies, deps: Deps) -> tuple[Week, ...]:
    """Return the last weeks, the present one last; `present` is this month."""
    today = local_day(deps.clock.now(), deps.regulation)
    this = today - timedelta(days=(today.weekday() - deps.regulation.digests.week_begins) % 7)
    month_of = _months(today, present, deps)
    return tuple(_week(this - back * WEEK, today, month_of) for back in reversed(range(WEEKS)))


def inflow(present: Tallies, deps: Deps) -> Inflow:
    """Hold today against the same day of the last weeks; of these, days on which nothing came in are left out."""
    now = deps.clock.now().astimezone(deps.regulation.calendar.zone)
    month_of = _months(now.date(), present, deps)
    came = {day: _by_hour(day, month_of) for day in (now.date() - back * WEEK for back in range(SAME_DAYS + 1))}
    today = came.pop(now.date())
    days = {day: hours for day, hours in came.items() if hours}
    usual = {hour: sum(hours.get(hour, 0) for hours in days.values()) / (len(days) or 1) for hour in range(24)}
    told = [hour for hour in range(24) if today.get(hour) or usual[hour]]
    shown = range(told[0], told[-1] + 1) if told else ()
    return Inflow(
        tuple(Hour(hour, today.get(hour, 0) if hour <= now.hour else None, usual[hour]) for hour in shown),
        tuple(sorted(days)),
        now.hour,
        (sum(n for hour, n in today.items() if hour < now.hour), sum(usual[hour] for hour in range(now.hour))),
    )


def _months(today: date, present: Tallies, deps: Deps) -> Callable[[date], Month]:
    """The month of a day: this one as it is now, those before it as the process holds them."""
    now: datetime = deps.clock.now()
    return lambda day: present if f"{day:%Y-%m}" == f"{today:%Y-%m}" else deps.month_sums.of(f"{day:%Y-%m}", now)


def _week(first: date, today: date, month_of: Callable[[date], Month]) -> Week:
    last = min(first + WEEK - timedelta(days=1), today)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    counts: list[Counts] = [month_of(day).by_day.get(day.isoformat(), {}) for day in days]
    received, answered, late = (
        sum(one.get(name, 0) for one in counts) for name in ("received", "answered", "answered_late")
    )
    return Week(first, last, received, answered, late)


def _by_hour(day: date, month_of: Callable[[date], Month]) -> dict[int, int]:
    return {int(hour): count for hour, count in month_of(day).by_hour.get(day.isoformat(), {}).items()}
