"""The alarm of a case: the sweep finds it when, and only when, there is something to do (R61, R111)."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.domain import commands as cmd
from chalicelib.domain import stages
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import INPUT, State
from tests.builders import Story, answer, ask, given, local, reappoint, receive, to_agency, to_officer, when
from tests.unit.case.walks import lives

MOMENT = timedelta(milliseconds=1)
YEARS = timedelta(days=400)


def check_alarm(story: Story) -> None:
    """Watching at the alarm does something; a moment before it, or without one, it does nothing."""
    alarm = stages.next_alarm(story.case, story.rules)
    if alarm is None:
        assert when(story, cmd.Watch(), at=story.now + YEARS).names == []
        return
    at = max(alarm + MOMENT, story.now)
    assert when(story, cmd.Watch(), at=at).names != []
    if alarm - MOMENT >= story.now:
        assert when(story, cmd.Watch(), at=alarm - MOMENT).names == []


@for_all(lives())
@settings(max_examples=150, deadline=None)
def test_no_alarm_rings_for_nothing_and_nothing_happens_without_one(life: list[Story]) -> None:
    """An alarm that does nothing would be found again by every sweep."""
    for story in life:
        check_alarm(story)


@for_all(lives(size=6))
@settings(max_examples=60, deadline=None)
def test_the_sweep_comes_to_rest(life: list[Story]) -> None:
    """Followed from alarm to alarm, a case that nobody touches falls silent after a few, once its duties are done."""
    story = life[-1]
    for action in story.case.open_actions:
        if action.name == INPUT:
            said = cmd.GiveInput(unit=action.unit, opinion="Đồng ý")
            story = when(story, said, actor=Actor(Role.AGENCY, action.unit))
        else:
            story = when(story, cmd.CloseAction(name=action.name, unit=action.unit, outcome="Xong"))
    for _ in range(8):
        alarm = stages.next_alarm(story.case, story.rules)
        if alarm is None:
            break
        story = when(story, cmd.Watch(), at=max(alarm + MOMENT, story.now))
        check_alarm(story)
    assert stages.next_alarm(story.case, story.rules) is None


AT_0830 = given(receive(at="2026-11-09 08:30"), to_officer())


@pytest.mark.parametrize(
    ("story", "alarm"),
    [
        (receive(at="2026-11-09 08:30"), "2026-11-09 09:15"),  # 75 % of an hour
        (AT_0830, "2026-11-09 14:15"),
        (when(AT_0830, cmd.Watch(), at="2026-11-09 14:15"), "2026-11-09 15:30"),  # due
        (when(AT_0830, cmd.Watch(), at="2026-11-09 15:31"), "2026-11-10 10:00"),  # + 240
        (when(AT_0830, ask(), at="2026-11-09 10:00"), "2026-11-16 10:00"),  # five working days
        (when(AT_0830, answer(), at="2026-11-09 10:00"), "2026-11-16 10:00"),  # closing
        (given(AT_0830, to_agency(), reappoint("2026-11-12 10:00")), "2026-11-11 13:30"),  # 75 % is at noon
        (when(AT_0830, cmd.Watch(), at="2026-11-30 10:00"), None),  # the ladder has no more rungs
        (when(when(AT_0830, ask(), at="2026-11-09 10:00"), cmd.Watch(), at="2026-11-20 10:00"), None),
        (given(receive(), cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương")), None),
    ],
)
def test_the_alarm_is_the_next_thing_that_becomes_true(story: Story, alarm: str | None) -> None:
    """R61, R111."""
    assert stages.next_alarm(story.case, story.rules) == (local(alarm) if alarm else None)


def test_a_closed_case_needs_no_alarm() -> None:
    story = when(when(receive(), answer()), cmd.Watch(), at="2026-12-10 10:00")
    assert story.case.state is State.CLOSED
    assert stages.next_alarm(story.case, story.rules) is None


def test_at_the_due_moment_itself_the_sweep_tells_and_a_moment_later_it_marks() -> None:
    """Điều 9.2 (R61): no sweep between the two finds nothing and comes back for ever."""
    story = when(AT_0830, cmd.Watch(), at="2026-11-09 15:30")
    assert story.names == ["Escalated"]
    assert stages.next_alarm(story.case, story.rules) == local("2026-11-09 15:30")
    assert when(story, cmd.Watch(), at=local("2026-11-09 15:30") + MOMENT).names == ["MarkedLate"]
