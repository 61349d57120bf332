"""When cases come in: growth, weekdays, holidays, Tết, seasons, hours; counts vary more than a Poisson's would."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chalicelib.domain.working_time import WorkingCalendar

DAY = timedelta(days=1)
GROWTH = 0.6  # from the first day to the last
WEEKDAYS = (1.28, 1.08, 1.0, 1.0, 0.92, 0.34, 0.2)
CLOSED = 0.22  # of a weekday's, on a holiday
AFTER_CLOSED = 1.35  # the first working day after two closed ones beside the weekend
SPREAD = 18.0  # shape of the gamma that a day's level is drawn from
OFFICE = (0, 0, 0, 0, 0, 0.3, 1, 4, 11, 13, 11, 7, 3, 6, 11, 12, 9, 4, 2, 2, 3, 3, 1.5, 0.5)
AT_HOME = (0.5, 0.2, 0, 0, 0, 0.3, 1, 2, 4, 5, 5, 4, 4, 4, 5, 5, 5, 5, 5, 7, 8, 7, 4, 1.5)
TET = (date(2026, 2, 17), date(2027, 2, 6))


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Draws moments of reception; the calendar says which days are worked."""

    calendar: WorkingCalendar
    first: date
    days: int
    level: float  # cases on an ordinary Wednesday of the first month

    def expected(self, day: date) -> float:
        """Return the mean of a day."""
        grown = 1 + GROWTH * (day - self.first).days / self.days
        works = bool(self.calendar.hours_on(day))
        weekday = day.weekday() if works == (day.weekday() < 5) else (2 if works else 6)
        level = self.level * grown * WEEKDAYS[weekday] * _season(day)
        if not works and day.weekday() < 5:
            level = self.level * grown * CLOSED * _season(day)
        closed = sum(not self.calendar.hours_on(day - n * DAY) for n in (1, 2, 3))
        usual = sum((day - n * DAY).weekday() >= 5 for n in (1, 2, 3))
        return level * (AFTER_CLOSED if works and closed > usual else 1)

    def moments(self, chance: random.Random) -> Iterator[datetime]:
        """Yield local moments, day by day, in order."""
        for number in range(self.days):
            day = self.first + number * DAY
            mean = self.expected(day) * chance.gammavariate(SPREAD, 1 / SPREAD)
            hours = OFFICE if self.calendar.hours_on(day) else AT_HOME
            drawn = chance.choices(range(24), hours, k=poisson(mean, chance))
            for at in sorted((hour, chance.randrange(60), chance.randrange(60)) for hour in drawn):
                yield datetime.combine(day, time(*at), self.calendar.zone)


def poisson(mean: float, chance: random.Random) -> int:
    """Draw a number, by waiting times."""
    if mean <= 0:
        return 0
    limit, number, product = math.exp(-min(mean, 500)), 0, chance.random()
    while product > limit:
        number, product = number + 1, product * chance.random()
    return number


def _season(day: date) -> float:
    distance = min(((day - tet).days for tet in TET), key=abs)
    if -4 <= distance <= 4:
        return 0.25
    if -14 <= distance < -4:
        return 0.75
    if 4 < distance <= 14:
        return 1.15
    return 1 + 0.12 * math.cos(2 * math.pi * (day.timetuple().tm_yday - 220) / 365)  # more in late summer
