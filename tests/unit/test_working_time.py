import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chalicelib.domain.working_time import NeverDueError, WorkingCalendar

VECTORS = json.loads((Path(__file__).parent / "vectors" / "working_time.json").read_text(encoding="utf-8"))
CALENDARS = {name: WorkingCalendar.from_mapping(data) for name, data in VECTORS["calendars"].items()}
MINUTE = 60_000_000  # microseconds
DAY = [["07:30", "11:30"], ["13:30", "17:00"]]
WEEK = {"timezone": "Asia/Ho_Chi_Minh", "weekly": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), DAY)}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = WorkingCalendar.from_mapping(WEEK)


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def answer(vector):
    calendar = CALENDARS[vector["calendar"]]
    times = {key: datetime.fromisoformat(vector[key]) for key in ("start", "end", "at") if key in vector}
    pauses = [tuple(time and datetime.fromisoformat(time) for time in pause) for pause in vector.get("pauses", ())]
    match vector["op"]:
        case "due":
            return calendar.due(times["start"], vector["minutes"], pauses).isoformat()
        case "elapsed_minutes":
            return calendar.elapsed_minutes(times["start"], times["end"], pauses)
        case "is_open":
            return calendar.is_open(times["at"])
        case "next_open":
            return calendar.next_open(times["at"]).isoformat()
        case "open_intervals":
            spans = islice(calendar.open_intervals(times["start"]), vector["count"])
            return [[opening.isoformat(), closing.isoformat()] for opening, closing in spans]
    raise AssertionError(vector["op"])


@pytest.mark.parametrize("vector", VECTORS["vectors"], ids=lambda vector: vector["name"])
def test_vector(vector):
    match vector["expected"]:
        case {"error": "never due"}:
            with pytest.raises(NeverDueError):
                answer(vector)
        case {"error": "refused"}:
            with pytest.raises(ValueError, match=r"lies before|ends at|no time zone|number of minutes") as refusal:
                answer(vector)
            assert not isinstance(refusal.value, NeverDueError)
        case expected:
            assert answer(vector) == expected


def test_results_are_written_in_the_offices_zone_whatever_zone_asks():
    asked = local("2026-03-03T09:00")
    for zone in (UTC, timezone(timedelta(hours=-9)), ZoneInfo("Europe/Berlin")):
        due = OFFICE.due(asked.astimezone(zone), 60)
        assert due.isoformat() == "2026-03-03T10:00:00+07:00"
        assert due.utcoffset() == timedelta(hours=7)
    assert OFFICE.zone == ZONE


def test_seconds_and_fractions_of_minutes_are_kept():
    start = local("2026-03-03T11:29:59.999999")
    assert OFFICE.due(start, 1) == local("2026-03-03T13:30:59.999999")
    assert OFFICE.due(start, 0.5) == local("2026-03-03T13:30:29.999999")
    assert OFFICE.elapsed_minutes(start, local("2026-03-03T13:30")) == 1 / 60_000_000


def test_open_intervals_begin_at_the_start_and_go_on():
    spans = islice(OFFICE.open_intervals(local("2026-03-06T14:00")), 2)
    assert [(a.isoformat(), b.isoformat()) for a, b in spans] == [
        ("2026-03-06T14:00:00+07:00", "2026-03-06T17:00:00+07:00"),
        ("2026-03-09T07:30:00+07:00", "2026-03-09T11:30:00+07:00"),
    ]


@pytest.mark.parametrize("year", [1970, 1999, 2100, 2200])
def test_any_year_from_1970_to_2200(year):
    start = datetime(year, 1, 1, tzinfo=ZONE)
    due = OFFICE.due(start, 40 * 450)
    assert timedelta(days=53) < due - start < timedelta(days=59)
    assert OFFICE.elapsed_minutes(start, due) == 40 * 450


def test_new_years_eve_lasts_longer_in_the_west():
    evenings = WorkingCalendar.from_mapping({"timezone": "America/New_York", "weekly": {"thu": [["18:00", "24:00"]]}})
    after_midnight_utc = datetime(2027, 1, 1, 1, tzinfo=UTC)  # Thursday 31 December, 20:00 there
    assert evenings.is_open(after_midnight_utc)
    assert evenings.due(after_midnight_utc, 240).isoformat() == "2027-01-01T00:00:00-05:00"
    assert evenings.elapsed_minutes(after_midnight_utc, after_midnight_utc + timedelta(hours=5)) == 240


def test_the_calendar_survives_a_change_of_its_zones_offset():
    # Saigon's clocks went back an hour on 13 June 1975.
    night = WorkingCalendar.from_mapping({"timezone": "Asia/Ho_Chi_Minh", "weekly": {"thu": [["18:00", "24:00"]]}})
    opening, closing = next(night.open_intervals(datetime(1975, 6, 11, tzinfo=UTC)))
    assert closing - opening.astimezone(UTC) == timedelta(hours=7)


@pytest.mark.parametrize("ask", [OFFICE.is_open, OFFICE.next_open, lambda at: OFFICE.due(at, 1)])
def test_naive_times_are_refused(ask):
    with pytest.raises(ValueError, match="must be aware"):
        ask(datetime(2026, 3, 3, 9))  # noqa: DTZ001 - the mistake under test


def test_an_open_pause_never_ends():
    start = local("2026-03-03T09:00")
    with pytest.raises(NeverDueError, match="paused"):
        OFFICE.due(start, 61, [(local("2026-03-03T10:00"), None)])
    with pytest.raises(NeverDueError, match="paused"):
        OFFICE.due(start, 0, [(start, None), (start, local("2026-03-03T10:00"))])


