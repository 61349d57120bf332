"""Appointments with the sender: one by the officer, one more by the agency (Điều 8.1.c, 9.3; R46, R62)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.case import State
from chalicelib.domain.errors import ConflictError, DomainError, InvalidError
from tests.builders import (
    OTHER_AGENCY,
    Story,
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


def with_agency(at: str = "2026-11-09 09:00") -> Story:
    """Due at 09:30 of the next working day, with the default start."""
    return given(receive(at=at), to_officer(), to_agency())


def refusal(story: Story, command: cmd.Command, at: str | None = None) -> DomainError:
    with pytest.raises(DomainError) as raised:
        when(story, command, at=at)
    return raised.value


def test_the_officer_gives_the_sender_an_appointment() -> None:
    """Điều 8.1.c (R46)."""
    story = when(given(receive(), to_officer()), cmd.Appoint(at=local("2026-11-11 09:00")))
    assert (only(story, ev.Appointed).at, story.last[0].article) == (local("2026-11-11 09:00"), "Điều 8.1.c")
    assert story.case.appointment == local("2026-11-11 09:00")


def test_a_second_appointment_by_the_officer_would_be_a_reappointment() -> None:
    """Điều 9.3 (R62): the limit must not be walked around."""
    story = when(given(receive(), to_officer()), cmd.Appoint(at=local("2026-11-11 09:00")))
    error = refusal(story, cmd.Appoint(at=local("2026-11-12 09:00")))
    assert (type(error), error.code) == (ConflictError, "appointed_already")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-09 08:59", "appointment_in_past"),
        ("2026-11-09 09:00", "appointment_in_past"),
        ("2026-11-10 12:00", "appointment_outside_hours"),
        ("2026-11-10 17:01", "appointment_outside_hours"),
        ("2026-11-14 09:00", "appointment_outside_hours"),
        ("2026-11-24 09:00", "appointment_outside_hours"),
        ("9999-01-04 12:00", "appointment_outside_hours"),
    ],
)
def test_an_appointment_lies_ahead_and_in_office_hours(at: str, code: str) -> None:
    """Điều 3.2, 8.1.c (R46, R63)."""
    assert refusal(given(receive(), to_officer()), cmd.Appoint(at=local(at))).code == code
    if local(at) > local("2026-11-10 09:30"):
        assert refusal(with_agency(), reappoint(at)).code == code


def test_outside_office_hours_the_next_opening_is_offered() -> None:
    """R63."""
    error = refusal(given(receive(), to_officer()), cmd.Appoint(at=local("2026-11-14 09:00")))
    assert datetime.fromisoformat(str(error.context["next_open"])) == local("2026-11-16 07:30")


@pytest.mark.parametrize("at", ["2026-11-11 17:00", "2026-11-11 11:30", "2026-11-11 07:30", "2026-11-11 13:30"])
def test_the_opening_and_the_closing_time_are_fair_appointments(at: str) -> None:
    """Điều 8.1.c: "by five" is office time though the door closes then."""
    assert when(given(receive(), to_officer()), cmd.Appoint(at=local(at))).case.appointment == local(at)
    assert when(with_agency(), reappoint(at)).due() == local(at)


def test_a_reappointment_moves_the_due_time_and_keeps_the_first() -> None:
    """Điều 9.3 (R62)."""
    story = when(with_agency(), reappoint("2026-11-12 10:00"), at="2026-11-10 08:00")
    moved = only(story, ev.Reappointed)
    assert (moved.old_due, moved.new_due) == (local("2026-11-10 09:30"), local("2026-11-12 10:00"))
    stage = story.case.stage
    assert stage is not None
    assert (stage.due_at, stage.first_due_at) == (local("2026-11-12 10:00"), local("2026-11-10 09:30"))
    assert (story.case.state, story.case.reappointed, story.last[0].article) == (State.WITH_AGENCY, 1, "Điều 9.3")


def test_the_sender_sees_the_new_appointment_in_place_of_the_old() -> None:
    """Điều 9.3 (R68): what the letter says, the progress page says."""
    story = given(receive(), to_officer(), cmd.Appoint(at=local("2026-11-11 09:00")), to_agency())
    assert when(story, reappoint("2026-11-12 10:00")).case.appointment == local("2026-11-12 10:00")


def test_an_appointment_given_in_local_time_is_kept_in_utc() -> None:
    """Due times are sorted as text where cases are kept."""
    vietnam = timezone(timedelta(hours=7))
    story = when(with_agency(), reappoint(datetime(2026, 11, 12, 10, 0, tzinfo=vietnam)))
    assert story.due().tzinfo is UTC
    assert only(story, ev.Reappointed).new_due.tzinfo is UTC
    appointed = when(
        given(receive(), to_officer()), cmd.Appoint(at=datetime(2026, 11, 12, 10, 0, tzinfo=vietnam))
    ).case.appointment
    assert appointed is not None
    assert appointed.tzinfo is UTC


def test_a_second_reappointment_is_refused() -> None:
    """Điều 9.3: không quá 01 lần (R62)."""
    story = when(with_agency(), reappoint("2026-11-12 10:00"))
    error = refusal(story, reappoint("2026-11-13 10:00"))
    assert (type(error), error.code, error.context["limit"]) == (ConflictError, "reappointed_already", 1)


@pytest.mark.parametrize("detour", [result(), cmd.Decline(reason="Nhầm")])
def test_a_detour_through_the_officer_does_not_buy_another_reappointment(detour: cmd.Command) -> None:
    """Điều 9.3 (R62): once a case, not once a stage."""
    story = given(with_agency(), reappoint("2026-11-12 10:00"), detour, to_agency())
    assert refusal(story, reappoint("2026-11-13 10:00")).code == "reappointed_already"


def test_nor_does_another_agency() -> None:
    """Điều 9.3 (R62): it is the sender who is put off once at most."""
    story = given(
        with_agency(),
        reappoint("2026-11-12 10:00"),
        cmd.Decline(reason="Thuộc Sở Y tế"),
        cmd.ReturnToOperator(reason="Thuộc Sở Y tế"),
        to_officer("so_y_te"),
        to_agency(),
    )
    assert story.case.holder is not None
    assert story.case.holder.unit == OTHER_AGENCY.unit
    assert refusal(story, reappoint("2026-11-13 10:00")).code == "reappointed_already"


def test_at_the_due_time_one_may_still_reappoint_a_second_later_not() -> None:
    """Điều 9.2, 9.3 (R61, R62)."""
    assert when(with_agency(), reappoint("2026-11-12 10:00"), at="2026-11-10 09:30").names == ["Reappointed"]
    error = refusal(with_agency(), reappoint("2026-11-12 10:00"), at="2026-11-10 09:30:01")
    assert (type(error), error.code) == (ConflictError, "reappointed_too_late")


@pytest.mark.parametrize("at", ["2026-11-10 09:30", "2026-11-10 09:00"])
def test_a_reappointment_is_later_than_the_present_due_time(at: str) -> None:
    """Điều 9.3 (R62)."""
    error = refusal(with_agency(), reappoint(at))
    assert (type(error), error.code) == (InvalidError, "appointment_not_later")


def test_a_reappointment_needs_a_reason() -> None:
    """Điều 9.3 (R62)."""
    assert refusal(with_agency(), reappoint("2026-11-12 10:00", reason="")).code == "reason_missing"


def test_the_new_due_time_binds_too() -> None:
    """Điều 9.2, 9.3 (R61)."""
    story = when(with_agency(), reappoint("2026-11-12 10:00"))
    assert when(story, result(), at="2026-11-12 10:00").names == ["ResultSubmitted"]
    story = when(story, result(), at="2026-11-12 10:00:01")
    assert story.names == ["MarkedLate", "ResultSubmitted"]
    assert story.case.late[0].since == local("2026-11-12 10:00")


def test_a_pause_never_brings_a_promised_time_nearer() -> None:
    """Điều 9.3, 10.2.a: half past one is the same office minute as half past eleven, and two hours later."""
    story = given(with_agency(), reappoint("2026-11-11 13:30"))
    story = when(when(story, ask(), at="2026-11-11 12:00"), supply(), at="2026-11-11 12:30")
    assert story.due() == local("2026-11-11 13:30")
    assert when(story, result(), at="2026-11-11 13:30").case.late == ()


def test_a_pause_after_a_reappointment_moves_the_new_due_time() -> None:
    """R40, R62."""
    story = given(with_agency(), reappoint("2026-11-11 15:00"))
    story = when(when(story, ask(), at="2026-11-11 08:00"), supply(), at="2026-11-11 09:00")
    assert story.due() == local("2026-11-11 16:00")
