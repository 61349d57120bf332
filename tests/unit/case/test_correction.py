"""A late mark taken back by leadership, on the record (R61; Điều 9.2)."""

from dataclasses import replace

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.errors import ConflictError, DomainError, ForbiddenError
from tests.builders import LEADER, OPERATOR, Story, answer, ask, given, local, only, receive, supply, to_officer, when
from tests.unit.case.calendars import day_off, with_changes

CORRECT = cmd.CorrectLate(reason="Ngày nghỉ tránh bão chưa được thông báo kịp", leader="Nguyễn Thị Lan")
AT_OFFICER = given(receive(at="2026-11-09 15:30"), to_officer(), at="2026-11-09 15:30")  # due Tuesday 11:00
LATE = when(AT_OFFICER, cmd.Watch(), at="2026-11-10 11:01")
STORM = with_changes(day_off("2026-11-10"), at="2026-11-10 12:00")


def refusal(story: Story, at: str) -> DomainError:
    with pytest.raises(DomainError) as refused:
        when(story, CORRECT, at=at, actor=LEADER)
    return refused.value


def test_a_day_off_announced_too_late_is_made_good_on_the_record() -> None:
    story = when(replace(LATE, rules=STORM), CORRECT, at="2026-11-10 14:00")
    event = only(story, ev.LateCorrected)
    assert (event.since, event.due_at) == (local("2026-11-10 11:00"), local("2026-11-11 11:00"))
    assert (event.leader, event.last, story.last[0].actor.role) == ("Nguyễn Thị Lan", True, "leadership")
    assert (story.case.late_marks, len(story.case.late)) == ((), 1)
    assert story.case.late[0].corrected_at == local("2026-11-10 14:00")
    assert story.due() == local("2026-11-11 11:00")
    assert [type(past.event).__name__ for past in story.history if "Late" in type(past.event).__name__] == [
        "MarkedLate",
        "LateCorrected",
    ]


def test_the_clock_goes_on_and_may_run_out_again() -> None:
    story = when(replace(LATE, rules=STORM), CORRECT, at="2026-11-10 14:00")
    assert when(story, answer(), at="2026-11-11 10:00").case.late_marks == ()
    again = when(story, cmd.Watch(), at="2026-11-11 11:01")
    assert (only(again, ev.MarkedLate).first, len(again.case.late_marks), len(again.case.late)) == (True, 1, 2)


def test_rungs_that_lie_behind_are_not_climbed_again_and_those_ahead_are() -> None:
    story = when(replace(LATE, rules=STORM), CORRECT, at="2026-11-11 10:00")
    assert story.case.stage is not None
    assert story.case.stage.step == 1  # 75 % was passed at 09:45
    assert when(story, cmd.Watch(), at="2026-11-11 10:59").names == []


def test_what_was_answered_meanwhile_is_judged_by_when_that_was() -> None:
    """In time by the right calendar: corrected; not in time: it stands."""
    soon = when(LATE, answer(), at="2026-11-11 09:00")
    corrected = when(replace(soon, rules=STORM), CORRECT, at="2026-11-20 09:00", actor=LEADER)
    assert (corrected.case.late_marks, only(corrected, ev.LateCorrected).running) == ((), None)
    late = when(LATE, answer(), at="2026-11-11 11:01")
    assert refusal(replace(late, rules=STORM), "2026-11-20 09:00").code == "late_stands"


@pytest.mark.parametrize("rules", [LATE.rules, with_changes(day_off("2026-11-12"), at="2026-11-10 12:00")])
def test_without_a_ground_in_the_calendar_a_mark_stands(rules: object) -> None:
    error = refusal(replace(LATE, rules=rules), "2026-11-10 14:00")  # type: ignore[arg-type]
    assert (type(error), error.code) == (ConflictError, "late_stands")


def test_still_late_by_the_right_calendar_is_late() -> None:
    assert refusal(replace(LATE, rules=STORM), "2026-11-11 11:01").code == "late_stands"


def test_only_leadership_and_only_once() -> None:
    with pytest.raises(ForbiddenError):
        when(replace(LATE, rules=STORM), CORRECT, at="2026-11-10 14:00", actor=OPERATOR)
    done = when(replace(LATE, rules=STORM), CORRECT, at="2026-11-10 14:00")
    assert refusal(done, "2026-11-10 14:01").code == "wrong_state"
    assert refusal(AT_OFFICER, "2026-11-09 16:00").code == "wrong_state"


def test_a_pause_before_the_mark_counts_in_the_proof() -> None:
    asked = when(AT_OFFICER, ask(), at="2026-11-09 16:00")
    resumed = when(asked, supply(), at="2026-11-10 08:00")  # four and a half hours were left: due at 14:30
    late = when(resumed, cmd.Watch(), at="2026-11-10 14:31")
    closed = with_changes(day_off("2026-11-10"), at="2026-11-10 15:00")
    story = when(replace(late, rules=closed), CORRECT, at="2026-11-10 15:00")
    assert only(story, ev.LateCorrected).due_at == story.due() == local("2026-11-11 14:00")