def test_a_calendar_that_never_opens_says_so():
    shut = WorkingCalendar.from_mapping({"timezone": "UTC", "weekly": {"mon": []}})
    at = local("2026-03-03T09:00")
    assert not shut.is_open(at)
    assert list(shut.open_intervals(at)) == []
    assert shut.elapsed_minutes(at, at + timedelta(days=400)) == 0
    with pytest.raises(NeverDueError, match="does not open again"):
        shut.next_open(at)
    with pytest.raises(NeverDueError, match="too little working time"):
        shut.due(at, 1)


def test_a_calendar_of_overrides_only_ends_with_the_last():
    fair = WorkingCalendar.from_mapping({**WEEK, "weekly": {}, "date_overrides": {"2027-05-01": [["08:00", "09:00"]]}})
    at = local("2026-03-03T09:00")
    assert fair.due(at, 60) == local("2027-05-01T09:00")
    with pytest.raises(NeverDueError):
        fair.due(at, 61)


@pytest.mark.parametrize("minutes", [-1, -0.001, float("nan"), float("inf")])
def test_budgets_that_are_none(minutes):
    with pytest.raises(ValueError, match="number of minutes"):
        OFFICE.due(local("2026-03-03T09:00"), minutes)


def test_ends_before_starts_are_refused():
    early, late = local("2026-03-03T09:00"), local("2026-03-03T10:00")
    with pytest.raises(ValueError, match="lies before"):
        OFFICE.elapsed_minutes(late, early)
    with pytest.raises(ValueError, match="a pause ends"):
        OFFICE.due(early, 1, [(late, early)])


def test_days_added_make_a_new_calendar_and_leave_the_old():
    start, day = local("2026-03-03T16:00"), "2026-03-04"
    before = OFFICE.due(start, 120)
    changed = OFFICE.with_changes(
        holidays=[day], date_overrides={"2026-03-05": [["08:00", "09:00"]]}, breaks={"2026-03-05": [["08:00", "08:15"]]}
    )
    assert changed.due(start, 105) == local("2026-03-05T09:00")
    assert changed.with_changes(breaks={"2026-03-05": [["08:10", "08:30"]]}).due(start, 90) == local("2026-03-05T09:00")
    assert OFFICE.due(start, 120) == before == local("2026-03-04T08:30")


BERLIN = WorkingCalendar.from_mapping({"timezone": "Europe/Berlin", "weekly": {"sun": [["00:00", "06:00"]]}})


def test_results_compare_as_instants_in_the_hour_the_autumn_repeats():
    start = datetime(2026, 10, 24, 22, tzinfo=UTC)
    dues = [BERLIN.due(start, minutes) for minutes in range(1, 421, 10)]
    assert dues == [start + timedelta(minutes=minutes) for minutes in range(1, 421, 10)] == sorted(dues)
    assert dues[-1] - dues[0] == timedelta(minutes=410)
    assert BERLIN.due(start, 180).isoformat() == "2026-10-25T02:00:00+01:00"
    assert BERLIN.is_open(dues[15] - timedelta(microseconds=1))


@pytest.mark.parametrize("year", [1, 2, 1582, 1969, 2241, 2242, 2500, 9000, 9997])
def test_any_year_at_all(year):
    start = datetime(year, 6, 1, 0, 0, 0, 1, tzinfo=UTC)
    opening = OFFICE.next_open(start)
    assert OFFICE.is_open(opening)
    assert OFFICE.due(opening, 450) - opening < timedelta(hours=10)
    assert OFFICE.elapsed_minutes(opening, opening + timedelta(days=70)) == 50 * 450
    for micros in range(1, 20_000_000, 3_333_337):
        assert OFFICE.due(opening, micros / MINUTE) == opening + timedelta(microseconds=micros)


def test_the_ends_of_time_may_stand_for_always_and_never():
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    start = local("2026-03-03T09:00")
    assert OFFICE.elapsed_minutes(start, start + timedelta(hours=1), [(first, start), (start, last)]) == 0
    assert OFFICE.due(start, 30, [(first, start + timedelta(hours=1))]) == local("2026-03-03T10:30")
    with pytest.raises(NeverDueError):
        OFFICE.due(start, 0, [(start, last)])
    with pytest.raises(NeverDueError):
        OFFICE.next_open(last)
    assert not OFFICE.is_open(last)
    assert OFFICE.next_open(first).year == 1


@pytest.mark.parametrize("minutes", [10**9, 1e15, 1e308, 10**400])
def test_a_budget_of_centuries_is_never_due(minutes):
    with pytest.raises(NeverDueError, match="too little working time"):
        BERLIN.due(datetime(2026, 1, 1, tzinfo=UTC), minutes)


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Pago_Pago", "Pacific/Kiritimati"])
def test_the_first_question_of_a_year_and_the_next_are_answered_alike(zone):
    frames = [["00:00", "11:00"], ["18:00", "24:00"]]
    rules = {"timezone": zone, "weekly": dict.fromkeys(("thu", "fri", "sat"), frames)}
    known = WorkingCalendar.from_mapping(rules)
    for year in (2026, 2027):
        known.is_open(datetime(year, 6, 1, tzinfo=UTC))
    clocks = [ZoneInfo(zone), UTC, timezone(timedelta(hours=23)), timezone(timedelta(hours=-23))]
    for hours in range(0, 24 * 8, 3):
        start = datetime(2026, 12, 28, tzinfo=UTC) + timedelta(hours=hours)
        for minutes in (1, 4800):
            fresh = WorkingCalendar.from_mapping(rules).due(start, minutes)
            assert {known.due(start.astimezone(clock), minutes) for clock in clocks} == {fresh}
