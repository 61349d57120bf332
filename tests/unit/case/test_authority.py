"""The Centre does not do in place of the agencies (không làm thay, R56): it answers by their result only."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import read, regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.authority import Authority, Reserved
from chalicelib.domain.authority_parsing import from_mapping
from chalicelib.domain.case import Case, State
from chalicelib.domain.errors import DomainError, ForbiddenError
from chalicelib.domain.permissions import allowed
from chalicelib.domain.regulation_entries import RegulationError
from tests.builders import OPERATOR, REGULATION, Story, answer, given, receive, result, to_agency, to_officer, when
from tests.unit.case.walks import PEOPLE, Life, lives

HA_NOI = regulation("ha_noi")
# A centre whose rooms are units as agencies are, and serve requests too.
STRICT = replace(
    REGULATION,
    authority=Authority(
        own=("tong_dai", "lanh_dao_trung_tam", "so_tu_phap", "buu_dien_tinh"),
        agency_decides=(
            Reserved("Điều 8.1", kinds=("report",), abouts=("conduct",)),
            Reserved("Điều 8.2", kinds=("service",)),
            Reserved("Điều 7.3", kinds=("question",), fields=("ho_tich",)),
        ),
    ),
)


def conduct() -> Story:
    return receive(kind="report", about="conduct")


def refused(story: Story, command: cmd.Command, actor: Actor | None = None) -> ForbiddenError:
    with pytest.raises(ForbiddenError) as raised:
        when(story, command, actor=actor)
    return raised.value


def test_a_conduct_report_is_not_answered_by_the_operator() -> None:
    """R56: said with the article and with what is possible instead: forward, ask, refuse."""
    error = refused(conduct(), answer())
    assert (error.code, error.context["article"]) == ("agency_decides", "Điều 8.1, 11.1.a")
    possible = allowed(conduct().case, OPERATOR, REGULATION)
    assert error.context["allowed"] == possible
    assert "answer" not in possible
    assert {"forward_to_officer", "request_details", "refuse"} <= set(possible)


def test_it_is_once_the_agency_has_given_its_result() -> None:
    done = given(conduct(), to_officer(), to_agency(), result(), cmd.ReturnToOperator(reason="Nhờ báo qua điện thoại"))
    assert when(done, answer()).case.state is State.ANSWERED


def test_the_agencys_own_officer_passes_its_result_on_and_may_answer_for_it() -> None:
    assert when(given(conduct(), to_officer()), answer()).case.state is State.ANSWERED


def test_a_question_is_answered_at_once_as_ever() -> None:
    """Điều 8.1.a."""
    assert when(receive(), answer()).case.state is State.ANSWERED


def test_another_answer_needs_another_result() -> None:
    """What was opened again begins anew: the result before it is of the answer that did not satisfy."""
    first = given(conduct(), to_officer(), to_agency(), result(), answer(), cmd.Rate(rating="not_satisfied"))
    assert refused(when(first, cmd.Reopen(reason="Chưa đúng")), answer()).code == "agency_decides"


def test_an_opinion_of_the_leadership_is_no_result() -> None:
    """The leadership is the Centre too; out of jurisdiction, the operator refuses with guidance (Điều 7.2)."""
    after = given(conduct(), cmd.Refer(reason="Ngoài tỉnh"), cmd.GiveOpinion(opinion="Chuyển Thanh tra", leader="GĐ"))
    assert refused(after, answer()).code == "agency_decides"
    assert when(after, cmd.Refuse(reason="Ngoài tỉnh", guidance="Thanh tra")).case.state is State.REFUSED


def test_a_room_of_the_centre_is_no_agency_either() -> None:
    """Its result is the Centre's: it neither answers by it nor makes an answer possible."""
    story = given(receive(kind="report", about="conduct", rules=STRICT), to_officer(), to_agency(), result())
    assert refused(story, answer()).code == "agency_decides"
    back = when(story, cmd.ReturnToOperator(reason="Cần cơ quan quyết định"))
    assert refused(back, answer()).code == "agency_decides"
    elsewhere = given(back, to_officer("so_y_te"), to_agency(), result(), cmd.ReturnToOperator(reason="Báo giúp"))
    assert when(elsewhere, answer()).case.state is State.ANSWERED


def test_a_room_that_serves_requests_does_not_decide_them() -> None:
    """What is sent at once (Điều 8.2) ends with the unit's result: that is its answer."""
    story = receive(kind="service", rules=STRICT)
    assert refused(story, result()).code == "agency_decides"
    assert "decline" in allowed(story.case, Actor(Role.AGENCY, "buu_dien_tinh", "son"), STRICT)


