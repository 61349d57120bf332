"""A case forwarded by mistake is taken back while nobody has done anything with it (Điều 7.3, 9.1, 9.2)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import settings

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import SENDER, SYSTEM
from chalicelib.domain.case import Case, State
from chalicelib.domain.errors import ConflictError, ForbiddenError
from chalicelib.domain.permissions import allowed, may_read
from tests.builders import (
    AGENCY,
    LEADER,
    OFFICER,
    OPERATOR,
    REGULATION,
    Story,
    ask,
    given,
    receive,
    result,
    to_agency,
    to_officer,
    when,
    write,
)
from tests.unit.case.calendars import day_off, with_changes
from tests.unit.case.walks import Life, lives

TAKE_BACK = cmd.TakeBack(reason="Chuyển nhầm đơn vị")
WITH_OFFICER = given(receive(), to_officer())
WITH_AGENCY = given(WITH_OFFICER, to_agency())
CONDUCT = given(receive(kind="report", about="conduct"), to_officer())


def but_for_the_log(case: Case) -> Case:
    """What a case is, whatever it went through."""
    return replace(case, version=0, handed_over=None)


@pytest.mark.parametrize(
    ("before", "forward"),
    [
        (receive(), to_officer()),
        (WITH_OFFICER, to_agency()),
        (given(WITH_AGENCY, result()), to_agency()),
        (given(receive(kind="service"), cmd.Decline(reason="Nhầm")), cmd.SendToPost()),
    ],
)
def test_everything_stands_as_it_stood_and_the_clock_ran_on(before: Story, forward: cmd.Command) -> None:
    back = given(before, forward, TAKE_BACK, at="2026-11-09 09:20")
    assert but_for_the_log(back.case) == but_for_the_log(before.case)
    assert back.case.stage == before.case.stage


@pytest.mark.parametrize("act", [cmd.Accept(), ask(), result(), cmd.Decline(reason="Không phải")])
def test_whoever_has_done_something_keeps_it(act: cmd.Command) -> None:
    assert "take_back" not in allowed(when(WITH_AGENCY, act).case, OFFICER, REGULATION)


def test_an_appointment_is_something() -> None:
    appointed = when(WITH_OFFICER, cmd.Appoint(at=receive().now.replace(day=11)))
    with pytest.raises(ConflictError, match="wrong_state"):
        when(appointed, TAKE_BACK, actor=OPERATOR)


def test_what_others_do_meanwhile_is_not_the_units_doing() -> None:
    assert "take_back" in allowed(given(WITH_OFFICER, write()).case, OPERATOR, REGULATION)
    watched = when(WITH_OFFICER, cmd.Watch(), at="2026-11-09 14:40")
    assert "take_back" in allowed(watched.case, OPERATOR, REGULATION)


@pytest.mark.parametrize("actor", [OFFICER, AGENCY, LEADER, SENDER, SYSTEM])
def test_only_who_forwarded_it(actor: object) -> None:
    with pytest.raises((ForbiddenError, ConflictError)):
        when(WITH_OFFICER, TAKE_BACK, actor=actor)  # type: ignore[arg-type]


def test_what_the_rules_forwarded_by_themselves_was_no_mistake() -> None:
    assert "take_back" not in allowed(receive(kind="service").case, OPERATOR, REGULATION)


def test_the_unit_that_was_late_keeps_it() -> None:
    """Điều 9.1: else a mistake found too late would be no lateness."""
    with pytest.raises(ConflictError, match="taken_back_too_late"):
        when(WITH_OFFICER, TAKE_BACK, at="2026-11-09 16:01")


def test_an_officer_whose_own_limit_has_passed_does_not_get_it_back_late() -> None:
    forwarded = when(given(receive(), to_officer()), to_agency(), at="2026-11-09 14:50")
    with pytest.raises(ConflictError, match="taken_back_too_late"):
        when(forwarded, TAKE_BACK, at="2026-11-09 16:30")


def test_who_had_it_by_mistake_reads_it_no_more() -> None:
    """R99."""
    assert may_read(WITH_OFFICER.case, OFFICER)
    assert not may_read(when(WITH_OFFICER, TAKE_BACK).case, OFFICER)


def test_the_duties_that_went_with_it_come_back_and_begin_anew_elsewhere() -> None:
    """R75: each document has a number of its own."""
    back = when(CONDUCT, TAKE_BACK)
    assert [duty.withdrawn for duty in back.case.actions] == [True, True]
    assert back.case.open_actions == ()
    again = when(back, to_officer())
    numbers = [duty.number for duty in again.case.actions]
    assert len(set(numbers)) == len(numbers) == 4
    assert [duty.closed_at for duty in again.case.open_actions] == [None, None]
    closed = when(again, cmd.CloseAction(name="notice", outcome="Xong"), actor=OPERATOR)
    assert [duty.withdrawn for duty in closed.case.actions] == [True, True, False, False]


def test_a_day_off_announced_meanwhile_moves_the_clock_that_goes_on() -> None:
    forwarded = when(WITH_OFFICER, to_agency(), at="2026-11-09 10:00")
    storm = replace(forwarded, rules=with_changes(day_off("2026-11-09")))
    back = when(storm, TAKE_BACK, at="2026-11-09 11:00")
    plain = when(replace(WITH_OFFICER, rules=storm.rules), cmd.Watch(), at="2026-11-09 11:00")
    assert back.case.stage
    assert plain.case.stage
    assert back.case.stage.due_at == plain.case.stage.due_at


@settings(max_examples=60)
@for_all(lives())
def test_in_every_life_it_can_be_taken_back_until_something_is_done(life: Life) -> None:
    for story in life:
        case = story.case
        if case.handed_over is None:
            continue
        assert case.state in (State.WITH_OFFICER, State.WITH_AGENCY, State.WITH_POST)
        forwarded = next(
            past
            for past in reversed(story.history)
            if isinstance(past.event, (ev.ForwardedToOfficer, ev.ForwardedToAgency, ev.SentToPost))
        )
        later = story.history[forwarded.seq :]
        assert case.holder
        assert (case.holder.role, case.holder.unit) not in {(past.actor.role, past.actor.unit) for past in later}
