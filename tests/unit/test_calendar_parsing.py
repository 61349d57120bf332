"""A calendar is checked entry by entry, before anything is reckoned by it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chalicelib.domain.calendar_parsing import parse_rules
from chalicelib.domain.working_time import CalendarError, WorkingCalendar

VECTORS = json.loads((Path(__file__).parent / "vectors" / "working_time.json").read_text(encoding="utf-8"))
DAY = [["07:30", "11:30"], ["13:30", "17:00"]]
WEEK = {"timezone": "Asia/Ho_Chi_Minh", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)}


@pytest.mark.parametrize("vector", VECTORS["malformed"], ids=lambda vector: vector["name"])
def test_a_malformed_vector_is_refused_by_its_entry(vector):
    with pytest.raises(CalendarError) as refusal:
        WorkingCalendar.from_mapping(vector["calendar"])
    assert str(refusal.value).startswith(vector["entry"] + ": ")


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        ({"weekly": {"mon": [["11:30", "07:30"]]}}, r"weekly\.mon\[0\]: .* ends before"),
        ({"weekly": {"mon": [["07:30", "07:30"]]}}, r"weekly\.mon\[0\]: .* ends before"),
        (
            {"weekly": {"tue": [["07:30", "11:30"], ["11:00", "12:00"]]}},
            r"weekly\.tue\[1\]: 11:00–12:00 overlaps 07:30–11:30",
        ),
        ({"weekly": {"thứ hai": []}}, r"weekly\.thứ hai: not a weekday"),
        ({"weekly": {"mon": [["7:30", "11:30"]]}}, r"weekly\.mon\[0\]: '7:30' is not a time"),
        ({"weekly": {"mon": [["07:30", "24:01"]]}}, r"weekly\.mon\[0\]: '24:01' is not a time"),
        ({"weekly": {"mon": [[450, 690]]}}, r"weekly\.mon\[0\]: 450 is not a time"),
        ({"weekly": {"mon": [["07:30"]]}}, r"weekly\.mon\[0\]: .* is not a \[from, to\] frame"),
        ({"weekly": {"mon": "07:30"}}, r"weekly\.mon: must be a list"),
        ({"weekly": []}, r"weekly: must map"),
        ({"timezone": "Asia/Hoa_Binh"}, r"timezone: 'Asia/Hoa_Binh'"),
        ({"timezone": "../UTC"}, r"timezone: '\.\./UTC'"),
        ({"holidays": ["2026-02-30"]}, r"holidays\[0\]: '2026-02-30'"),
        ({"holidays": ["2026-01-01", "20260217"]}, r"holidays\[1\]: '20260217'"),
        ({"holidays": "2026-01-01"}, r"holidays: must be a list"),
        ({"date_overrides": {"10/01/2026": DAY}}, r"date_overrides\.10/01/2026: '10/01/2026' is not a date"),
        ({"date_overrides": ["2026-01-10"]}, r"date_overrides: must map"),
        ({"breaks": {"2026-03-03": [["10:00", "09:00"]]}}, r"breaks\.2026-03-03\[0\]: .* ends before"),
        ({"holiday": []}, r"holiday: not a calendar key"),
        ({1: []}, r"1: not a calendar key"),
        ({"timezone": ""}, r"timezone: ''"),
        ({"timezone": None}, r"timezone: None"),
        ({"timezone": "Asia"}, r"timezone: 'Asia'"),
        ({"weekly": None}, r"weekly: must map"),
        ({"weekly": {"mon": False}}, r"weekly\.mon: must be a list"),
        ({"weekly": {"Mon": []}}, r"weekly\.Mon: not a weekday"),
        (
            {"weekly": {"mon": [["13:30", "17:00"], ["07:30", "14:00"]]}},
            r"weekly\.mon\[0\]: 13:30–17:00 overlaps 07:30",
        ),
        (
            {"weekly": {"mon": [["08:00", "09:00"], ["08:00", "09:00"]]}},
            r"weekly\.mon\[1\]: 08:00–09:00 overlaps 08:00",
        ),
        ({"weekly": {"mon": [["22:00", "06:00"]]}}, r"weekly\.mon\[0\]: 22:00–06:00 ends before"),
        ({"weekly": {"mon": [["24:00", "24:00"]]}}, r"weekly\.mon\[0\]: .* ends before"),
        ({"weekly": {"mon": [["07:30:00", "11:30"]]}}, r"weekly\.mon\[0\]: '07:30:00' is not a time"),
        ({"weekly": {"mon": [{"from": "07:30", "to": "11:30"}]}}, r"weekly\.mon\[0\]: .* is not a \[from, to\] frame"),
        ({"weekly": {"mon": ["07:30", "11:30"]}}, r"weekly\.mon\[0\]: '07:30' is not a \[from, to\] frame"),
        ({"holidays": ""}, r"holidays: must be a list"),
        ({"holidays": 20260101}, r"holidays: must be a list"),
        ({"holidays": [datetime(2026, 1, 1, tzinfo=UTC)]}, r"holidays\[0\]: '2026-01-01 00:00"),
        ({"holidays": ["2026-2-17"]}, r"holidays\[0\]: '2026-2-17'"),
        ({"date_overrides": {"2026-01-10": ["07:30"]}}, r"date_overrides\.2026-01-10\[0\]: "),
        ({"date_overrides": {date(2026, 1, 10): DAY, "2026-01-10": []}}, r"date_overrides\.2026-01-10: given twice"),
        ({"breaks": [["09:00", "10:00"]]}, r"breaks: must map"),
    ],
)
def test_malformed_calendars_name_the_entry(change, entry):
    with pytest.raises(CalendarError, match=f"^{entry}"):
        WorkingCalendar.from_mapping({**WEEK, **change})


@pytest.mark.parametrize(
    ("calendar", "entry"),
    [
        ({"timezone": "UTC"}, "weekly: missing"),
        ({"weekly": {}}, "timezone: missing"),
        ({}, "timezone: missing"),
        (None, "the calendar: must map"),
        (["UTC"], "the calendar: must map"),
    ],
)
def test_missing_keys_are_named(calendar, entry):
    with pytest.raises(CalendarError, match=f"^{entry}"):
        WorkingCalendar.from_mapping(calendar)


def test_what_is_left_empty_is_empty():
    bare = {"timezone": "Asia/Ho_Chi_Minh", "weekly": {"mon": DAY}}
    spelled = {**bare, "weekly": {"sun": None, "mon": DAY}, "holidays": None, "date_overrides": {}, "breaks": None}
    assert parse_rules(spelled) == parse_rules(bare)
    closed = {**bare, "date_overrides": {"2026-03-02": None, "2026-03-09": []}, "breaks": {"2026-03-16": None}}
    days = [parse_rules(closed).frames_on(date(2026, 3, day)) for day in (2, 9, 16)]
    assert days == [(), (), parse_rules(bare).weekly[0]]


def test_the_spellings_of_python_mean_the_same():
    json_like = {**WEEK, "holidays": ["2026-02-17"], "breaks": {"2026-03-03": [["09:00", "10:00"]]}}
    day, morning = date(2026, 2, 17), (("09:00", "10:00"),)
    for holidays in ([day], {day}, (day,), {day: "Tết"}, iter([day])):
        pythonic = {**WEEK, "holidays": holidays, "breaks": {date(2026, 3, 3): morning}}
        assert parse_rules(pythonic) == parse_rules(json_like)
