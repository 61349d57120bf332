"""The public board: proposed by the desk or the unit that answered, approved by the leadership (R70, R110)."""

import pytest

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import Publication, State
from chalicelib.domain.errors import DomainError
from tests.builders import LEADER, OFFICER, OPERATOR, Story, answer, given, only, receive, to_officer, when

PROPOSE = cmd.ProposePublication(question="Hỏi về khai sinh", answer="Nộp tại một cửa")
APPROVE = cmd.ApprovePublication(question="Hỏi về khai sinh", answer="Nộp tại một cửa")
WITHDRAW = cmd.WithdrawPublication(reason="Chưa đủ căn cứ")


def answered() -> Story:
    return given(receive(), to_officer(), answer())


@pytest.mark.parametrize("actor", [OPERATOR, OFFICER])
def test_an_answer_is_proposed_and_then_published(actor: Actor) -> None:
    """Điều 2.2, 10.2.b (R70)."""
    story = when(answered(), PROPOSE, actor=actor)
    assert (story.names, story.case.publication) == (["PublicationProposed"], Publication.PROPOSED)
    story = when(story, APPROVE)
    published = only(story, ev.Published)
    assert (published.unit, published.question, published.answer) == ("so_tu_phap", PROPOSE.question, PROPOSE.answer)
    assert (story.case.publication, story.case.state) == (Publication.PUBLISHED, State.ANSWERED)
    assert story.last[0].article == "Điều 2.2"


def test_a_closed_case_may_still_be_published() -> None:
    """Điều 2.2 (R70)."""
    story = when(answered(), cmd.Watch(), at="2026-12-10 09:00")
    assert story.case.state is State.CLOSED
    assert given(story, PROPOSE, APPROVE).case.publication is Publication.PUBLISHED


def test_the_leadership_may_turn_a_proposal_down_and_it_may_be_made_again() -> None:
    """Điều 3.3 (R70)."""
    story = given(answered(), PROPOSE, WITHDRAW)
    assert story.case.publication is Publication.WITHDRAWN
    assert given(story, PROPOSE, APPROVE).case.publication is Publication.PUBLISHED


def test_the_leadership_may_take_an_answer_off_the_board() -> None:
    """Điều 3.3 (R70, R110)."""
    story = given(answered(), PROPOSE, APPROVE, WITHDRAW)
    assert (only(story, ev.PublicationWithdrawn).reason, story.case.publication) == (
        "Chưa đủ căn cứ",
        Publication.WITHDRAWN,
    )


@pytest.mark.parametrize(
    ("story", "command", "actor", "code"),
    [
        (receive(), PROPOSE, OPERATOR, "wrong_state"),  # not answered yet
        (receive(kind="service"), PROPOSE, OPERATOR, "wrong_state"),
        (given(receive(), cmd.Refuse(reason="a", guidance="b")), PROPOSE, OPERATOR, "wrong_state"),
        (answered(), PROPOSE, Actor(Role.OFFICER, "so_y_te"), "wrong_state"),  # another unit's answer
        (answered(), PROPOSE, Actor(Role.AGENCY, "so_tu_phap"), "not_your_role"),
        (answered(), APPROVE, LEADER, "wrong_state"),  # nothing proposed
        (given(answered(), PROPOSE), APPROVE, OPERATOR, "not_your_role"),
        (given(answered(), PROPOSE), WITHDRAW, OFFICER, "not_your_role"),
        (given(answered(), PROPOSE, APPROVE), PROPOSE, OPERATOR, "wrong_state"),
        (given(answered(), PROPOSE, APPROVE), APPROVE, LEADER, "wrong_state"),
        (given(answered(), PROPOSE, WITHDRAW), APPROVE, LEADER, "wrong_state"),
        (given(answered(), PROPOSE, WITHDRAW), WITHDRAW, LEADER, "wrong_state"),
    ],
)
def test_nothing_is_published_past_the_leadership(story: Story, command: cmd.Command, actor: Actor, code: str) -> None:
    """Điều 3.3, 10.2.b (R70)."""
    with pytest.raises(DomainError) as refusal:
        when(story, command, actor=actor)
    assert refusal.value.code == code
