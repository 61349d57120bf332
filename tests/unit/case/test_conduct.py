"""A report about an official's conduct makes two duties of the agency (Điều 8.1, second point c; R75)."""

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import permissions
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import State
from chalicelib.domain.errors import ConflictError
from tests.builders import (
    AGENCY,
    OFFICER,
    OPERATOR,
    OTHER_AGENCY,
    Story,
    answer,
    given,
    local,
    receive,
    to_agency,
    to_officer,
    when,
)

OPEN = ["ActionOpened", "ActionOpened"]


def conduct() -> Story:
    return receive(kind="report", about="conduct", at="2026-11-09 08:30")


def close(name: str = "notice", unit: str = "") -> cmd.Command:
    return cmd.CloseAction(name=name, outcome="Đã nhắc nhở", unit=unit)


def still_open(story: Story) -> list[tuple[str, str]]:
    return [(action.unit, action.name) for action in story.case.actions if action.closed_at is None]


def test_the_agency_is_notified_and_asked_for_another_official() -> None:
    """Điều 8.1.c (second), R75: two duties with a due time each."""
    story = when(conduct(), to_officer())
    assert story.names == ["ForwardedToOfficer", *OPEN]
    opened = [event for event in story.events if isinstance(event, ev.ActionOpened)]
    assert [(event.action, event.unit, event.due_at) for event in opened] == [
        ("notice", "so_tu_phap", local("2026-11-10 09:00")),
        ("substitution", "so_tu_phap", local("2026-11-10 09:00")),
    ]


def test_they_are_opened_once_for_an_agency() -> None:
    """R75: not again when the case goes on within it, or comes back to it."""
    story = given(conduct(), to_officer(), to_agency())
    assert story.names == ["ForwardedToAgency"]
    story = given(story, cmd.Decline(reason="Nhầm"), cmd.ReturnToOperator(reason="Nhầm"), to_officer())
    assert story.names == ["ForwardedToOfficer"]
    assert len(story.case.actions) == 2


def test_another_agency_has_duties_of_its_own() -> None:
    """R75."""
    story = given(conduct(), to_officer(), cmd.ReturnToOperator(reason="Cán bộ Sở Y tế"), to_officer("so_y_te"))
    assert story.names == ["ForwardedToOfficer", *OPEN]
    assert {unit for unit, _ in still_open(story)} == {"so_tu_phap", "so_y_te"}


def test_a_report_found_to_be_about_conduct_opens_them_too() -> None:
    """Điều 4.2, 10.2.b (R30, R75)."""
    story = given(receive(), cmd.Classify(kind="report", about="conduct", field="cong_chuc"), to_officer())
    assert story.names == ["ForwardedToOfficer", *OPEN]


@pytest.mark.parametrize(("kind", "about"), [("report", "regulation"), ("question", None), ("suggestion", None)])
def test_no_other_matter_opens_them(kind: str, about: str | None) -> None:
    """Điều 4.2 (R30)."""
    assert given(receive(kind=kind, about=about), to_officer(), to_agency()).case.actions == ()


@pytest.mark.parametrize("actor", [OPERATOR, OFFICER, AGENCY])
def test_the_desk_and_the_agency_itself_record_what_came_of_them(actor: Actor) -> None:
    """R75: each has its own follow-up, also after the answer."""
    story = given(conduct(), to_officer(), answer())
    story = when(story, close(unit="" if actor is OPERATOR else actor.unit), actor=actor, at="2026-11-10 15:00")
    assert story.names == ["ActionClosed"]
    assert still_open(story) == [("so_tu_phap", "substitution")]
    assert story.case.actions[0].closed_at == local("2026-11-10 15:00")
    assert story.case.state is State.ANSWERED


