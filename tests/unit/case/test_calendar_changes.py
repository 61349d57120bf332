"""A calendar changed under running clocks: what moves, by how much, and who is told (R61–R63; Điều 3.2, 9)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.retiming import touched
from tests.builders import (
    REGULATION,
    Story,
    answer,
    ask,
    given,
    local,
    only,
    reappoint,
    receive,
    supply,
    to_agency,
    to_officer,
    when,
)
from tests.unit.case.calendars import closure, day_off, with_changes, withdrawal, working_day
from tests.unit.case.walks import lives

AT_OFFICER = given(receive(at="2026-11-09 15:30"), to_officer(), at="2026-11-09 15:30")  # due Tuesday 11:00
AT_AGENCY = given(receive(at="2026-11-09 09:00"), to_officer(), to_agency())  # due Tuesday 09:30


def under(story: Story, rules: Regulation, at: str, command: cmd.Command | None = None) -> Story:
    """The calendar changes, and the case is looked at (or somebody acts on it)."""
    return when(replace(story, rules=rules), command or cmd.Watch(), at=at)


def test_a_day_off_moves_the_due_time_by_a_working_day() -> None:
    assert AT_OFFICER.due() == local("2026-11-10 11:00")
    rules = with_changes(day_off("2026-11-10", document="Công văn 12/UBND"), at="2026-11-09 16:00")
    story = under(AT_OFFICER, rules, "2026-11-09 16:00")
    moved = only(story, ev.DeadlineMoved)
    assert (moved.old_due, moved.new_due) == (local("2026-11-10 11:00"), local("2026-11-11 11:00"))
    assert (moved.reason, moved.author, moved.changes) == ("Nghỉ tránh bão (Công văn 12/UBND)", "quan_tri", (1,))
    assert (story.last[0].actor, story.last[0].article) == (SYSTEM, "Điều 3.2")
    assert (story.due(), story.case.stage.calendar) == (local("2026-11-11 11:00"), 1)  # type: ignore[union-attr]
    assert story.case.stage.first_due_at == local("2026-11-10 11:00")  # type: ignore[union-attr]


def test_it_moves_once_however_often_it_is_looked_at() -> None:
    rules = with_changes(day_off("2026-11-10"))
    story = under(AT_OFFICER, rules, "2026-11-09 16:00")
    assert not touched(story.case, rules)
    assert when(story, cmd.Watch(), at="2026-11-09 16:01").names == []


@pytest.mark.parametrize(
    ("change", "due"),
    [
        (day_off("2026-11-11"), "2026-11-10 11:00"),  # after the due time
        (closure("2026-11-10", ("09:00", "10:00")), "2026-11-10 14:00"),
        (closure("2026-11-10", ("07:30", "09:00")), "2026-11-10 14:30"),
        (closure("2026-11-10", ("13:30", "15:00")), "2026-11-10 11:00"),
        (working_day("2026-11-14"), "2026-11-10 11:00"),
    ],
)
def test_only_time_between_start_and_due_counts(change: dict[str, object], due: str) -> None:
    rules = with_changes(change)
    story = under(AT_OFFICER, rules, "2026-11-09 16:00")
    assert story.due() == local(due)
    assert story.names == ([] if story.due() == AT_OFFICER.due() else ["DeadlineMoved"])


def test_a_make_up_day_brings_the_due_time_nearer_and_a_withdrawal_takes_it_back() -> None:
    friday = given(receive(at="2026-11-13 15:00"), to_officer(), at="2026-11-13 15:00")
    assert friday.due() == local("2026-11-16 10:30")
    extra = with_changes(working_day("2026-11-14"))
    nearer = under(friday, extra, "2026-11-13 15:30")
    assert nearer.due() == local("2026-11-14 10:30")
    back = under(nearer, with_changes(working_day("2026-11-14"), withdrawal(1)), "2026-11-13 16:00")
    assert only(back, ev.DeadlineMoved).new_due == local("2026-11-16 10:30")
    assert only(back, ev.DeadlineMoved).changes == (2,)


def test_whoever_acts_before_the_job_has_come_meets_the_new_due_time() -> None:
    """Nobody is marked late by a due time that the calendar has moved."""
    story = under(AT_OFFICER, with_changes(day_off("2026-11-10")), "2026-11-10 14:00", answer())
    assert story.names == ["DeadlineMoved", "Answered"]
    assert story.case.late == ()


def test_nothing_late_is_unflagged() -> None:
    """R61."""
    late = when(AT_OFFICER, cmd.Watch(), at="2026-11-10 11:01")
    story = under(late, with_changes(day_off("2026-11-10"), at="2026-11-10 12:00"), "2026-11-10 14:00")
    assert story.names == []
    assert len(story.case.late_marks) == 1
    assert not touched(story.case, story.rules)


def test_a_clock_that_waits_for_the_sender_is_set_when_it_goes_on() -> None:
    waiting = when(AT_OFFICER, ask(), at="2026-11-09 16:00")
    story = under(waiting, with_changes(day_off("2026-11-10")), "2026-11-09 16:30")
    assert story.names == []
    resumed = when(story, supply(), at="2026-11-11 09:00")
    assert resumed.due() == local("2026-11-11 15:30")  # four and a half hours were left


def test_time_given_back_while_the_clock_waits_brings_the_due_time_nearer() -> None:
    friday = given(receive(at="2026-11-13 15:00"), to_officer(), ask(), at="2026-11-13 15:00")
    story = under(friday, with_changes(working_day("2026-11-14")), "2026-11-13 15:30")
    assert when(story, supply(), at="2026-11-13 16:00").due() == local("2026-11-14 11:30")


def test_a_second_change_counts_from_the_first() -> None:
    rules = with_changes(day_off("2026-11-10"))
    once = under(AT_OFFICER, rules, "2026-11-09 16:00")
    twice = under(once, with_changes(day_off("2026-11-10"), day_off("2026-11-11")), "2026-11-09 16:30")
    moved = only(twice, ev.DeadlineMoved)
    assert (moved.new_due, moved.changes) == (local("2026-11-12 11:00"), (2,))


def test_a_process_with_yesterdays_calendar_changes_nothing_back() -> None:
    """Processes learn of a change one after the other."""
    new = under(AT_OFFICER, with_changes(day_off("2026-11-10")), "2026-11-09 16:00")
    assert under(new, REGULATION, "2026-11-09 16:01").names == []


def test_an_appointment_moves_with_the_due_time_it_is() -> None:
    """Điều 9.3."""
    story = when(AT_AGENCY, reappoint("2026-11-12 10:00"), at="2026-11-09 10:00")
    moved = under(story, with_changes(day_off("2026-11-11")), "2026-11-09 11:00")
    event = only(moved, ev.DeadlineMoved)
    assert (event.new_due, event.appointment) == (local("2026-11-13 10:00"), local("2026-11-13 10:00"))
    assert moved.case.appointment == local("2026-11-13 10:00")
    assert moved.case.reappointed == 1


def test_an_appointment_out_of_the_closed_day_moves_to_the_next_opening() -> None:
    """Điều 8.1.c: the officer's promise on a day that is none any more, though no due time moves."""
    story = when(AT_OFFICER, cmd.Appoint(at=local("2026-11-13 09:00")), at="2026-11-09 16:00")
    moved = under(story, with_changes(day_off("2026-11-13")), "2026-11-09 16:30")
    event = only(moved, ev.DeadlineMoved)
    assert (event.old_due, event.new_due) == (AT_OFFICER.due(), AT_OFFICER.due())
    assert moved.case.appointment == local("2026-11-16 07:30")


