"""A deadline in working time, 5 and 80 hours, against two libraries on an equal calendar; and the tables behind it.

Runs in .venv-bench. Equal means: the halves of the day and the days off of Hoà Bình, without the make-up Saturdays,
which neither library knows; that all three answer alike is checked before anything is measured.
"""

from __future__ import annotations

import statistics
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from typing import Any

import businesstimedelta
import holidays
import pandas
import pytz

from benchmarks.table import Line, compared
from chalicelib.adapters.regulation_files import calendar
from chalicelib.domain.working_time import WorkingCalendar

ROUNDS, REPEATED = 9, 20
STARTS = [datetime(2026, 1, 5, 1, 0, tzinfo=UTC) + timedelta(minutes=2617 * n) for n in range(200)]  # over a year
FEWER = STARTS[::4]
DECADE = range(2020, 2030)
RULES = calendar("hoa_binh")
EQUAL = {**RULES, "date_overrides": {}, "breaks": {}}
HALVES = RULES["weekly"]["mon"]
MONDAY_TO_FRIDAY = [0, 1, 2, 3, 4]
Question = Callable[[], Sequence[Any]]


def lines() -> list[Line]:
    """Measure both lengths against both libraries, and what ten years cost in time and memory."""
    short, long = answers(5), answers(80)
    ours = "a deadline of {} working hours, "
    built, taken = decade()
    return [
        compared("businesstimedelta / " + ours.format(5) + "ours", short[1], short[0], "µs", least=300),
        compared("pandas CustomBusinessHour / " + ours.format(5) + "ours", short[2], short[0], "µs", least=50),
        compared("businesstimedelta / " + ours.format(80) + "ours", long[1], long[0], "µs", least=300),
        compared("pandas CustomBusinessHour / " + ours.format(80) + "ours", long[2], long[0], "µs", least=50),
        compared("a deadline of 80 working hours / of 5, ours", long[0], short[0], "µs", limit=2, least=0.5),
        compared("the calendar of ten years, built / what it may take", built, 50, "ms", limit=1),
        compared("the calendar of ten years, memory / what it may take", taken, 1000, "kB", limit=1),
    ]


def answers(hours: int) -> list[float]:
    """Return the microseconds of a deadline: ours, businesstimedelta's, pandas'."""
    office, delta, offset = WorkingCalendar.from_mapping(EQUAL), _businesstimedelta(hours), _pandas(hours)
    minutes, stamps = hours * 60, [pandas.Timestamp(start) for start in STARTS]
    questions: list[tuple[Question, int]] = [
        (lambda: [office.due(start, minutes) for start in STARTS], REPEATED),
        (lambda: [start + delta for start in FEWER], 1),
        (lambda: [stamp.tz_convert(office.zone.key) + offset for stamp in stamps], 1),
    ]
    _agree(office, *(question() for question, _ in questions))
    return by_turns(questions)


def by_turns(questions: list[tuple[Question, int]]) -> list[float]:
    """Return the processor time of one answer to each, the least of rounds in which all take their turn."""
    rounds = [[_each(question, times) for question, times in questions] for _ in range(ROUNDS)]
    return [min(column) for column in zip(*rounds, strict=True)]


def decade() -> tuple[float, float]:
    """Return the milliseconds that a calendar of ten years takes to build, median, and the kilobytes it keeps."""
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        _ten_years()
        times.append((process_time() - began) * 1000)
    tracemalloc.start()
    kept = _ten_years()
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return statistics.median(times), taken / 1000


def _ten_years() -> WorkingCalendar:
    office = WorkingCalendar.from_mapping(RULES)
    for year in DECADE:
        office.next_open(datetime(year, 6, 1, tzinfo=UTC))
    return office


def _businesstimedelta(hours: int) -> Any:
    """Follow its README: a working day, a lunch break, an object of the holidays library with our days off."""
    zone = pytz.timezone(RULES["timezone"])
    (opens, noon), (afternoon, closes) = ([time.fromisoformat(edge) for edge in half] for half in HALVES)
    days_off = holidays.HolidayBase()
    days_off.update(dict.fromkeys(map(date.fromisoformat, EQUAL["holidays"]), "off"))
    rules = [
        businesstimedelta.WorkDayRule(opens, closes, MONDAY_TO_FRIDAY, tz=zone),
        businesstimedelta.LunchTimeRule(noon, afternoon, MONDAY_TO_FRIDAY, tz=zone),
        businesstimedelta.HolidayRule(days_off, tz=zone),
    ]
    return businesstimedelta.BusinessTimeDelta(businesstimedelta.Rules(rules), hours=hours)


def _pandas(hours: int) -> Any:
    opens, closes = zip(*HALVES, strict=True)
    return pandas.offsets.CustomBusinessHour(n=hours, start=opens, end=closes, holidays=EQUAL["holidays"])


def _agree(office: WorkingCalendar, ours: Sequence[Any], deltas: Sequence[Any], offsets: Sequence[Any]) -> None:
    # At closing time pandas goes on to the next opening: the same working time.
    if list(deltas) != ours[::4] or any(b not in (a, office.next_open(a)) for a, b in zip(ours, offsets, strict=True)):
        raise SystemExit("bench: the calendars are not equal: the libraries answer otherwise than we")


def _each(question: Question, times: int) -> float:
    began = process_time()
    for _ in range(times):
        count = len(question())
    return (process_time() - began) / times / count * 1e6
