"""The period of a report, in the office's days, and the one before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST = 366  # days
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both included."""

    first: date
    last: date

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the first moment and the one after the last, in UTC."""
        start, end = (datetime.combine(day, time.min, zone) for day in (self.first, self.last + DAY))
        return start.astimezone(UTC), end.astimezone(UTC)

    @property
    def months(self) -> int:
        """How many whole months of the calendar it is; 0 where it is not made of such."""
        after = self.last + DAY
        if self.first.day != 1 or after.day != 1:
            return 0
        return (after.year - self.first.year) * 12 + after.month - self.first.month

    @property
    def before(self) -> Period:
        """As many months before it, or as many days where it is not made of whole months."""
        last = self.first - DAY
        if not self.months:
            return Period(self.first - (self.last - self.first) - DAY, last)
        number = self.first.year * 12 + self.first.month - 1 - self.months
        return Period(date(number // 12, number % 12 + 1, 1), last)

    def __str__(self) -> str:
        """As reports name it: "Tháng 10 năm 2026", "Quý III năm 2026", "Năm 2026", "từ ngày … đến ngày …"."""
        months, year = self.months, self.first.year
        if months == 1:
            return f"Tháng {self.first.month} năm {year}"
        if months == 3 and self.first.month % 3 == 1:  # noqa: PLR2004 months of a quarter
            return f"Quý {('I', 'II', 'III', 'IV')[self.first.month // 3]} năm {year}"
        if months == 12 and self.first.month == 1:  # noqa: PLR2004 months of a year
            return f"Năm {year}"
        return f"Từ ngày {self.first:%d/%m/%Y} đến ngày {self.last:%d/%m/%Y}"


def month_of(day: date) -> Period:
    """Return the whole month a day lies in."""
    first = day.replace(day=1)
    return Period(first, (first + 31 * DAY).replace(day=1) - DAY)
