import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chalicelib.domain.working_time import WorkingCalendar
from tests.unit.vectors.slow_clock import SlowClock

VECTORS = json.loads((Path(__file__).parent / "vectors" / "working_time.json").read_text(encoding="utf-8"))
# Around Tết and the make-up Saturday of 2026, and around both changes of clock in Berlin and New York.
SCENES = [
    *[(name, datetime(2026, 1, 8, tzinfo=UTC)) for name in ("office", "office with Saturday mornings")],
    *[(name, datetime(2026, 2, 11, tzinfo=UTC)) for name in ("office", "round the clock")],
    *[(name, datetime(2026, 3, 27, tzinfo=UTC)) for name in ("nights in Berlin", "the changing hour in Berlin")],
    *[(name, datetime(2026, 10, 23, tzinfo=UTC)) for name in ("nights in Berlin", "the changing hour in Berlin")],
    ("office with meetings", datetime(2026, 3, 1, tzinfo=UTC)),
    ("evenings in New York", datetime(2026, 10, 30, tzinfo=UTC)),
    ("office", datetime(2025, 12, 30, tzinfo=UTC)),
]
CALENDARS = {name: WorkingCalendar.from_mapping(data) for name, data in VECTORS["calendars"].items()}
SLOW = {name: SlowClock(data) for name, data in VECTORS["calendars"].items()}

scenes = st.sampled_from(SCENES)
offsets = st.integers(0, 6 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
fine_offsets = st.integers(0, 6 * 86_400_000_000).map(lambda micros: timedelta(microseconds=micros))
budgets = st.integers(1, 1500)
fine_budgets = st.integers(1, 1500 * 60_000_000).map(lambda micros: micros / 60_000_000)
spans = st.lists(st.tuples(offsets, st.integers(0, 900).map(lambda minutes: timedelta(minutes=minutes))), max_size=3)


def utc(at):
    return at.astimezone(UTC)


def pauses_from(base, shape):
    return [(base + begin, base + begin + length) for begin, length in shape]


@given(scenes, fine_offsets, fine_budgets, spans)
def test_elapsed_undoes_due(scene, offset, minutes, shape):
    (name, base), pauses = scene, pauses_from(scene[1], shape)
    start = base + offset
    due = CALENDARS[name].due(start, minutes, pauses)
    assert CALENDARS[name].elapsed_minutes(start, due, pauses) == minutes


@given(scenes, fine_offsets, fine_offsets, fine_budgets, spans)
def test_a_later_start_is_never_due_earlier(scene, one, other, minutes, shape):
    (name, base), pauses = scene, pauses_from(scene[1], shape)
    early, late = sorted((base + one, base + other))
    calendar = CALENDARS[name]
    assert utc(calendar.due(early, minutes, pauses)) <= utc(calendar.due(late, minutes, pauses))


@given(scenes, fine_offsets, fine_budgets, fine_budgets, spans)
def test_more_minutes_are_due_later(scene, offset, one, other, shape):
    assume(one != other)
    (name, base), pauses = scene, pauses_from(scene[1], shape)
    less, more = sorted((one, other))
    calendar = CALENDARS[name]
    assert utc(calendar.due(base + offset, less, pauses)) < utc(calendar.due(base + offset, more, pauses))


@given(scenes, fine_offsets, fine_budgets)
def test_due_is_open_or_the_moment_of_closing(scene, offset, minutes):
    name, base = scene
    due = utc(CALENDARS[name].due(base + offset, minutes))
    assert CALENDARS[name].is_open(due - timedelta(microseconds=1))


@given(scenes, fine_offsets, budgets, budgets, spans)
def test_a_budget_spent_in_two_parts_is_due_at_the_same_time(scene, offset, first, second, shape):
    (name, base), pauses = scene, pauses_from(scene[1], shape)
    calendar, start = CALENDARS[name], base + offset
    halfway = calendar.due(start, first, pauses)
    assert calendar.due(halfway, second, pauses) == calendar.due(start, first + second, pauses)


@given(scenes, fine_offsets)
def test_the_next_opening_is_open_and_nothing_was_worked_before_it(scene, offset):
    calendar, start = CALENDARS[scene[0]], scene[1] + offset
    opening = calendar.next_open(start)
    assert calendar.is_open(opening)
    assert calendar.elapsed_minutes(start, opening) == 0
    assert calendar.is_open(start) == (opening == start)


@given(scenes, fine_offsets)
def test_intervals_are_apart_in_order_and_open_at_their_ends(scene, offset):
    calendar = CALENDARS[scene[0]]
    found = [
        (utc(opening), utc(closing))
        for (opening, closing), _ in zip(calendar.open_intervals(scene[1] + offset), range(6), strict=False)
    ]
    assert all(opening < closing for opening, closing in found)
    assert all(closing <= opening for (_, closing), (opening, _) in pairwise(found))
    assert all(calendar.is_open(opening) for opening, _ in found)


@settings(max_examples=60, deadline=None)
@given(scenes, offsets, st.integers(0, 700), spans)
def test_the_slow_clock_agrees(scene, offset, minutes, shape):
    (name, base), pauses = scene, pauses_from(scene[1], shape)
    start = base + offset
    expected = SLOW[name].due(start, minutes, pauses)
    assert utc(CALENDARS[name].due(start, minutes, pauses)) == expected
    assert CALENDARS[name].is_open(start) == SLOW[name].is_open(start)
    assert CALENDARS[name].elapsed_minutes(start, expected, pauses) == minutes


def short(vector):
    """Tell whether the slow clock can say it: by whole minutes, within days."""
    times = [datetime.fromisoformat(vector[key]) for key in ("start", "at") if key in vector]
    answered = isinstance(vector["expected"], str) and vector["calendar"] != "two days only"
    return answered and all(time.second == 0 for time in times)


def test_the_vectors_were_found_by_the_slow_clock():
    found = 0
    for vector in filter(short, VECTORS["vectors"]):
        slow = SLOW[vector["calendar"]]
        pauses = [tuple(time and datetime.fromisoformat(time) for time in pause) for pause in vector.get("pauses", ())]
        if vector["op"] == "due" and vector["minutes"] <= 480 and vector["minutes"] % 1 == 0:
            answer = slow.due(datetime.fromisoformat(vector["start"]), vector["minutes"], pauses)
        elif vector["op"] == "next_open":
            answer = slow.next_open(datetime.fromisoformat(vector["at"]))
        else:
            continue
        found += 1
        assert answer == datetime.fromisoformat(vector["expected"]), vector["name"]
    assert found > 120


def test_the_slow_clock_counts_as_the_vectors_do():
    for vector in VECTORS["vectors"]:
        if vector["op"] == "is_open" and "." not in vector["at"]:
            answer = SLOW[vector["calendar"]].is_open(datetime.fromisoformat(vector["at"]))
        elif vector["op"] == "elapsed_minutes" and isinstance(vector["expected"], int) and vector["expected"] < 4000:
            start, end = (datetime.fromisoformat(vector[key]) for key in ("start", "end"))
            if end - start > timedelta(days=40):
                continue
            pauses = [tuple(time and datetime.fromisoformat(time) for time in p) for p in vector.get("pauses", ())]
            answer = SLOW[vector["calendar"]].elapsed_minutes(start, end, pauses)
        else:
            continue
        assert answer == vector["expected"], vector["name"]


def test_the_vectors_are_many_named_apart_and_partly_checked_by_hand():
    vectors = VECTORS["vectors"]
    assert len(vectors) >= 150
    assert len({vector["name"] for vector in vectors}) == len(vectors)
    assert sum(vector["checked"] == "by hand" for vector in vectors) >= 40
