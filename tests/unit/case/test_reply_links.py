"""To which work a link leads, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as each

from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import Role
from chalicelib.domain.case import INPUT
from chalicelib.domain.permissions import allowed
from chalicelib.domain.reply_links import (
    CLOSING,
    OF_DUTIES,
    LinkOverError,
    Task,
    check_link,
    good_until,
    task_given,
    task_of,
)
from tests.builders import (
    AGENCY,
    REGULATION,
    Story,
    ask,
    given,
    local,
    reappoint,
    receive,
    result,
    supply,
    to_agency,
    to_officer,
    when,
)
from tests.unit.case.walks import Life, lives

UNIT = AGENCY.unit


def at_agency() -> Story:
    return given(receive(), to_officer(), to_agency())


def work(story: Story, duty: str = "") -> Task:
    task = task_of(story.case, story.history, UNIT, duty)
    assert task is not None
    return task


def good(story: Story, task: Task, at: str = "") -> bool:
    try:
        check_link(story.case, story.history, task, REGULATION, local(at) if at else story.now)
    except LinkOverError:
        return False
    return True


def test_a_link_names_the_event_that_gave_the_work() -> None:
    story = at_agency()
    assert work(story) == Task(3, UNIT)
    assert task_of(story.case, story.history, "so_y_te") is None
    assert task_of(story.case, story.history, UNIT, "notice") is None


@pytest.mark.parametrize("command", [cmd.Accept(), ask(), reappoint("2026-11-11 10:00")])
def test_what_leaves_the_work_with_the_agency_leaves_the_link_good(command: cmd.Command) -> None:
    story = at_agency()
    task = work(story)
    after = when(story, command)
    assert good(after, task)
    assert work(after) == task


def test_details_come_back_to_the_same_work() -> None:
    story = given(at_agency(), ask(), supply())
    assert work(story) == Task(3, UNIT)


@pytest.mark.parametrize("command", [result(), cmd.Decline(reason="Không thuộc ngành")])
def test_what_ends_the_work_ends_the_link_also_when_it_comes_again(command: cmd.Command) -> None:
    story = at_agency()
    task = work(story)
    over = when(story, command)
    assert not good(over, task)
    again = when(over, to_agency())
    assert work(again) != task
    assert not good(again, task)


def test_duties_have_links_of_their_own() -> None:
    story = given(receive(kind="report", about="conduct"), to_officer(), to_agency())
    tasks = [work(story), work(story, "notice"), work(story, "substitution")]
    assert len({task.seq for task in tasks}) == 3
    closed = when(story, cmd.CloseAction(name="notice", outcome="Đã nhắc nhở", unit=UNIT))
    assert [good(closed, task) for task in tasks] == [True, False, True]
    ended = when(closed, result())
    assert [good(ended, task) for task in tasks] == [False, False, True]


class TestUntil:
    """Due on Tuesday 10 November at 09:30; five working days (2250 minutes) later is the end."""

    def test_the_last_moment_is_still_good(self) -> None:
        story = at_agency()
        until = good_until(story.case, work(story), REGULATION)
        assert until == REGULATION.calendar.due(story.due(), REGULATION.reply_links_live)
        assert until is not None
        check_link(story.case, story.history, work(story), REGULATION, until)
        with pytest.raises(LinkOverError):
            check_link(story.case, story.history, work(story), REGULATION, until + timedelta(microseconds=1))

    def test_a_new_appointment_moves_it(self) -> None:
        story = at_agency()
        moved = when(story, reappoint("2026-11-12 10:00"))
        before, after = (good_until(one.case, work(one), REGULATION) for one in (story, moved))
        assert before is not None
        assert after is not None
        assert before < after

    def test_a_clock_that_stands_still_has_no_end(self) -> None:
        story = when(at_agency(), ask())
        assert good_until(story.case, work(story), REGULATION) is None
        assert good(story, work(story), "2030-01-01 09:00")

    def test_a_duty_has_its_own(self) -> None:
        story = given(receive(kind="report", about="conduct"), to_officer())
        notice = work(story, "notice")
        [duty] = [one for one in story.case.actions if one.name == "notice"]
        until = good_until(story.case, notice, REGULATION)
        assert until == REGULATION.calendar.due(duty.due_at, REGULATION.reply_links_live)
        assert not good(story, notice, "2027-01-01 09:00")

    def test_the_regulation_says_how_long(self) -> None:
        story = at_agency()
        short = replace(REGULATION, reply_links_live=1)
        assert good_until(story.case, work(story), short) == REGULATION.calendar.due(story.due(), 1)


@each(lives())
def test_a_link_is_good_for_whoever_may_still_answer_and_for_nobody_else(life: Life) -> None:
    """Whatever happens to a case: at most one link of a kind is good, and then its unit has that very work."""
    for story in life:
        given_so_far = [task for task in map(task_given, story.history) if task]
        running = [task for task in given_so_far if task_of(story.case, story.history, task.unit, task.duty) == task]
        of_the_case = [task for task in running if not task.duty]
        holder = story.case.holder
        with_agency = holder is not None and holder.role == Role.AGENCY
        assert [task.unit for task in of_the_case] == ([holder.unit] if holder and with_agency else [])
        assert {(task.unit, task.duty) for task in running if task.duty} == {
            (duty.unit, duty.name) for duty in story.case.open_actions
        }


def test_the_words_that_close_are_those_after_which_the_agency_has_nothing_left() -> None:
    story = at_agency()
    closing = set()
    for command in (cmd.Accept(), ask(), reappoint("2026-11-11 10:00"), result(), cmd.Decline(reason="Không thuộc")):
        assert command.action in allowed(story.case, AGENCY, story.rules)
        after = when(story, command)
        if task_of(after.case, after.history, UNIT) is None:
            closing.add(command.action)
    assert closing | {"close_action", *OF_DUTIES[INPUT]} == CLOSING
