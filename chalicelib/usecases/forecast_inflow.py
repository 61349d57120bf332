"""Foretell once a day what will come in in the next four weeks, from the tallies by hour (R113). docs/signals.md."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.day_kinds import DayKinds
from chalicelib.domain.forecast import Hours, foretell
from chalicelib.domain.months import months_until
from chalicelib.domain.signals import Foretold
from chalicelib.ports import Deps, local_day
from chalicelib.ports.learned import Facts

MONTHS = 26  # two years and the month begun: Tết is told by two others


def forecast_inflow(deps: Deps) -> int:
    """Publish the day's forecast, once; return the number of its version, 0 where it is there."""
    now, calendar = deps.clock.now(), deps.regulation.calendar
    today = local_day(now, deps.regulation)
    newest = deps.learned.forecast.newest(now)
    if newest and newest.content.today >= today:
        return 0
    by_hour = _by_hour(today, deps)
    days = foretell(by_hour, DayKinds(lambda day: bool(calendar.hours_on(day))), today)
    facts = Facts(sum(sum(hours.values()) for day, hours in by_hour.items() if day < today))
    return deps.learned.forecast.publish(Foretold(today, days), facts, now, after=newest.number if newest else 0)


def _by_hour(today: date, deps: Deps) -> dict[date, Hours]:
    found: dict[date, Hours] = {}
    for month in months_until(f"{today:%Y-%m}", MONTHS):
        for day, hours in deps.month_sums.of(month, deps.clock.now()).by_hour.items():
            found[date.fromisoformat(day)] = {int(hour): count for hour, count in hours.items()}
    return found
