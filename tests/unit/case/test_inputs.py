"""Other units are asked for input inside a case (lấy ý kiến, R57): own deadline, same clock, same owner (R18)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import settings

from chalicelib.adapters.regulation_files import read, regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import INPUT, State
from chalicelib.domain.errors import ConflictError, DomainError, InvalidError, NotFoundError
from chalicelib.domain.input_rules import from_mapping
from chalicelib.domain.permissions import allowed, may_read
from chalicelib.domain.regulation_entries import RegulationError
from tests.builders import (
    OFFICER,
    OPERATOR,
    OTHER_AGENCY,
    REGULATION,
    Story,
    answer,
    given,
    local,
    only,
    receive,
    to_agency,
    to_officer,
    when,
)
from tests.builders import ask as ask_sender
from tests.unit.case.calendars import day_off, with_changes
from tests.unit.case.walks import Life, lives

QUESTION = "Có cần giấy khám sức khỏe không?"
GIVE = cmd.GiveInput(unit="so_y_te", opinion="Không cần.")
DECLINE = cmd.DeclineInput(unit="so_y_te", reason="Không thuộc lĩnh vực y tế.")
AT_OFFICER = given(receive(), to_officer())  # Monday 09:00, five working hours: until 15:00


def ask(*units: str, **more: Any) -> cmd.AskInput:
    return cmd.AskInput(units=units or ("so_y_te",), question=QUESTION, **more)


ASKED = when(AT_OFFICER, ask())


def code_of(story: Story, command: cmd.Command, error: type[DomainError], **how: Any) -> str:
    with pytest.raises(error) as raised:
        when(story, command, **how)
    return raised.value.code


def test_the_case_stays_where_it_is_and_its_clock_runs() -> None:
    """R57, R18."""
    before, after = AT_OFFICER.case, ASKED.case
    assert (after.holder, after.stage, after.state, after.units) == (
        before.holder,
        before.stage,
        before.state,
        before.units,
    )
    asked = only(ASKED, ev.InputAsked)
    assert (asked.unit, asked.asked_by, asked.question) == ("so_y_te", "so_tu_phap", QUESTION)
    assert asked.due_at == local("2026-11-09 15:00")  # 240 working minutes
    assert asked.number == "4821-0937-5514/YK"


def test_several_at_once_have_a_request_each() -> None:
    story = when(AT_OFFICER, ask("so_y_te", "so_noi_vu", "so_y_te"))
    assert [(one.unit, one.number) for one in story.case.inputs] == [
        ("so_y_te", "4821-0937-5514/YK"),
        ("so_noi_vu", "4821-0937-5514/YK-2"),
    ]


def test_whoever_holds_the_case_asks_in_every_state_and_nobody_else() -> None:
    assert when(receive(), ask()).case.inputs
    assert when(given(receive(), ask_sender()), ask()).case.inputs
    assert when(given(AT_OFFICER, to_agency()), ask()).case.inputs
    assert when(given(receive(), cmd.Refer(reason="Ngoài tỉnh")), ask()).case.inputs
    assert "ask_input" not in allowed(AT_OFFICER.case, OPERATOR, REGULATION)


def test_a_centre_without_the_rules_does_not_ask() -> None:
    assert "ask_input" not in allowed(AT_OFFICER.case, OFFICER, replace(REGULATION, inputs=None))


class TestTheTime:
    def test_is_never_more_than_what_is_left_of_the_holders(self) -> None:
        story = when(AT_OFFICER, ask(), at="2026-11-09 14:00")
        assert only(story, ev.InputAsked).minutes == 60 * 2  # of the officer's five hours until 16:00
        assert code_of(AT_OFFICER, ask(minutes=301), InvalidError) == "input_time_invalid"
        assert only(when(AT_OFFICER, ask(minutes=300)), ev.InputAsked).due_at == AT_OFFICER.due()

    def test_is_shorter_by_choice_but_not_less_than_the_least(self) -> None:
        assert only(when(AT_OFFICER, ask(minutes=60)), ev.InputAsked).minutes == 60
        assert code_of(AT_OFFICER, ask(minutes=59), InvalidError) == "input_time_invalid"

    def test_is_the_least_once_the_holders_own_has_run_out(self) -> None:
        """A case that is late may need another's word all the more."""
        assert only(when(AT_OFFICER, ask(), at="2026-11-12 10:00"), ev.InputAsked).minutes == 60

    def test_is_what_was_left_when_the_clock_stopped_for_the_sender(self) -> None:
        story = when(when(AT_OFFICER, ask_sender(), at="2026-11-09 14:00"), ask(), at="2026-11-20 10:00")
        assert only(story, ev.InputAsked).minutes == 60 * 2

    def test_moves_with_the_calendar(self) -> None:
        """R63."""
        moved = when(replace(ASKED, rules=with_changes(day_off("2026-11-09"))), cmd.Watch(), at="2026-11-09 10:00")
        assert moved.case.inputs[0].due_at > ASKED.case.inputs[0].due_at


