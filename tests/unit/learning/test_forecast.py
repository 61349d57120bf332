"""The forecast: what the calendar does to a day, and how far ahead a trend reaches."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.day_kinds import DayKinds
from chalicelib.domain.forecast import AHEAD, FEWEST, best, foretell, smooth, weekly_naive
from examples.corpus.cases import DAYS, FIRST, by_hour, corpus

DAY = timedelta(days=1)
RULES = regulation("hoa_binh")
KINDS = DayKinds(lambda day: bool(RULES.calendar.hours_on(day)))
WEEK = (30, 25, 25, 25, 20, 8, 4)


def steady(first: date, days: int) -> dict[date, Counter[int]]:
    """The same week again and again, a tenth on days off, all at nine and at two."""
    found = {}
    for day in (first + number * DAY for number in range(days)):
        usual = WEEK[day.weekday()] if RULES.calendar.hours_on(day) or day.weekday() >= 5 else 3
        found[day] = Counter({9: usual - usual // 3, 14: usual // 3})
    return found


class TestDayKinds:
    @pytest.mark.parametrize(
        ("day", "usual", "near"),
        [
            ("2026-11-18", "2", ""),  # a Wednesday
            ("2026-11-21", "5", ""),  # a Saturday off
            ("2026-02-17", "day off", "in a long break"),  # Tết
            ("2026-02-13", "4", "before a long break"),
            ("2026-02-23", "0", "after a long break"),
            ("2026-02-25", "2", "soon after a long break"),
            ("2026-01-10", "made up", ""),  # worked for 2-1-2026
            ("2026-08-31", "day off", ""),
        ],
    )
    def test_a_day_is_told_by_the_calendar(self, day: str, usual: str, near: str) -> None:
        kind = KINDS.of(date.fromisoformat(day))
        assert kind.usual == usual
        if near or usual in ("2", "5"):
            assert kind.near == near


class TestForecast:
    def test_the_same_week_is_foretold_again(self) -> None:
        today = date(2026, 11, 2)
        found = foretell(steady(date(2026, 6, 1), (today - date(2026, 6, 1)).days), KINDS, today)
        assert [one.day for one in found] == [today + number * DAY for number in range(AHEAD)]
        for one in found[:14]:
            assert one.cases == pytest.approx(WEEK[one.day.weekday()], rel=0.12)
            assert one.low <= one.cases * 1.001
            assert sum(one.hours) == pytest.approx(one.cases)
            assert one.hours[9] > one.hours[14] > one.hours[3] == 0

    def test_a_day_off_to_come_is_foretold_as_one(self) -> None:
        """24-11-2026 is off by the calendar alone; before it there were other days off to learn from."""
        today = date(2026, 11, 2)
        found = {
            one.day: one for one in foretell(steady(date(2026, 1, 1), (today - date(2026, 1, 1)).days), KINDS, today)
        }
        off = next(day for day in found if day.weekday() < 5 and not RULES.calendar.hours_on(day))
        assert not found[off].worked
        assert found[off].cases < found[off + timedelta(days=7 if off + timedelta(days=7) in found else -7)].cases / 2

    def test_of_too_few_days_nothing_is_foretold(self) -> None:
        today = date(2026, 11, 2)
        assert foretell(steady(today - (FEWEST - 1) * DAY, FEWEST - 1), KINDS, today) == ()
        assert foretell({}, KINDS, today) == ()

    def test_what_comes_today_changes_nothing(self) -> None:
        today = date(2026, 11, 2)
        past = steady(date(2026, 6, 1), (today - date(2026, 6, 1)).days)
        assert foretell(past | {today: Counter({9: 500})}, KINDS, today) == foretell(past, KINDS, today)

    def test_days_without_a_row_brought_nothing(self) -> None:
        today = date(2026, 11, 2)
        past = {day: hours for day, hours in steady(date(2026, 6, 1), 154).items() if day.weekday() != 6}
        sundays = [one.cases for one in foretell(past, KINDS, today) if one.day.weekday() == 6]
        assert max(sundays) < 1

    def test_it_beats_the_week_before_on_a_made_up_year(self) -> None:
        """Over six origins of the corpus its error is well below the naive one's, and the span holds most days."""
        counts = by_hour(corpus(RULES, held_out=None))
        told = {day: sum(hours.values()) for day, hours in counts.items()}
        off = naive = inside = days = 0.0
        for back in range(1, 7):
            today = FIRST + (DAYS - AHEAD * back) * DAY
            known = {day: count for day, count in told.items() if day < today}
            for one in foretell(counts, KINDS, today):
                off += abs(told[one.day] - one.cases)
                naive += abs(told[one.day] - weekly_naive(known, one.day))
                inside += one.low <= told[one.day] <= one.high
                days += 1
        assert off < 0.8 * naive
        assert 0.7 < inside / days < 0.92


class TestSmoothing:
    def test_it_is_the_error_correction_form(self) -> None:
        """Two steps by hand from a head of ten: level 10, then 10 + 0.5·2 and slope 0.1·2."""
        found = smooth([10.0] * 10 + [12.0], 0.5, 0.1, 0.9)
        assert (found.level, found.slope, found.error) == pytest.approx((11.0, 0.2, 4.0))
        assert found.ahead(2) == pytest.approx(11 + 0.2 * (0.9 + 0.81))

    def test_a_steady_rise_is_followed_but_not_for_ever(self) -> None:
        found = best([float(n) for n in range(100)])
        assert 99 < found.ahead(1) < 103
        assert found.ahead(1000) < 99 + 100
