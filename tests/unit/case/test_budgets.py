"""Budgets by stage and priority, and what pauses them: data of the regulation (R59, R60, R64; Điều 9, 10.2.a)."""

from dataclasses import replace

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import stages
from chalicelib.domain.case import State
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.regulation import Priority, Regulation, Rung
from tests.builders import (
    REGULATION,
    answer,
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

SHORT = Priority("Khẩn", {"officer": 150, "agency": 240})
FAST: Regulation = replace(REGULATION, priorities=REGULATION.priorities | {"urgent": SHORT})
RUNNING: Regulation = replace(REGULATION, pauses=())


def test_a_priority_shortens_the_centres_targets_and_never_the_limits_of_the_law() -> None:
    """Điều 9.1, 9.2 know one limit for all; "at once" of Điều 7.2, 8.1 is the centre's to measure."""
    story = receive(priority="urgent")
    assert story.due() == local("2026-11-09 09:15")
    story = given(story, to_officer())
    assert story.due() == local("2026-11-09 15:30") + (story.now - local("2026-11-09 08:30"))
    assert {name for name in REGULATION.priorities["urgent"].minutes if REGULATION.stages[name].binding} == set()


def test_another_centre_may_give_urgent_cases_less_time_at_every_stage() -> None:
    urgent = given(receive(priority="urgent", rules=FAST), to_officer())
    assert urgent.due() == local("2026-11-09 11:30")
    assert given(urgent, to_agency()).due() == local("2026-11-09 15:00")
    assert given(receive(rules=FAST), to_officer()).due() == local("2026-11-09 16:00")


def test_the_operator_may_change_the_priority_and_the_next_stage_has_its_budget() -> None:
    """Điều 10.2.b: the stage that runs keeps the time it was given."""
    story = receive(rules=FAST)
    urgent = when(story, cmd.Classify(kind="question", about=None, field="ho_tich", priority="urgent"))
    assert (urgent.case.priority, urgent.due()) == ("urgent", story.due())
    assert given(urgent, to_officer()).due() == local("2026-11-09 11:30")
    kept = when(urgent, cmd.Classify(kind="suggestion", about=None, field="ho_tich"))
    assert kept.case.priority == "urgent"


def test_an_unknown_priority_is_refused() -> None:
    for attempt in (
        lambda: receive(priority="now"),
        lambda: when(receive(), cmd.Classify(kind="question", about=None, field="khac", priority="now")),
    ):
        with pytest.raises(InvalidError, match="unknown_priority"):
            attempt()


def test_a_priority_that_left_the_file_is_ordinary() -> None:
    assert REGULATION.limit("officer", "vanished") == REGULATION.stages["officer"]


def test_a_regulation_may_let_the_clock_run_while_the_sender_is_asked() -> None:
    story = given(receive(rules=RUNNING), to_officer(), ask())
    assert story.case.state is State.AWAITING_DETAILS
    assert story.case.stage is not None
    assert not story.case.stage.paused
    late = when(story, cmd.Watch(), at="2026-11-09 16:01")
    assert "MarkedLate" in late.names
    supplied = when(given(receive(rules=RUNNING), to_officer(), ask()), supply(), at="2026-11-09 10:00")
    assert supplied.due() == local("2026-11-09 16:00")


def test_a_rung_so_many_minutes_before_the_due_time() -> None:
    """R111: working minutes, through the lunch break."""
    rules = replace(REGULATION, ladder=(Rung(to=("holder",), minutes_before=180), *REGULATION.ladder[1:]))
    story = given(receive(at="2026-11-09 08:30", rules=rules), to_officer())  # due 15:30
    assert stages.next_alarm(story.case, rules) == local("2026-11-09 10:30")
    assert when(story, cmd.Watch(), at="2026-11-09 10:29").names == []
    assert when(story, cmd.Watch(), at="2026-11-09 10:30").names == ["Escalated"]


def test_a_rung_before_a_budget_even_begins_is_reached_at_once() -> None:
    rules = replace(REGULATION, ladder=(Rung(to=("holder",), minutes_before=600), *REGULATION.ladder[1:]))
    story = receive(at="2026-11-09 09:00", rules=rules)
    assert when(story, cmd.Watch(), at="2026-11-09 09:00").names == ["Escalated"]


@pytest.mark.parametrize("at", ["2026-11-09 12:00", "2026-11-09 17:01", "2026-11-10 07:29"])
def test_outside_office_hours_nobody_reappoints(at: str) -> None:
    """Điều 3.2, 9.3 (R62): a promise is given by people at work."""
    story = given(receive(at="2026-11-09 09:00"), to_officer(), to_agency())
    with pytest.raises(Exception, match="outside_office_hours"):
        when(story, reappoint("2026-11-12 10:00"), at=at)
    assert when(story, reappoint("2026-11-12 10:00"), at="2026-11-09 17:00").names == ["Reappointed"]


def test_a_case_of_any_priority_runs_through() -> None:
    story = given(receive(priority="urgent"), to_officer(), to_agency(), result(), answer())
    assert story.case.state is State.ANSWERED
