"""Limits in days, as the law counts them (Bộ luật Dân sự 2015 Điều 147, 148)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.petitions.limits import CALENDAR, WORKING, Limit
from chalicelib.domain.working_time import NeverDueError, WorkingCalendar

OFFICE = WorkingCalendar.from_mapping(
    {
        "timezone": "Asia/Ho_Chi_Minh",
        "weekly": {day: [["07:30", "11:30"], ["13:30", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
        "holidays": ["2026-12-31", "2027-01-01"],
        "date_overrides": {"2027-01-09": [["07:30", "11:30"]]},
    }
)
CLOSED = WorkingCalendar.from_mapping({"timezone": "Asia/Ho_Chi_Minh", "weekly": {}})
days = st.dates(date(2025, 1, 1), date(2030, 12, 31))
lengths = st.integers(1, 120)


@pytest.mark.parametrize(
    ("start", "days", "counted", "last"),
    [
        ("2026-11-23", 10, CALENDAR, "2026-12-03"),  # the first day is not counted (147.3)
        ("2026-11-25", 10, CALENDAR, "2026-12-07"),  # Saturday 5 December: the next working day (148.5)
        ("2026-12-21", 10, CALENDAR, "2027-01-04"),  # ends on a holiday before a weekend
        ("2026-12-30", 10, CALENDAR, "2027-01-09"),  # a Saturday on which the office makes up is a working day
        ("2026-11-23", 10, WORKING, "2026-12-07"),
        ("2026-11-21", 1, WORKING, "2026-11-23"),
        ("2026-12-30", 1, WORKING, "2027-01-04"),
    ],
)
def test_a_limit_ends_as_the_civil_code_says(start: str, days: int, counted: str, last: str) -> None:
    limit = Limit(days, counted, "Điều 148")
    assert limit.ends_on(date.fromisoformat(start), OFFICE) == date.fromisoformat(last)


@given(days, lengths)
def test_a_limit_never_ends_on_a_day_off_nor_before_its_days_are_over(start: date, length: int) -> None:
    last = Limit(length, CALENDAR, "").ends_on(start, OFFICE)
    assert OFFICE.hours_on(last)
    assert last >= start + timedelta(days=length)
    between = [start + timedelta(days=length + more) for more in range((last - start).days - length)]
    assert not any(OFFICE.hours_on(day) for day in between)


@given(days, lengths)
def test_working_days_are_counted_one_by_one(start: date, length: int) -> None:
    last = Limit(length, WORKING, "").ends_on(start, OFFICE)
    after = [start + timedelta(days=step) for step in range(1, (last - start).days + 1)]
    assert sum(bool(OFFICE.hours_on(day)) for day in after) == length
    assert OFFICE.hours_on(last)


@given(days, lengths, st.integers(0, 60))
def test_days_that_are_granted_are_added_before_a_day_off_is_passed_over(start: date, length: int, more: int) -> None:
    once = Limit(length + more, CALENDAR, "").ends_on(start, OFFICE)
    assert Limit(length, CALENDAR, "").ends_on(start, OFFICE, granted=more) == once


def test_an_office_that_never_opens_has_no_limit() -> None:
    with pytest.raises(NeverDueError):
        Limit(1, WORKING, "").ends_on(date(2026, 11, 23), CLOSED)
