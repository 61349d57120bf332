"""Who may do what, where: the whole table, written down a second time (Điều 7, 8, 9, 10.2, 11; R18)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import permissions
from chalicelib.domain.actors import SENDER, SYSTEM, Actor, Role
from chalicelib.domain.case import Case, State
from chalicelib.domain.decide import RULES
from chalicelib.domain.errors import ConflictError, DomainError, ForbiddenError
from chalicelib.domain.keeping import HoldBack
from chalicelib.domain.merits import NoteChange, ProposeReward
from tests.builders import (
    ADMINISTRATOR,
    AGENCY,
    LEADER,
    OFFICER,
    OPERATOR,
    OTHER_AGENCY,
    POST,
    REGULATION,
    Story,
    answer,
    ask,
    given,
    receive,
    to_agency,
    to_officer,
    when,
)

PEOPLE = (OPERATOR, OFFICER, AGENCY, POST, OTHER_AGENCY, LEADER, ADMINISTRATOR, SENDER, SYSTEM)
ACTIONS = sorted(kind.action for kind in RULES if kind is not cmd.Receive)
SHARED = {
    "supply_details": {Role.SENDER, Role.OPERATOR},
    "write": {Role.SENDER, Role.OPERATOR},
    "take_back": {Role.OPERATOR, Role.OFFICER},
    "urge": {Role.OFFICER, Role.AGENCY},
    "rate": {Role.SENDER},
    "reopen": {Role.SENDER},
    "propose_publication": {Role.OPERATOR, Role.OFFICER},
    "approve_publication": {Role.LEADERSHIP},
    "withdraw_publication": {Role.LEADERSHIP},
    "correct_late": {Role.LEADERSHIP},
    "close_action": {Role.OPERATOR, Role.OFFICER, Role.AGENCY},
    "give_input": {Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP},
    "decline_input": {Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP},
    "note_phoned": {Role.OPERATOR, Role.OFFICER},
    "note_undelivered": {Role.SYSTEM},
    "watch": {Role.SYSTEM},
    "hold_back": {Role.LEADERSHIP},
    "lift_hold": {Role.LEADERSHIP},
    "judge": {Role.LEADERSHIP},
    "note_change": {Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP},
    "propose_reward": {Role.OFFICER, Role.AGENCY, Role.LEADERSHIP},
    "decide_reward": {Role.LEADERSHIP},
    "correct_sender": {Role.LEADERSHIP},
    "restrict": {Role.LEADERSHIP},
    "anonymise": {Role.LEADERSHIP, Role.SYSTEM},
}
CONDUCT = receive(kind="report", about="conduct")
SUGGESTION = given(receive(kind="suggestion"), answer())
SUGGESTION_OF_A_UNIT = given(receive(kind="suggestion"), to_officer(), answer())
CHANGE = NoteChange(document="12/QĐ-UBND", dated=date(2026, 11, 9), change="Bỏ một giấy tờ")
REWARD = ProposeReward(leader="Giám đốc", reward="Giấy khen")
REFUSED = cmd.Refuse(reason="Quảng cáo", guidance="Sở Công Thương")
UNDELIVERED = cmd.NoteUndelivered(channel="email", reason="bounce", letter="answered")
LATE = when(given(receive(), to_officer()), cmd.Watch(), at="2026-11-20 10:00")
PROPOSED = given(
    receive(), to_officer(), answer(), cmd.ProposePublication(question="Hỏi về khai sinh", answer="Nộp tại một cửa")
)
EXPECTED: dict[str, tuple[Story, Mapping[Actor, str]]] = {
    "received": (
        receive(),
        {OPERATOR: "answer request_details refuse classify forward_to_officer refer"},
    ),
    "a service request back from the Post": (
        given(receive(kind="service"), cmd.Decline(reason="Ngoài địa bàn")),
        {OPERATOR: "answer request_details refuse classify forward_to_officer send_to_post refer"},
    ),
    "awaiting details for the desk": (
        given(receive(), ask()),
        {OPERATOR: "refuse supply_details", SENDER: "supply_details"},
    ),
    "awaiting details for an officer": (
        given(receive(), to_officer(), ask()),
        {OPERATOR: "supply_details", SENDER: "supply_details"},
    ),
    "awaiting details for an agency": (
        given(receive(), to_officer(), to_agency(), ask()),
        {OPERATOR: "supply_details", SENDER: "supply_details"},
    ),
    "with the officer": (
        given(receive(), to_officer()),
        {
            OPERATOR: "take_back",
            OFFICER: "answer request_details forward_to_agency return_to_operator appoint refer",
        },
    ),
    "late with the officer": (
        LATE,
        {
            OFFICER: "answer request_details forward_to_agency return_to_operator appoint refer",
            LEADER: "correct_late",
        },
    ),
    "with the agency": (
        given(receive(), to_officer(), to_agency()),
        {OFFICER: "take_back", AGENCY: "request_details accept reappoint submit_result decline"},
    ),
    "supervised by another unit": (
        given(receive(supervisor="so_y_te"), to_officer(), to_agency()),
        {
            OFFICER: "take_back",
            AGENCY: "request_details accept reappoint submit_result decline",
            OTHER_AGENCY: "urge",
        },
    ),
    "supervised by the unit that has it": (
        given(receive(supervisor="so_tu_phap"), to_officer(), to_agency()),
        {OFFICER: "take_back", AGENCY: "request_details accept reappoint submit_result decline"},
    ),
    "with the Post": (receive(kind="service"), {POST: "request_details accept submit_result decline"}),
    "with the leadership": (given(receive(), cmd.Refer(reason="Ngoài tỉnh")), {LEADER: "give_opinion"}),
    "a conduct report with the agency": (
        given(CONDUCT, to_officer(), to_agency()),
        {
            OPERATOR: "close_action",
            OFFICER: "close_action take_back",
            AGENCY: "request_details accept reappoint submit_result decline close_action",
        },
    ),
    "answered": (
        given(receive(), to_officer(), answer()),
        {OPERATOR: "propose_publication", OFFICER: "propose_publication", LEADER: "hold_back", SENDER: "rate reopen"},
    ),
    "a conduct report, answered": (
        given(CONDUCT, to_officer(), answer()),
        {
            OPERATOR: "close_action propose_publication",
            OFFICER: "close_action propose_publication note_change",
            AGENCY: "close_action note_change",
            LEADER: "hold_back judge note_change",
            SENDER: "rate reopen",
        },
    ),
    "a suggestion, answered by the desk": (
        SUGGESTION,
        {OPERATOR: "propose_publication note_change", LEADER: "hold_back note_change", SENDER: "rate reopen"},
    ),
    "a suggestion that led to a change": (
        given(SUGGESTION_OF_A_UNIT, CHANGE),
        {
            OPERATOR: "propose_publication",
            OFFICER: "propose_publication propose_reward",
            AGENCY: "propose_reward",
            LEADER: "hold_back propose_reward",
            SENDER: "rate reopen",
        },
    ),
    "a reward proposed": (
        given(SUGGESTION, CHANGE, REWARD),
        {OPERATOR: "propose_publication", LEADER: "hold_back decide_reward", SENDER: "rate reopen"},
    ),
    "held": (
        given(receive(), to_officer(), answer(), HoldBack(reason="Đang khiếu nại")),
        {OPERATOR: "propose_publication", OFFICER: "propose_publication", LEADER: "lift_hold", SENDER: "rate reopen"},
    ),
    "proposed for the board": (
        PROPOSED,
        {
            OPERATOR: "propose_publication",
            OFFICER: "propose_publication",
            LEADER: "approve_publication withdraw_publication hold_back",
            SENDER: "rate reopen",
        },
    ),
    "on the board": (
        when(PROPOSED, cmd.ApprovePublication(question="Hỏi", answer="Đáp")),
        {LEADER: "withdraw_publication hold_back", SENDER: "rate reopen"},
    ),
    "closed": (
        when(given(receive(), to_officer(), answer()), cmd.Watch(), at="2026-12-10 09:00"),
        {
            OPERATOR: "propose_publication",
            OFFICER: "propose_publication",
            LEADER: "hold_back anonymise",
            SENDER: "rate reopen",
            SYSTEM: "anonymise",
        },
    ),
    "answered by a letter that did not arrive": (
        given(receive(), to_officer(), answer(), UNDELIVERED),
        {
            OPERATOR: "note_phoned propose_publication",
            OFFICER: "note_phoned propose_publication",
            LEADER: "hold_back",
            SENDER: "rate reopen",
        },
    ),
    "refused": (given(receive(), REFUSED), {LEADER: "hold_back anonymise", SYSTEM: "anonymise"}),
    "another agency is asked for input": (
        given(receive(), to_officer(), cmd.AskInput(units=("so_y_te",), question="Có cần giấy khám sức khỏe không?")),
        {
            OFFICER: "answer request_details forward_to_agency return_to_operator appoint refer withdraw_input",
            OTHER_AGENCY: "give_input decline_input",
        },
    ),
}
OF_THE_SYSTEM = {"note_undelivered", "watch"}
AT_ANY_TIME = {SYSTEM: OF_THE_SYSTEM, SENDER: {"write"}, OPERATOR: {"write"}, LEADER: {"correct_sender", "restrict"}}


def test_the_table_has_every_state_and_every_action() -> None:
    assert {story.case.state for story, _ in EXPECTED.values()} == set(State)
    seen = {name for _, row in EXPECTED.values() for names in row.values() for name in names.split()}
    assert seen.union({"ask_input"}, *AT_ANY_TIME.values()) == set(ACTIONS)


@pytest.mark.parametrize("actor", PEOPLE, ids=lambda actor: f"{actor.role} {actor.unit}".strip())
@pytest.mark.parametrize("place", EXPECTED)
def test_everybody_may_do_what_the_articles_give_them_and_nothing_else(place: str, actor: Actor) -> None:
    """R18: one owner acts; Điều 7-11 say on what."""
    story, row = EXPECTED[place]
    expected = set(row.get(actor, "").split()) | AT_ANY_TIME.get(actor, set())
    expected |= {"ask_input"} if permissions.holds(story.case, actor) else set()  # R57: whoever has it, in any state
    assert set(permissions.allowed(story.case, actor, REGULATION)) == expected
    for action in ACTIONS:
        if action in expected:
            permissions.require(story.case, actor, action, REGULATION)
        else:
            check_refusal(story.case, actor, action)


def check_refusal(case: Case, actor: Actor, action: str) -> None:
    with pytest.raises(DomainError) as raised:
        permissions.require(case, actor, action, REGULATION)
    error = raised.value
    assert (type(error), error.code) == refusal_for(case, actor, action)
    assert error.context["allowed"] == permissions.allowed(case, actor, REGULATION)
    if error.code == "not_holder":
        assert case.holder is not None
        assert (error.context["holder_role"], error.context["holder_unit"]) == (case.holder.role, case.holder.unit)
    if error.code == "wrong_state":
        assert (error.context["state"], error.context["version"]) == (case.state, case.version)


def refusal_for(case: Case, actor: Actor, action: str) -> tuple[type[DomainError], str]:
    if action in SHARED:
        role_fits = actor.role in SHARED[action]
        return (ConflictError, "wrong_state") if role_fits else (ForbiddenError, "not_your_role")
    owner = case.holder and (case.holder.role, case.holder.unit)
    if owner and owner != (actor.role, actor.unit):
        return ForbiddenError, "not_holder"
    return ConflictError, "wrong_state"


@pytest.mark.parametrize(
    "stranger",
    [replace(AGENCY, unit="so_y_te"), replace(AGENCY, role=Role.OFFICER), OPERATOR, LEADER, ADMINISTRATOR],
)
def test_a_case_of_another_owner_is_left_alone(stranger: Actor) -> None:
    """R18: right role in the wrong unit, right unit in the wrong role, and everybody above."""
    with pytest.raises(ForbiddenError, match="not_holder"):
        when(given(receive(), to_officer(), to_agency()), cmd.Decline(reason="Không"), actor=stranger)


def test_a_case_is_received_once() -> None:
    with pytest.raises(ConflictError, match="wrong_state"):
        when(receive(), cmd.Receive(matter=None, kind="", about=None, channel="", field=""))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("story", "readers"),
    [
        (receive(), ()),
        (given(receive(), to_officer()), (OFFICER, AGENCY)),
        (given(receive(), to_officer(), answer()), (OFFICER, AGENCY)),
        (given(CONDUCT, to_officer(), cmd.ReturnToOperator(reason="Nhầm"), REFUSED), (OFFICER, AGENCY)),
        (given(receive(), to_officer("so_y_te")), (OTHER_AGENCY,)),
        (given(LATE, cmd.ReturnToOperator(reason="Nhầm"), to_officer("so_y_te")), (OFFICER, AGENCY, OTHER_AGENCY)),
        (receive(kind="service"), (POST,)),
        (receive(supervisor="so_y_te"), (OTHER_AGENCY,)),
    ],
)
def test_a_case_is_read_by_the_centre_and_by_the_units_it_concerns(story: Story, readers: tuple[Actor, ...]) -> None:
    """R99: personal data goes no further than the work needs."""
    expected = {OPERATOR, LEADER, ADMINISTRATOR, *readers}
    assert {actor for actor in PEOPLE if permissions.may_read(story.case, actor)} == expected
