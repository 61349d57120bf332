"""Reminders before and after the due time, for the silent sender, and closing (Điều 10.2.b; R61, R111)."""

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Holder, State
from tests.builders import (
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


def with_officer() -> Story:
    return given(receive(at="2026-11-09 08:30"), to_officer())


def climbed(story: Story, *times: str) -> list[tuple[str, tuple[str, ...]]]:
    """What the sweep tells at these times, with the lateness it records left out."""
    told = []
    for time in times:
        story = when(story, cmd.Watch(), at=time)
        told += [(time, event.to) for event in story.events if isinstance(event, ev.Escalated)]
    return told


def test_the_ladder_is_climbed_rung_by_rung_in_office_time() -> None:
    """R111: 75 %, 100 %, four and sixteen working hours after; nobody is told twice."""
    watched = [
        "2026-11-09 14:14:59",
        "2026-11-09 14:15",
        "2026-11-09 14:16",
        "2026-11-09 15:29:59",
        "2026-11-09 15:30",
        "2026-11-10 09:59",
        "2026-11-10 10:00",
        "2026-11-11 16:29",
        "2026-11-11 16:30",
        "2026-11-20 17:00",
    ]
    assert climbed(with_officer(), *watched) == [
        ("2026-11-09 14:15", ("holder",)),
        ("2026-11-09 15:30", ("holder", "holder_leader")),
        ("2026-11-10 10:00", ("holder_leader", "centre_leadership")),
        ("2026-11-11 16:30", ("holder_leader", "centre_leadership", "supervisor")),
    ]


@pytest.mark.parametrize(
    ("before", "at"),
    [
        ("2026-11-09 14:14:59", "2026-11-09 14:15"),
        ("2026-11-09 15:29:59", "2026-11-09 15:30"),
        ("2026-11-10 09:59:59", "2026-11-10 10:00"),
        ("2026-11-11 16:29:59", "2026-11-11 16:30"),
    ],
)
def test_a_rung_is_reached_at_its_very_moment(before: str, at: str) -> None:
    """R111: +240 and +960 working minutes after Monday 15:30 are Tuesday 10:00 and Wednesday 16:30."""
    earlier = when(with_officer(), cmd.Watch(), at=before)
    assert climbed(earlier, at) != []
    assert climbed(earlier, before) == []


def test_after_an_outage_only_the_highest_rung_is_told() -> None:
    """R111."""
    story = when(with_officer(), cmd.Watch(), at="2026-11-11 10:00")
    assert story.names == ["MarkedLate", "Escalated"]
    told = only(story, ev.Escalated)
    assert (told.step, told.to) == (
        2,
        ("holder", "holder_leader", "centre_leadership"),
    )  # whoever a lower one names, too
    assert story.case.stage is not None
    assert story.case.stage.step == 3


def test_every_stage_has_a_ladder_of_its_own() -> None:
    """R111."""
    story = given(when(with_officer(), cmd.Watch(), at="2026-11-09 14:30"), to_agency())
    assert story.case.stage is not None
    assert story.case.stage.step == 0
    assert climbed(story, "2026-11-10 13:29") == [("2026-11-10 13:29", ("holder",))]


def test_the_reminder_names_who_holds_the_case_and_until_when() -> None:
    """R68, R111."""
    told = only(when(with_officer(), cmd.Watch(), at="2026-11-09 14:15"), ev.Escalated)
    assert (told.stage, told.holder, told.due_at) == (
        "officer",
        Holder(Role.OFFICER, "so_tu_phap"),
        local("2026-11-09 15:30"),
    )


def test_a_reappointment_moves_the_rungs_not_yet_told() -> None:
    """Điều 9.3 (R62)."""
    story = given(receive(at="2026-11-09 08:30"), to_officer(), to_agency())
    story = when(story, cmd.Watch(), at="2026-11-09 16:00")
    story = when(story, reappoint("2026-11-12 10:00"))
    assert climbed(
        story, "2026-11-09 16:30", "2026-11-11 11:30", "2026-11-11 13:30", "2026-11-12 09:59", "2026-11-12 10:00"
    ) == [
        ("2026-11-11 13:30", ("holder",)),
        ("2026-11-12 10:00", ("holder", "holder_leader")),
    ]


def test_the_ladder_waits_while_the_sender_is_asked() -> None:
    """Điều 10.2.a (R40): 75 % is reached an hour later for an hour's pause."""
    story = when(when(with_officer(), ask(), at="2026-11-09 10:00"), supply(), at="2026-11-09 11:00")
    assert climbed(story, "2026-11-09 15:14", "2026-11-09 15:15") == [("2026-11-09 15:15", ("holder",))]


def test_the_ladder_waits_also_when_the_case_is_late_already() -> None:
    """Điều 10.2.a (R40): the supervisor does not hear of days that the sender took."""
    story = when(with_officer(), cmd.Watch(), at="2026-11-09 15:31")
    story = when(when(story, ask(), at="2026-11-09 16:00"), supply(), at="2026-11-12 16:00")
    assert climbed(story, "2026-11-12 16:00", "2026-11-13 09:59") == []
    assert climbed(story, "2026-11-13 10:00") == [("2026-11-13 10:00", ("holder_leader", "centre_leadership"))]


def test_a_silent_sender_is_brought_to_the_holders_mind_once_a_pause() -> None:
    """Điều 3.1, 10.2.a (R40, R43): after five working days."""
    story = when(with_officer(), ask(), at="2026-11-09 10:00")
    assert climbed(story, "2026-11-16 09:59") == []
    story = when(story, cmd.Watch(), at="2026-11-16 10:00")
    assert (only(story, ev.Escalated).stage, only(story, ev.Escalated).to) == ("waiting", ("holder",))
    assert climbed(story, "2026-11-16 10:01", "2026-12-16 10:00") == []
    story = when(when(story, supply(), at="2026-11-16 14:00"), ask(), at="2026-11-16 14:10")
    assert climbed(story, "2026-11-23 14:30") != []


def test_the_reminder_of_a_silent_sender_takes_no_rung_of_the_ladder() -> None:
    """R111."""
    story = when(with_officer(), ask(), at="2026-11-09 10:00")
    story = when(when(story, cmd.Watch(), at="2026-11-17 10:00"), supply(), at="2026-11-17 10:30")
    assert story.case.stage is not None
    assert story.case.stage.step == 0
    assert climbed(story, "2026-11-17 15:00") == [("2026-11-17 15:00", ("holder",))]


def test_an_answered_case_is_closed_after_five_working_days() -> None:
    """Điều 3.1 (R43)."""
    story = when(receive(), answer(), at="2026-11-09 10:00")
    assert when(story, cmd.Watch(), at="2026-11-16 09:59:59").names == []
    story = when(story, cmd.Watch(), at="2026-11-16 10:00")
    assert (story.names, story.case.state) == (["Closed"], State.CLOSED)
    assert when(story, cmd.Watch(), at="2027-01-04 10:00").names == []


def test_a_refused_case_has_been_answered_and_stays_refused() -> None:
    """Điều 3.1, 7.2 (R43)."""
    story = when(receive(), cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương"))
    assert when(story, cmd.Watch(), at="2027-01-04 10:00").names == []


def test_late_at_closing_time_is_flagged_at_once_and_told_when_the_office_opens() -> None:
    """Điều 3.2, 9.2: the flag is set the minute it is true; notices keep office hours."""
    story = when(receive(at="2026-11-09 10:00"), to_officer(), at="2026-11-09 10:00")
    assert story.case.stage is not None
    assert story.case.stage.due_at == local("2026-11-09 17:00")
    flagged = when(when(story, cmd.Watch(), at="2026-11-09 16:59"), cmd.Watch(), at="2026-11-09 17:01")
    assert flagged.names == ["MarkedLate"]
    assert climbed(flagged, "2026-11-09 22:00", "2026-11-10 07:29", "2026-11-10 07:30") == [
        ("2026-11-10 07:30", ("holder", "holder_leader"))
    ]


def test_only_a_binding_limit_is_told_as_overdue() -> None:
    """Điều 9.2."""
    officer = when(with_officer(), cmd.Watch(), at="2026-11-09 15:30")
    assert only(officer, ev.Escalated).letter == "overdue"
    operator = when(receive(at="2026-11-09 08:30"), cmd.Watch(), at="2026-11-09 09:30")
    assert only(operator, ev.Escalated).letter == "reminder"