class TestTheUnitThatIsAsked:
    def test_gives_its_input_once(self) -> None:
        story = when(ASKED, GIVE)
        given_ = only(story, ev.InputGiven)
        assert (given_.opinion, given_.late, given_.asked_by) == ("Không cần.", False, "so_tu_phap")
        assert story.case.open_actions == ()
        assert code_of(story, GIVE, ConflictError) == "wrong_state"

    def test_or_says_that_it_has_none(self) -> None:
        assert only(when(ASKED, DECLINE), ev.InputDeclined).reason == "Không thuộc lĩnh vực y tế."

    def test_at_its_due_time_is_in_time_and_after_it_late(self) -> None:
        due = ASKED.case.inputs[0].due_at
        assert not only(when(ASKED, GIVE, at=due), ev.InputGiven).late
        assert only(when(ASKED, GIVE, at="2026-11-09 15:01"), ev.InputGiven).late

    def test_does_not_answer_for_another(self) -> None:
        both = when(AT_OFFICER, ask("so_y_te", "so_noi_vu"))
        assert code_of(both, replace(GIVE, id=2), ConflictError) == "input_over"
        assert code_of(both, replace(GIVE, id=3), NotFoundError) == "input_not_found"
        stranger = Actor(Role.AGENCY, "so_xay_dung", "an")
        assert code_of(ASKED, replace(GIVE, unit="so_xay_dung"), ConflictError, actor=stranger) == "wrong_state"

    def test_reads_no_case_for_being_asked(self) -> None:
        """It is shown the request, by views/inputs.py; the case is not its."""
        assert not may_read(ASKED.case, OTHER_AGENCY)

    def test_is_reminded_of_its_leader_and_the_centres_again_and_again(self) -> None:
        """As every duty: R75's machinery."""
        due = ASKED.case.inputs[0].due_at
        told = when(ASKED, cmd.Watch(), at=due)
        overdue = only(told, ev.ActionOverdue)
        assert (overdue.action, overdue.unit, overdue.step) == (INPUT, "so_y_te", 0)
        again = stages.reminded_at(told.case.inputs[0], 1, REGULATION)
        assert again == stages.due_after(due, 480, REGULATION)
        assert only(when(told, cmd.Watch(), at=again), ev.ActionOverdue).step == 1


class TestTheHolder:
    def test_asks_the_same_unit_again_only_when_it_has_answered(self) -> None:
        assert code_of(ASKED, ask("so_noi_vu", "so_y_te"), ConflictError) == "input_asked_already"
        assert when(when(ASKED, GIVE), ask()).case.inputs[1].closed_at is None

    def test_does_not_ask_itself(self) -> None:
        assert code_of(AT_OFFICER, ask("so_tu_phap"), InvalidError) == "own_unit"

    def test_withdraws(self) -> None:
        story = when(ASKED, cmd.WithdrawInput(id=1, reason="Đã rõ"))
        assert story.case.inputs[0].withdrawn
        assert code_of(story, cmd.WithdrawInput(id=1), ConflictError) == "wrong_state"
        assert code_of(story, GIVE, ConflictError) == "wrong_state"

    def test_answers_without_waiting_and_nobody_is_asked_any_more(self) -> None:
        """An unanswered request blocks nothing."""
        story = when(ASKED, answer())
        assert story.names == ["Answered", "InputWithdrawn"]
        assert only(story, ev.InputWithdrawn).ended
        assert (story.case.state, story.case.open_actions) == (State.ANSWERED, ())

    def test_hands_the_case_on_with_its_requests(self) -> None:
        story = given(ASKED, to_agency(), GIVE)
        assert only(story, ev.InputGiven).asked_by == "so_tu_phap"
        back = given(ASKED, cmd.ReturnToOperator(reason="Nhầm"), GIVE)
        assert only(back, ev.InputGiven).asked_by == "tong_dai"

    def test_does_not_tell_who_reported_an_official(self) -> None:
        report = given(receive(kind="report", about="conduct"), to_officer())
        assert code_of(report, ask(with_contact=True), InvalidError) == "contact_protected"

    def test_who_is_told_of_a_report_later_is_notified_as_ever(self) -> None:
        """Being asked is none of the two duties of a conduct report (R75)."""
        report = given(receive(kind="report", about="conduct"), ask(), to_officer("so_y_te"))
        assert report.names == ["ForwardedToOfficer", "ActionOpened", "ActionOpened"]
        with pytest.raises(ConflictError, match="no_such_action"):
            when(report, cmd.CloseAction(name=INPUT, outcome="Xong"))


@settings(max_examples=60)
@over(life=lives())
def test_whatever_happens_no_request_outlives_its_case_or_moves_it(life: Life) -> None:
    for before, after in pairwise(life):
        kinds = {type(recorded.event) for recorded in after.last}
        if kinds and kinds <= {ev.InputAsked, ev.InputGiven, ev.InputDeclined}:
            assert (after.case.holder, after.case.state) == (before.case.holder, before.case.state)
            assert after.case.stage is not None
            assert before.case.stage is not None
            assert after.case.stage.started_at == before.case.stage.started_at
        waiting = [one.unit for one in after.case.inputs if one.closed_at is None]
        assert len(waiting) == len(set(waiting))
        assert after.case.open or not waiting


FILE = read("hoa_binh.inputs.yaml")


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({}, "inputs: missing"),
        (FILE | {"minutes": 0}, "inputs.minutes"),
        (FILE | {"least": 500}, "inputs.least"),
        (FILE | {"remind_every": "480"}, "inputs.remind_every"),
        (FILE | {"symbol": ""}, "inputs.symbol"),
        (FILE | {"article": None}, "inputs.article"),
    ],
)
def test_a_wrong_file_says_where(wrong: Any, where: str) -> None:
    with pytest.raises(RegulationError, match=where):
        from_mapping(wrong)


def test_the_articles_are_the_centres() -> None:
    """S2 Điều 2.4, 3.4; 2370/QĐ-UBND has but a near one."""
    found = {name: rules.article for name in ("hoa_binh", "ha_noi") if (rules := regulation(name).inputs)}
    assert found == {"hoa_binh": "Điều 7.3", "ha_noi": "Điều 2.4, 3.4 Quyết định 1371/QĐ-TTPVHCC"}
