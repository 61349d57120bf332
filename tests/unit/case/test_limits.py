"""Five and eight working hours, and what happens when they end (Điều 9.1, 9.2; R59-R61, R63)."""

from datetime import datetime

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.case import State
from tests.builders import (
    Story,
    answer,
    ask,
    given,
    local,
    only,
    reappoint,
    receive,
    result,
    supply,
    to_agency,
    to_officer,
    when,
)

LATE = ("officer", "so_tu_phap", local("2026-11-09 15:30"))


def marks(story: Story) -> list[tuple[str, str, datetime]]:
    return [(mark.stage, mark.unit, mark.since) for mark in story.case.late]


def with_officer(at: str = "2026-11-09 08:30") -> Story:
    """Due at 15:30 of the same Monday, with the default start."""
    return given(receive(at=at), to_officer())


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-09 07:30", "2026-11-09 14:30"),
        ("2026-11-09 08:30", "2026-11-09 15:30"),  # through lunch
        ("2026-11-09 15:00", "2026-11-10 10:30"),  # over night
        ("2026-11-13 16:00", "2026-11-16 11:30"),  # over the week-end, ending as the office closes for lunch
        ("2026-11-23 16:00", "2026-11-25 11:30"),  # over a day off
        ("2026-02-13 16:00", "2026-02-23 11:30"),  # over Tết
        ("2026-08-21 16:00", "2026-08-22 11:30"),  # into a make-up Saturday
        ("2026-11-07 20:00", "2026-11-09 14:30"),  # from a Saturday night
    ],
)
def test_the_one_stop_officer_has_five_working_hours(at: str, due: str) -> None:
    """Điều 9.1 (R59, R63): counted by the office calendar from the moment of transfer."""
    stage = with_officer(at).case.stage
    assert stage is not None
    assert (stage.name, stage.minutes, stage.due_at, stage.binding) == ("officer", 300, local(due), True)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-09 07:30", "2026-11-10 08:00"),
        ("2026-11-09 08:30", "2026-11-10 09:00"),
        ("2026-11-13 08:30", "2026-11-16 09:00"),
        ("2026-02-13 10:00", "2026-02-23 10:30"),
    ],
)
def test_the_agency_has_eight_working_hours(at: str, due: str) -> None:
    """Điều 9.2 (R60)."""
    stage = given(receive(at=at), to_officer(), to_agency()).case.stage
    assert stage is not None
    assert (stage.name, stage.minutes, stage.due_at, stage.binding) == ("agency", 480, local(due), True)


def test_each_tier_has_its_own_clock() -> None:
    """Điều 9.1, 9.2: the agency's eight hours run from the officer's transfer, not from the reception."""
    story = when(with_officer(), to_agency(), at="2026-11-09 15:00")
    assert story.due() == local("2026-11-10 15:30")
    story = when(story, result(), at="2026-11-10 15:00")
    assert story.case.stage is not None
    assert (story.case.stage.name, story.case.stage.binding) == ("reply", False)


def test_exactly_at_the_due_time_is_in_time() -> None:
    """Điều 9.1 (R61)."""
    story = when(with_officer(), answer(), at="2026-11-09 15:30")
    assert (story.names, story.case.late) == (["Answered"], ())


def test_one_second_later_is_late_even_before_the_sweep_has_looked() -> None:
    """Điều 9.2 (R61): a command records the late mark first, as the system's own."""
    story = when(with_officer(), answer(), at="2026-11-09 15:30:01")
    assert story.names == ["MarkedLate", "Answered"]
    assert story.last[0].actor == SYSTEM
    assert story.last[0].article == "Điều 9.1"  # the officer's limit; the agency's is 9.2
    assert (only(story, ev.MarkedLate).since, marks(story)) == (local("2026-11-09 15:30"), [LATE])


def test_the_sweep_marks_it_once() -> None:
    """Điều 9.2 (R61)."""
    story = when(with_officer(), cmd.Watch(), at="2026-11-09 15:31")
    assert only(story, ev.MarkedLate).first is True
    again = when(story, cmd.Watch(), at="2026-11-09 15:32")
    assert (again.names, again.case) == ([], story.case)


