"""What will be late at a holder's present pace (R111): the model of docs/risk.md, and what holds of any such model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.domain import pace, stages
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case, Holder
from chalicelib.domain.pace import Expected, Outlook, Prospect, Window, expect, pressure, window
from chalicelib.domain.working_time import WorkingCalendar
from tests.builders import REGULATION, local, receive, to_officer, when

NOW = local("2026-11-18 10:00")  # a Wednesday; the office works 07:30-11:30 and 13:30-17:00
BASE = when(receive(), to_officer()).case
ROUNDED = 0.0011  # overruns are given to the thousandth
PACES = st.none() | st.floats(0.01, 3000, allow_nan=False)


def case(begun: str | datetime, stage: str = "officer", *, code: int = 0, paused: bool = False) -> Case:
    start = local(begun) if isinstance(begun, str) else begun
    made = stages.begin(stage, REGULATION, start)
    return replace(BASE, code=f"{code:012d}", stage=stages.pause(made, REGULATION, start) if paused else made)


def late(cases: list[Case], its_pace: float | None, now: datetime = NOW) -> list[str]:
    return [one.case.code for one in expect(cases, its_pace, REGULATION, now) if one.overrun > 0]


@st.composite
def queues(draw: st.DrawFn, least: int = 0) -> list[Case]:
    """Cases that began in the last working week, some of them paused, some prolonged."""
    made = []
    for code in range(draw(st.integers(least, 8))):
        begun = NOW - timedelta(minutes=draw(st.integers(0, 9000)))
        one = case(begun, draw(st.sampled_from(sorted(REGULATION.stages))), code=code, paused=draw(st.booleans()))
        if draw(st.booleans()):
            assert one.stage is not None
            promised = stages.due_after(one.stage.due_at, draw(st.integers(1, 3000)), REGULATION)
            one = one.with_stage(due_at=promised, minutes=one.stage.minutes + 1)
        made.append(one)
    return made


def overruns(expected: tuple[Expected, ...]) -> dict[str, float]:
    return {one.case.code: one.overrun for one in expected}


class TestQueue:
    def test_each_case_takes_its_turn_in_order_of_due_time(self) -> None:
        """Three cases of 300 minutes begun now, at 140 a case: the third would end 120 minutes late."""
        queue = expect([case(NOW, code=code) for code in (3, 1, 2)], 140, REGULATION, NOW)
        assert [(one.case.code[-1], one.work, one.left) for one in queue] == [
            ("1", 140, 300),
            ("2", 280, 300),
            ("3", 420, 300),
        ]
        assert [one.overrun for one in queue] == [-160, -20, 120]
        assert [one.load for one in queue] == [0.467, 0.933, 1.4]

    def test_time_left_is_working_time(self) -> None:
        """Begun on Tuesday at 16:00 with 300 minutes: on Wednesday at 10:00 there are 90 before lunch."""
        [one] = expect([case("2026-11-17 16:00")], 60, REGULATION, NOW)
        assert one.left == 300 - 60 - 150

    def test_exactly_at_the_due_time_is_in_time(self) -> None:
        assert late([case(NOW, code=1), case(NOW, code=2)], 150) == []
        assert late([case(NOW, code=1), case(NOW, code=2)], 150.01) == ["000000000002"]

    def test_at_the_due_time_itself_it_is_not_late_yet(self) -> None:
        [one] = expect([case(NOW).with_stage(due_at=NOW)], 150, REGULATION, NOW)
        assert (one.left, one.overrun) == (0, 150)

    def test_one_alone_is_never_foreseen_late(self) -> None:
        """Its turn began with its stage and is no longer than its limit: too little is known to warn of it."""
        for begun in ("2026-11-18 09:59", "2026-11-17 16:00", "2026-11-17 14:00"):
            assert late([case(begun)], None) == late([case(begun)], 5000) == []

    def test_what_is_late_already_is_not_foreseen_but_goes_first(self) -> None:
        """Both wait for the same hands: the late one takes its whole turn, however long it has lain there."""
        past, fresh = case("2026-11-16 08:00", code=1), case(NOW, code=2)
        first, second = expect([fresh, past], 200, REGULATION, NOW)
        assert (first.left, first.overrun, first.work) == (None, 0.0, 200)
        assert (second.work, second.overrun) == (400, 100)

    def test_who_waits_for_the_sender_takes_no_time(self) -> None:
        assert len(expect([case(NOW, code=1), case(NOW, code=2, paused=True)], None, REGULATION, NOW)) == 1

    def test_without_history_each_case_takes_what_its_stage_allows(self) -> None:
        """An officer's 300 minutes and the 120 of a reply, which is due first and was begun 30 minutes ago."""
        queue = expect([case(NOW), case("2026-11-18 09:30", "reply")], None, REGULATION, NOW)
        assert [one.work for one in queue] == [90, 390]

    def test_who_finishes_little_is_no_slower_than_who_finished_nothing(self) -> None:
        pair = [case(NOW, code=1), case(NOW, code=2)]
        assert expect(pair, 2250, REGULATION, NOW) == expect(pair, None, REGULATION, NOW)

    def test_a_case_that_came_a_moment_after_now_was_read(self) -> None:
        [one] = expect([case(NOW + timedelta(seconds=1))], None, REGULATION, NOW)
        assert (one.work, one.overrun < 0) == (300, True)

    def test_a_promised_time_does_not_lengthen_the_turn(self) -> None:
        """Điều 9.3: who has until next week does not need until next week."""
        promised = case(NOW, code=1)
        assert promised.stage is not None
        promised = promised.with_stage(minutes=2000.0, due_at=local("2026-11-20 10:00"))
        assert [one.work for one in expect([promised, case(NOW, code=2)], None, REGULATION, NOW)] == [300, 600]

    def test_nothing_left_of_the_time_has_no_load(self) -> None:
        """Due as the office opens, and a queue before it."""
        opening = local("2026-11-19 07:30")
        pair = [case(NOW, code=code).with_stage(due_at=opening) for code in (1, 2)]
        evening = expect(pair, 10, REGULATION, local("2026-11-18 18:00"))
        assert [(one.left, one.load, one.overrun) for one in evening] == [(0, None, 0), (0, None, 10)]