def test_an_hour_promised_for_an_opening_that_is_none_any_more() -> None:
    story = when(AT_AGENCY, reappoint("2026-11-12 07:30"), at="2026-11-09 10:00")
    assert under(story, with_changes(day_off("2026-11-12")), "2026-11-09 11:00").due() == local("2026-11-13 07:30")


def test_duties_of_a_conduct_report_move_too() -> None:
    """R75."""
    story = given(receive(kind="report", about="conduct", at="2026-11-09 15:00"), to_officer(), at="2026-11-09 15:00")
    duty = story.case.actions[0]
    moved = under(story, with_changes(day_off("2026-11-10")), "2026-11-09 16:00")
    assert [action.due_at - duty.due_at for action in moved.case.actions] == [timedelta(days=1)] * 2
    answered = when(story, answer(), at="2026-11-09 16:00")
    late = under(answered, with_changes(day_off("2026-11-10")), "2026-11-09 16:30")
    assert only(late, ev.DeadlineMoved).stage is None


@for_all(lives(size=8))
@settings(max_examples=100, deadline=None)
def test_working_time_left_is_kept_and_the_clock_comes_to_rest(life: list[Story]) -> None:
    """Whatever the life and the changes in it: looked at once, each running clock fits the calendar, and stays."""
    story = when(life[-1], cmd.Watch())
    stage, calendar = story.case.stage, story.rules.calendar
    assert not touched(story.case, story.rules)
    if stage and not stage.paused and stage.late_since is None and calendar.is_open(stage.due_at):
        worked = calendar.elapsed_minutes(stage.started_at, stage.due_at, stage.pauses)
        assert worked == pytest.approx(stage.minutes, abs=1e-6)
