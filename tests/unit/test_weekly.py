"""The week past: which days it is told of, and numbers that add up whatever happened."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.domain import counting
from chalicelib.domain.evolve import fold
from chalicelib.domain.weekly import Days, days_to_report, flows
from tests.builders import REGULATION, Story
from tests.unit.case.walks import lives

MONDAY = 0
_DAYS = {date(2026, 11, 2) + timedelta(days=number) for number in range(60)}
WEEKDAYS = {day for day in _DAYS if day.weekday() < 5}


def reported(today: str, *off: str, begins: int = MONDAY) -> tuple[str, str] | None:
    working = WEEKDAYS - {date.fromisoformat(day) for day in off}
    found = days_to_report(date.fromisoformat(today), begins, working.__contains__)
    return found and (f"{found.first}", f"{found.last}")


WEEK_OFF = ("2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20")


@pytest.mark.parametrize(
    ("today", "off", "days"),
    [
        ("2026-11-23", (), ("2026-11-16", "2026-11-22")),
        ("2026-11-24", (), None),
        ("2026-11-22", (), None),
        ("2026-11-23", ("2026-11-23",), None),
        ("2026-11-24", ("2026-11-23",), ("2026-11-16", "2026-11-22")),
        ("2026-11-23", WEEK_OFF, ("2026-11-09", "2026-11-22")),
    ],
    ids=["Monday", "Tuesday", "Sunday", "a Monday off", "the Tuesday after", "after a week off: two weeks"],
)
def test_the_days_of_a_report(today: str, off: tuple[str, ...], days: tuple[str, str] | None) -> None:
    assert reported(today, *off) == days


def test_a_week_may_begin_on_another_day() -> None:
    assert reported("2026-11-25", begins=2) == ("2026-11-18", "2026-11-24")
    assert reported("2026-11-23", begins=2) is None


@for_all(st.sets(st.sampled_from(sorted(WEEKDAYS)), max_size=30), st.integers(0, 6))
def test_every_day_is_reported_of_exactly_once(off: set[date], begins: int) -> None:
    """However the days off lie: reports follow one another without gap, at most one a day."""
    working = WEEKDAYS - off
    reports = [found for day in sorted(working) if (found := days_to_report(day, begins, working.__contains__))]
    for before, after in pairwise(reports):
        assert after.first == before.last + timedelta(days=1)


def tallied(stories: list[Story]) -> tuple[dict[str, Counter[str]], Counter[str]]:
    """What the tallies hold after all these events: rows of moved, and open by unit now."""
    moved: dict[str, Counter[str]] = {}
    now: Counter[str] = Counter()
    for story in stories:
        for recorded in story.history:
            for key, counts in counting.counters_of(recorded, REGULATION).items():
                partition, _, row = key.rpartition("|")
                if partition == counting.MOVED:
                    moved.setdefault(row, Counter()).update(counts)
                elif partition == "holders":
                    now[row.partition("#")[0]] += sum(counts.values())
    return moved, now


def held_at_end_of(day: date, stories: list[Story]) -> Counter[str]:
    """Who has what when a day ends, looked up in the cases themselves."""
    zone = REGULATION.calendar.zone
    found: Counter[str] = Counter()
    for story in stories:
        past = [recorded for recorded in story.history if recorded.at.astimezone(zone).date() <= day]
        if past and (holder := fold(past).holder):
            found[holder.unit] += 1
    return found


@for_all(st.lists(lives(), min_size=1, max_size=4), st.integers(0, 20), st.integers(0, 20))
@settings(max_examples=80, deadline=None)
def test_the_numbers_add_up_and_are_those_of_the_cases(many: list[list[Story]], start: int, length: int) -> None:
    """Opening stock + came − went = open at the end, for each unit and for all; and the stocks are the cases'."""
    stories = [life[-1] for life in many]
    zone = REGULATION.calendar.zone
    first = min(story.history[0].at for story in stories).astimezone(zone).date() + timedelta(days=start - 3)
    days = Days(first, first + timedelta(days=length))
    moved, now = tallied(stories)
    since = {row: counts for row, counts in moved.items() if row[:10] >= f"{days.first}"}
    found = flows(now, since, days)
    before, after = held_at_end_of(days.first - timedelta(days=1), stories), held_at_end_of(days.last, stories)
    assert {unit: flow.opening for unit, flow in found.items() if flow.opening} == before
    assert {unit: flow.open for unit, flow in found.items() if flow.open} == after
    names: Counter[str] = Counter()
    for story in stories:
        for recorded in story.history:
            if days.first <= recorded.at.astimezone(zone).date() <= days.last:
                for key, counts in counting.counters_of(recorded, REGULATION).items():
                    names.update(counts if "|" not in key else {})
    opening, end = sum(before.values()), sum(after.values())
    assert opening + names["received"] + names["reopened"] - names["answered"] - names["refused"] == end
    assert sum(flow.came - flow.went for flow in found.values()) == end - opening
    assert names["answered_late"] <= names["answered"]
