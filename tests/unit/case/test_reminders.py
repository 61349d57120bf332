"""A reminder is sent later than it was made: what it says must still be so then (Điều 3.2)."""

from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.notices import REMINDERS, notices_of, still_so
from tests.builders import Story, answer, ask, given, only, reappoint, receive, supply, to_agency, to_officer, when
from tests.unit.case.walks import lives

WARNED = "2026-11-09 14:50"  # three quarters of the officer's five hours are used up
OVERDUE = "2026-11-09 16:01"


def reminded(at: str, *commands: cmd.Command, **kind: Any) -> tuple[Story, ev.Event]:
    """A case at its officer that is watched at a time, and the reminder that this made."""
    story = when(given(receive(**kind), to_officer(), *commands), cmd.Watch(), at=at)
    return story, only(story, ev.Escalated)


@pytest.mark.parametrize("at", [WARNED, OVERDUE])
def test_nothing_has_happened(at: str) -> None:
    story, reminder = reminded(at)
    assert still_so(reminder, story.case)


@pytest.mark.parametrize(
    "command", [answer(), to_agency(), cmd.ReturnToOperator(reason="Nhầm")], ids=lambda command: type(command).__name__
)
def test_the_stage_has_ended(command: cmd.Command) -> None:
    story, reminder = reminded(OVERDUE)
    assert not still_so(reminder, when(story, command).case)


def test_the_due_time_has_moved() -> None:
    story = when(given(receive(), to_officer(), to_agency()), cmd.Watch(), at="2026-11-10 08:00")
    reminder = only(story, ev.Escalated)
    assert still_so(reminder, story.case)
    assert not still_so(reminder, when(story, reappoint("2026-11-12 10:00")).case)


def test_who_asks_the_sender_in_time_is_not_pressed_meanwhile() -> None:
    story, reminder = reminded(WARNED)
    asked = when(story, ask())
    assert not still_so(reminder, asked.case)
    assert not still_so(reminder, when(asked, supply(), at="2026-11-10 09:00").case)


def test_who_asks_the_sender_when_it_is_too_late_is() -> None:
    story, reminder = reminded(OVERDUE)
    assert still_so(reminder, when(story, ask()).case)


def test_a_silent_sender_until_he_speaks() -> None:
    story = when(given(receive(), to_officer(), ask()), cmd.Watch(), at="2026-11-16 09:01")
    reminder = only(story, ev.Escalated)
    assert reminder.stage == "waiting"
    assert still_so(reminder, story.case)
    assert not still_so(reminder, when(story, supply()).case)


def test_a_duty_until_it_is_done() -> None:
    story = when(given(receive(kind="report", about="conduct"), to_officer()), cmd.Watch(), at="2026-11-10 09:31")
    late = [event for event in story.events if isinstance(event, ev.ActionOverdue)]
    assert {event.action for event in late} == {"notice", "substitution"}
    assert all(still_so(event, story.case) for event in late)
    done = when(story, cmd.CloseAction(name="notice", outcome="Xong"))
    assert [event.action for event in late if still_so(event, done.case)] == ["substitution"]


@settings(max_examples=60, deadline=None)
@for_all(lives())
def test_every_reminder_is_so_when_it_is_made_and_none_when_all_is_done(life: list[Story]) -> None:
    for story in life:
        assert all(still_so(one.event, story.case) for one in story.last if reminds(one))
        if not story.case.open and not story.case.open_actions:
            assert not any(still_so(one.event, story.case) for one in story.history)


def reminds(one: ev.Recorded) -> bool:
    return any(notice.letter in REMINDERS for notice in notices_of(one))