def test_a_duty_is_done_once() -> None:
    """R75."""
    story = given(conduct(), to_officer(), close())
    with pytest.raises(ConflictError) as refusal:
        when(story, close())
    assert (refusal.value.code, refusal.value.context["open_actions"]) == ("no_such_action", ["substitution"])
    story = when(story, close("substitution"))
    assert still_open(story) == []
    with pytest.raises(ConflictError, match="wrong_state"):
        when(story, close("substitution"))


def test_another_unit_has_no_say_in_them() -> None:
    """R75."""
    for other in (OTHER_AGENCY, Actor(Role.OFFICER, "so_y_te")):
        with pytest.raises(ConflictError, match="wrong_state"):
            when(given(conduct(), to_officer()), close(unit=other.unit), actor=other)


def test_a_unit_closes_its_own_duty_not_an_earlier_units() -> None:
    """R75."""
    story = given(conduct(), to_officer(), cmd.ReturnToOperator(reason="Cán bộ Sở Y tế"), to_officer("so_y_te"))
    story = when(story, close(unit="so_y_te"), actor=Actor(Role.OFFICER, "so_y_te"))
    assert ("so_tu_phap", "notice") in still_open(story)
    assert ("so_y_te", "notice") not in still_open(story)


def test_a_duty_not_done_in_time_is_brought_to_the_leaders_mind_until_it_is() -> None:
    """R75: the house's leader and the Centre's, in office hours, whatever became of the case itself."""
    story = when(conduct(), to_officer())
    story = when(story, answer(), at="2026-11-09 10:00")
    assert when(story, cmd.Watch(), at="2026-11-10 08:59").names == []
    late = when(story, cmd.Watch(), at="2026-11-10 09:00")
    assert late.names == ["ActionOverdue", "ActionOverdue"]
    assert when(late, cmd.Watch(), at="2026-11-12 09:59").names == []
    again = when(late, cmd.Watch(), at="2026-11-12 10:00")  # 960 working minutes, of 450 a day, after the due time
    assert [(event.action, event.step) for event in again.events] == [("notice", 1), ("substitution", 1)]
    assert when(again, cmd.Watch(), at="2026-11-12 10:01").names == []
    done = given(again, close("notice"))
    assert [event.action for event in when(done, cmd.Watch(), at="2026-12-01 10:00").events] == ["substitution"]


def test_after_an_outage_the_leaders_are_reminded_once() -> None:
    story = when(conduct(), to_officer())
    late = when(story, cmd.Watch(), at="2026-11-20 10:00")
    steps = [event.step for event in late.events if isinstance(event, ev.ActionOverdue)]
    assert steps[0] == steps[1] > 1
    assert all(action.reminders == steps[0] + 1 for action in late.case.actions)


def test_each_document_has_a_number_of_its_own() -> None:
    """R75: two documents an agency, told apart also where the report went to a second one."""
    story = given(conduct(), to_officer(), cmd.ReturnToOperator(reason="Cán bộ Sở Y tế"), to_officer("so_y_te"))
    numbers = [action.number for action in story.case.actions]
    assert numbers == [f"4821-0937-5514/{end}" for end in ("TB", "ĐN", "TB-2", "ĐN-2")]


def test_an_answered_case_is_not_closed_while_a_duty_is_open() -> None:
    """R75: it is closed as soon as the last one is done."""
    story = when(when(conduct(), to_officer()), answer(), at="2026-11-09 10:00")
    waiting = when(story, cmd.Watch(), at="2026-12-01 10:00")
    assert waiting.names == ["ActionOverdue", "ActionOverdue"]
    assert waiting.case.state is State.ANSWERED
    done = given(waiting, close("notice"), close("substitution"))
    assert when(done, cmd.Watch(), at="2026-12-01 10:01").case.state is State.CLOSED


def test_whoever_has_had_a_case_may_still_read_it() -> None:
    """R68: also after handing it on."""
    story = given(receive(), to_officer(), cmd.ReturnToOperator(reason="Nhầm"))
    assert permissions.may_read(story.case, OFFICER)
    assert not permissions.may_read(story.case, OTHER_AGENCY)