@pytest.mark.parametrize(
    "then",
    [
        (answer(),),
        (to_agency(), result(), answer()),
        (cmd.ReturnToOperator(reason="Nhầm"), to_officer("so_y_te"), answer()),
        (cmd.Refer(reason="Ngoài tỉnh"), cmd.GiveOpinion(opinion="Trả lời", leader="Giám đốc"), answer()),
        (ask(), supply(), answer()),
    ],
)
def test_late_is_never_erased(then: tuple[cmd.Command, ...]) -> None:
    """Điều 9.2 (R61): whatever is done afterwards."""
    story = given(when(with_officer(), cmd.Watch(), at="2026-11-09 16:00"), *then)
    assert story.case.state is State.ANSWERED
    assert marks(story) == [LATE]


def test_every_stage_that_runs_over_is_marked_and_only_the_first_is_the_cases_first() -> None:
    """Điều 9.2, 14 (R61, R105)."""
    story = when(with_officer(), to_agency(), at="2026-11-09 16:00")
    assert only(story, ev.MarkedLate).first is True
    story = when(story, result(), at="2026-11-11 16:00")
    assert only(story, ev.MarkedLate).first is False
    assert [(mark.stage, mark.unit) for mark in story.case.late] == [
        ("officer", "so_tu_phap"),
        ("agency", "so_tu_phap"),
    ]


@pytest.mark.parametrize(
    ("story", "stage"),
    [
        (receive(), "operator"),
        (receive(kind="service"), "post"),
        (given(receive(), cmd.Refer(reason="Ngoài tỉnh")), "leadership"),
        (given(receive(), to_officer(), to_agency(), result()), "reply"),
    ],
)
def test_a_target_of_the_centre_is_never_late_but_climbs_the_ladder(story: Story, stage: str) -> None:
    """Điều 9 sets limits for the officer and the agency only (R64, R65)."""
    assert story.case.stage is not None
    assert (story.case.stage.name, story.case.stage.binding) == (stage, False)
    story = when(story, cmd.Watch(), at="2026-11-20 10:00")
    assert story.names == ["Escalated"]
    assert story.case.late == ()


def test_details_asked_for_stop_the_clock_and_move_the_due_time() -> None:
    """Điều 10.2.a (R40): the hour that the sender took is given back."""
    story = when(with_officer(), ask(), at="2026-11-09 10:00")
    assert story.case.stage is not None
    assert story.case.stage.paused
    story = when(story, supply(), at="2026-11-09 11:00")
    assert story.due() == local("2026-11-09 16:30")
    assert story.case.stage is not None
    assert story.case.stage.first_due_at == local("2026-11-09 15:30")


def test_several_pauses_add_up_and_hours_out_of_office_cost_nothing() -> None:
    """Điều 10.2.a (R40, R63)."""
    story = when(when(with_officer(), ask(), at="2026-11-09 10:00"), supply(), at="2026-11-09 10:30")
    story = when(when(story, ask(), at="2026-11-09 11:00"), supply(), at="2026-11-09 14:00")
    assert story.due() == local("2026-11-09 17:00")
    story = when(when(story, ask(), at="2026-11-09 11:00"), supply(), at="2026-11-09 11:00")
    assert story.due() == local("2026-11-09 17:00")


def test_nothing_becomes_late_while_the_sender_is_asked() -> None:
    """Điều 10.2.a (R40)."""
    story = when(with_officer(), ask(), at="2026-11-09 15:30")
    story = when(story, cmd.Watch(), at="2026-11-12 10:00")
    assert (story.names, story.case.late) == ([], ())


def test_a_pause_after_the_due_time_does_not_make_it_good() -> None:
    """Điều 9.2 (R61)."""
    story = when(with_officer(), ask(), at="2026-11-09 16:00")
    assert story.names == ["MarkedLate", "DetailsRequested"]
    story = when(story, supply(), at="2026-11-10 16:00")
    assert (marks(story), story.due()) == ([LATE], local("2026-11-09 15:30"))


def test_a_new_appointment_of_the_agency_is_the_limit_that_counts() -> None:
    """Điều 9.2, 9.3 (R61, R62)."""
    story = given(receive(at="2026-11-09 08:30"), to_officer(), to_agency(), reappoint("2026-11-12 10:00"))
    assert when(story, cmd.Watch(), at="2026-11-10 09:00:01").case.late == ()
    assert when(story, cmd.Watch(), at="2026-11-12 10:00:01").case.late[0].since == local("2026-11-12 10:00")