def test_what_gets_no_result_is_brought_before_the_leadership_not_answered_by_the_centre() -> None:
    """R56, R111: the ladder goes on to the agency's leader, the Centre's and the supervisor."""
    waiting = given(conduct(), to_officer(), to_agency())
    told = when(waiting, cmd.Watch(), at="2026-11-20 10:00")
    [escalated] = [event for event in told.events if isinstance(event, ev.Escalated)]
    assert {"holder_leader", "centre_leadership", "supervisor"} <= set(escalated.to)
    assert "answer" not in allowed(told.case, OPERATOR, REGULATION)


def test_who_does_not_hold_the_case_is_told_just_that() -> None:
    """A stranger learns nothing of the rule."""
    assert refused(given(conduct(), to_officer()), answer(), OPERATOR).code == "not_holder"


def forbidden(case: Case, actor: Actor, rules: Authority) -> bool:
    """The rule, written down a second time."""
    by_agency = case.has_result and case.agency not in rules.own
    covered = any(
        (not one.kinds or case.kind in one.kinds)
        and (not one.abouts or case.about in one.abouts)
        and (not one.fields or case.field in one.fields)
        for one in rules.agency_decides
    )
    return actor.unit in rules.own and covered and not by_agency


@settings(max_examples=150)
@over(life=st.one_of(lives(20), lives(20, STRICT)))
def test_no_path_of_commands_leads_to_an_answer_by_the_centre_that_is_not_its_own(life: Life) -> None:
    for before, after in pairwise(life):
        for recorded in after.last:
            if isinstance(recorded.event, ev.Answered):
                assert not forbidden(before.case, recorded.actor, before.rules.authority)


@settings(max_examples=60)
@over(life=st.one_of(lives(), lives(rules=STRICT)))
def test_what_is_offered_is_taken_and_nobody_who_may_not_answer_is_left_without_a_way(life: Life) -> None:
    for story in life:
        for actor in PEOPLE:
            possible = allowed(story.case, actor, story.rules)
            try:
                when(story, answer(), actor=actor)
            except DomainError as error:
                assert "answer" not in possible
                if error.code == "agency_decides":
                    assert {"forward_to_officer", "return_to_operator"} & set(possible)
            else:
                assert "answer" in possible


FILE: dict[str, Any] = read("hoa_binh.authority.yaml")
CONDUCT = FILE["agency_decides"][0]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({}, "authority: missing"),
        (FILE | {"more": []}, "unknown"),
        (FILE | {"own": ["tong_dai"]}, "lanh_dao_trung_tam"),
        (FILE | {"agency_decides": [{}]}, "agency_decides\\[0\\]"),
        (FILE | {"agency_decides": [CONDUCT, CONDUCT | {"article": ""}]}, "agency_decides\\[1\\].article"),
        (FILE | {"agency_decides": [{"article": "Điều 1"}]}, "every answer"),
        (FILE | {"agency_decides": [CONDUCT | {"abouts": ["manners"]}]}, "manners"),
        (FILE | {"agency_decides": [CONDUCT | {"kinds": ["rumour"]}]}, "rumour"),
        (FILE | {"agency_decides": [CONDUCT | {"competent": ["so_y_te"]}]}, "so_y_te"),
        (FILE | {"agency_decides": [CONDUCT | {"fields": ["weather"]}]}, "weather"),
    ],
)
def test_a_wrong_file_says_where(wrong: dict[str, Any], where: str) -> None:
    with pytest.raises(RegulationError, match=where):
        from_mapping(wrong, REGULATION)


@pytest.mark.parametrize("centre", ["hoa_binh", "ha_noi"])
def test_a_centres_own_units_are_in_its_directory(centre: str) -> None:
    units = {entry["id"]: entry["kind"] for entry in read(f"{centre}.directory.yaml")["units"]}
    own = {name for name, kind in units.items() if kind in ("centre", "leadership", "room", "branch")}
    assert set(regulation(centre).authority.own) == own


class TestARoomThatIsCompetent:
    """1371/QĐ-TTPVHCC, Điều 7.1.3: the Inspection Department handles what is said of conduct."""

    ROOM = "phong_kiem_tra_giam_sat"

    def report(self, unit: str) -> Story:
        return when(receive(kind="report", about="conduct", field="khac", rules=HA_NOI), to_officer(unit))

    def test_decides_as_an_agency_does(self) -> None:
        assert when(self.report(self.ROOM), answer()).case.state is State.ANSWERED
        found = given(self.report(self.ROOM), to_agency(), result(), cmd.ReturnToOperator(reason="Nhờ báo"))
        assert when(found, answer()).case.state is State.ANSWERED

    def test_no_other_room_does(self) -> None:
        error = refused(self.report("phong_tai_cau_truc"), answer())
        assert (error.code, error.context["article"]) == ("agency_decides", "Điều 7.1.3 Quyết định 1371/QĐ-TTPVHCC")
