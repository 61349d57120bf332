"""Whether the office is open, in words, on every kind of day (Điều 3.2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.opening import Opening, office_days, opening
from chalicelib.domain.working_time import WorkingCalendar
from chalicelib.web.filters import VIETNAM, dial, opening_words, weekday

CALENDAR = regulation("hoa_binh").calendar
ROUND_THE_CLOCK = WorkingCalendar.from_mapping(
    {"timezone": "Asia/Ho_Chi_Minh", "weekly": {day: [["00:00", "24:00"]] for day in ("mon", "tue")}}
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T07:30", "Đang mở cửa, đến 11:30 hôm nay"),
        ("2026-11-23T11:29:59", "Đang mở cửa, đến 11:30 hôm nay"),
        ("2026-11-23T11:30", "Đang đóng cửa, mở lại lúc 13:30 hôm nay"),
        ("2026-11-22T20:24", "Đang đóng cửa, mở lại lúc 07:30 ngày mai (thứ Hai, 23/11/2026)"),
        ("2026-11-23T17:00", "Đang đóng cửa, mở lại lúc 07:30 thứ Tư, 25/11/2026"),  # over a day off
        ("2026-11-24T09:00", "Đang đóng cửa, mở lại lúc 07:30 ngày mai (thứ Tư, 25/11/2026)"),
        ("2026-01-10T09:00", "Đang mở cửa, đến 11:30 hôm nay"),  # a Saturday worked for 2 January
        ("2026-01-09T18:00", "Đang đóng cửa, mở lại lúc 07:30 ngày mai (thứ Bảy, 10/01/2026)"),
        ("2026-02-13T17:00", "Đang đóng cửa, mở lại lúc 07:30 thứ Hai, 23/02/2026"),  # Tết
    ],
)
def test_in_words(moment: str, words: str) -> None:
    now = at(moment)
    assert opening_words(opening(CALENDAR, now), now) == words


def test_an_announced_closure_and_a_make_up_day_count() -> None:
    storm = CALENDAR.with_changes(holidays=["2026-11-23"], date_overrides={"2026-11-28": [["08:00", "10:00"]]})
    now = at("2026-11-23T09:00")
    assert opening_words(opening(storm, now), now) == "Đang đóng cửa, mở lại lúc 07:30 thứ Tư, 25/11/2026"
    [closed, holiday, *_, made_up] = office_days(storm, now, 6)
    assert (closed.hours, closed.usual, holiday.usual) == ((), False, False)
    assert (made_up.hours, made_up.usual) == ((("08:00", "10:00"),), False)


def test_hours_that_touch_are_one() -> None:
    tuesday_night = at("2026-11-25T00:00")
    assert opening(ROUND_THE_CLOCK, at("2026-11-23T08:00")) == Opening(True, tuesday_night)


def test_an_office_that_never_opens_says_so() -> None:
    never = WorkingCalendar.from_mapping({"timezone": "Asia/Ho_Chi_Minh", "weekly": {}})
    now = at("2026-11-23T09:00")
    assert opening_words(opening(never, now), now) == "Đang đóng cửa"


@given(st.timedeltas(timedelta(), timedelta(days=364)))
def test_it_changes_when_it_says_so_and_not_before(into_the_year: timedelta) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + into_the_year
    found = opening(CALENDAR, now)
    assert found.changes_at is not None
    assert found.changes_at > now
    assert CALENDAR.is_open(found.changes_at) is not found.open
    assert CALENDAR.is_open(found.changes_at - timedelta(microseconds=1)) is found.open


def test_small_words() -> None:
    assert dial("02183.1022") == "021831022"
    assert weekday(datetime(2026, 11, 23, tzinfo=UTC).date()) == "Thứ Hai"
