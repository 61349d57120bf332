"""Calendars nobody would keep, around every oddity of the world's clocks: the slow clock agrees minute by minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.working_time import WorkingCalendar
from tests.unit.vectors.slow_clock import MINUTE, WEEKDAYS, SlowClock

ODDITIES = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("Australia/Lord_Howe", "2026-04-05"),  # half an hour back
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Antarctica/Troll", "2026-03-29"),  # two hours
    ("Africa/Casablanca", "2026-02-15"),  # back for Ramadan
    ("Africa/Cairo", "2023-04-28"),  # midnight itself is left out
    ("America/Sao_Paulo", "2018-02-18"),  # the hour before midnight comes twice
    ("America/St_Johns", "2006-10-29"),  # at one minute past midnight
    ("Asia/Pyongyang", "2015-08-15"),
    ("Pacific/Apia", "2011-12-30"),  # a date that never was
    ("Asia/Ho_Chi_Minh", "2026-12-31"),
]
LENGTH = timedelta(days=3)

minutes_of_day = st.sampled_from([*range(0, 24 * 60 + 1, 30), *range(5, 240, 25)])
oddities = st.sampled_from(ODDITIES).map(lambda scene: (scene[0], datetime.fromisoformat(scene[1]).replace(tzinfo=UTC)))


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def paired(edges: set[int]) -> list[list[str]]:
    ordered = [clock(edge) for edge in sorted(edges)]
    return [list(pair) for pair in zip(ordered[::2], ordered[1::2], strict=False)]


def touching(edges: set[int]) -> list[list[str]]:
    ordered = [clock(edge) for edge in sorted(edges)]
    return [list(pair) for pair in pairwise(ordered)]


frames = st.one_of(st.sets(minutes_of_day, max_size=6).map(paired), st.sets(minutes_of_day, max_size=4).map(touching))
breaks = st.lists(st.sets(minutes_of_day, min_size=2, max_size=2).map(lambda two: paired(two)[0]), max_size=3)


@st.composite
def calendars(draw):
    zone, day = draw(oddities)
    days = st.sampled_from([(day + timedelta(days=off)).date().isoformat() for off in range(-1, 3)])
    return day, {
        "timezone": zone,
        "weekly": draw(st.dictionaries(st.sampled_from(WEEKDAYS), frames, max_size=7)),
        "holidays": draw(st.lists(days, max_size=1)),
        "date_overrides": draw(st.dictionaries(days, frames, max_size=2)),
        "breaks": draw(st.dictionaries(days, breaks, max_size=3)),
    }


@settings(max_examples=80)
@given(calendars(), st.integers(0, 4000), st.integers(0, 4000))
def test_the_slow_clock_agrees_on_any_calendar(made, one, other):
    day, mapping = made
    begin = day - timedelta(days=1)
    calendar, slow = WorkingCalendar.from_mapping(mapping), SlowClock(mapping)
    opened = [slow.is_open(begin + minute * MINUTE) for minute in range(LENGTH // MINUTE)]
    assert [calendar.is_open(begin + minute * MINUTE) for minute in range(0, len(opened), 5)] == opened[::5]
    start, end = sorted((one, other))
    assert calendar.elapsed_minutes(begin + start * MINUTE, begin + end * MINUTE) == sum(opened[start:end])
    found = takewhile(lambda span: span[0] < begin + LENGTH, calendar.open_intervals(begin))
    assert sum((min(to, begin + LENGTH) - since) // MINUTE for since, to in found) == sum(opened)