class TestWhatHoldsOfAnyQueue:
    @for_all(queues(1), queues(), PACES)
    @settings(deadline=None)
    def test_more_cases_never_lower_anybodys_risk(
        self, cases: list[Case], others: list[Case], its_pace: float | None
    ) -> None:
        more = cases + [replace(one, code=f"9{one.code[1:]}") for one in others]
        alone, together = (overruns(expect(some, its_pace, REGULATION, NOW)) for some in (cases, more))
        assert all(together[code] >= overrun - ROUNDED for code, overrun in alone.items())

    @for_all(queues(1), PACES, st.floats(0.01, 1))
    @settings(deadline=None)
    def test_a_faster_pace_never_raises_it(self, cases: list[Case], its_pace: float | None, factor: float) -> None:
        slow = expect(cases, its_pace, REGULATION, NOW)
        fast = overruns(expect(cases, (its_pace or 3000) * factor, REGULATION, NOW))
        assert all(fast[one.case.code] <= one.overrun + ROUNDED for one in slow)

    @for_all(queues(), PACES)
    @settings(deadline=None)
    def test_the_worst_come_first_and_none_of_them_is_late_now(self, cases: list[Case], its_pace: float | None) -> None:
        prospect = Prospect(Holder(Role.OFFICER, "a"), 0, its_pace, 0, expect(cases, its_pace, REGULATION, NOW))
        assert [one.overrun for one in prospect.coming] == sorted(
            (one.overrun for one in prospect.coming), reverse=True
        )
        assert all(one.case.stage.due_at >= NOW for one in prospect.coming if one.case.stage)
        assert all(one.load is None or one.load > 1 for one in prospect.coming)
        assert len(prospect.coming) + prospect.past <= len(prospect.queue) <= len(cases)

    @for_all(queues(), PACES)
    @settings(deadline=None)
    def test_the_order_of_reading_does_not_matter(self, cases: list[Case], its_pace: float | None) -> None:
        assert expect(cases[::-1], its_pace, REGULATION, NOW) == expect(cases, its_pace, REGULATION, NOW)


class TestWindow:
    @pytest.mark.parametrize(
        ("now", "first", "minutes"),
        [
            ("2026-11-18 10:00", "2026-11-12", 4 * 450 + 150),
            ("2026-11-18 07:30", "2026-11-11", 5 * 450),  # not yet a working day: no part of it is over
            ("2026-11-22 12:00", "2026-11-16", 5 * 450),  # a Sunday
            ("2026-03-03 09:00", "2026-02-25", 4 * 450 + 90),
            ("2026-02-23 08:00", "2026-02-10", 4 * 450 + 30),  # the first morning after Tết
            ("2026-01-12 08:30", "2026-01-07", 4 * 450 + 60),  # 10 January is a Saturday that is worked
        ],
    )
    def test_five_working_days_with_the_present_as_far_as_it_has_come(
        self, now: str, first: str, minutes: float
    ) -> None:
        found = window(REGULATION.calendar, local(now))
        assert (found.first, found.minutes) == (date.fromisoformat(first), minutes)
        assert found.last == date.fromisoformat(now[:10])

    def test_an_office_that_never_opens_has_no_pace(self) -> None:
        never = window(WorkingCalendar.from_mapping({"timezone": "Asia/Ho_Chi_Minh", "weekly": {}}), NOW)
        assert never == Window(NOW.date(), NOW.date(), 0.0)
        assert never.pace(3) is None

    def test_pace_is_working_minutes_to_a_finished_stage(self) -> None:
        found = Window(NOW.date(), NOW.date(), 1950)
        assert (found.pace(13), found.pace(0)) == (150, None)


class TestHolders:
    def test_queues_are_compared_by_how_many_limits_they_take(self) -> None:
        """Sixty calls at a minute each press less than two cases at an office of which nothing is known."""
        assert pressure(60, 1, Role.OPERATOR, REGULATION) == 1
        assert pressure(2, None, Role.OFFICER, REGULATION) == pressure(2, 9999, Role.OFFICER, REGULATION) == 2

    @for_all(st.lists(st.tuples(queues(), PACES), max_size=4))
    @settings(deadline=None, max_examples=40)
    def test_the_worst_holder_comes_first_and_has_the_worst_case(
        self, given: list[tuple[list[Case], float | None]]
    ) -> None:
        found = pace.worst_first(
            [
                Prospect(Holder(Role.OFFICER, f"unit{place}"), 0, its_pace, 0, expect(cases, its_pace, REGULATION, NOW))
                for place, (cases, its_pace) in enumerate(given)
            ]
        )
        assert all(one.worst >= other.worst for one, other in pairwise(found))
        coming = Outlook(NOW, window(REGULATION.calendar, NOW), found).coming
        assert len(coming) == sum(len(one.coming) for one in found)
        assert not coming or coming[0].overrun == found[0].worst
