"""A conduct report judged (Điều 14; R105), a suggestion that led to a change, its sender rewarded (Điều 16.1; R108)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import Actor
from chalicelib.domain.case import FOUNDED, UNFOUNDED
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.evolve import fold
from chalicelib.domain.merits import DecideReward, Judge, NoteChange, ProposeReward
from tests.builders import AGENCY, OFFICER, OPERATOR, OTHER_AGENCY, Story, answer, given, receive, to_officer, when


def conduct() -> Story:
    return given(receive(kind="report", about="conduct"), to_officer(), answer())


def judge(verdict: str) -> Judge:
    return Judge(verdict=verdict, leader="Giám đốc", reason="Đã xem băng ghi hình")


def test_the_last_verdict_stands_and_the_log_has_both() -> None:
    story = given(conduct(), judge(FOUNDED), judge(UNFOUNDED))
    assert story.case.verdict == UNFOUNDED
    assert [type(one.event).__name__ for one in story.history[-2:]] == ["Judged", "Judged"]
    assert fold(story.history) == story.case


def test_it_moves_nothing_else() -> None:
    before, after = conduct().case, given(conduct(), judge(FOUNDED)).case
    assert (after.state, after.holder, after.actions) == (before.state, before.holder, before.actions)


def test_another_answer_is_judged_anew() -> None:
    story = given(conduct(), judge(UNFOUNDED), cmd.Rate(rating="not_satisfied"), cmd.Reopen(reason="Chưa đúng"))
    assert story.case.verdict == ""


@pytest.mark.parametrize(
    "story",
    [receive(kind="report", about="conduct"), given(receive(kind="report", about="regulation"), answer())],
    ids=["not answered", "not about conduct"],
)
def test_of_nothing_else_is_there_a_verdict(story: Story) -> None:
    with pytest.raises(ConflictError, match="wrong_state"):
        when(story, judge(FOUNDED))


def test_there_are_two_words() -> None:
    with pytest.raises(InvalidError, match="unknown_verdict"):
        given(conduct(), judge("perhaps"))


@pytest.mark.parametrize(
    ("name", "unit", "article"),
    [
        ("hoa_binh", "so_tu_phap", "Điều 14"),
        ("ha_noi", "phong_kiem_tra_giam_sat", "Điều 7.2.6 Quyết định 1371/QĐ-TTPVHCC"),
    ],
)
def test_it_rests_on_an_article_of_either_centre(name: str, unit: str, article: str) -> None:
    story = receive(kind="report", about="conduct", rules=regulation(name))
    assert given(story, to_officer(unit), answer(), judge(FOUNDED)).history[-1].article == article


CHANGE = NoteChange(document="12/2026/QĐ-UBND", dated=date(2026, 11, 9), change="Bỏ bản sao hộ khẩu")
REWARD = ProposeReward(leader="Giám đốc Sở", reward="Giấy khen")
GRANT = DecideReward(granted=True, leader="Giám đốc", document="15/QĐ-UBND")
DECLINE = DecideReward(granted=False, leader="Giám đốc", reason="Đã được khen")


def suggestion() -> Story:
    return given(receive(kind="suggestion"), to_officer(), answer())


def test_a_change_is_noted_a_reward_proposed_and_decided() -> None:
    story = when(when(suggestion(), CHANGE, actor=OFFICER), REWARD, actor=AGENCY)
    assert story.case.merit == "proposed"
    story = when(story, GRANT)
    assert (story.case.merit, fold(story.history)) == ("granted", story.case)
    assert [one.article for one in story.history[-3:]] == ["Điều 16.1"] * 3


def test_what_was_declined_may_be_proposed_once_more() -> None:
    assert given(suggestion(), CHANGE, REWARD, DECLINE, REWARD, GRANT).case.merit == "granted"


@pytest.mark.parametrize(
    ("story", "command"),
    [
        (receive(kind="suggestion"), CHANGE),
        (given(receive(), answer()), CHANGE),
        (given(suggestion(), CHANGE), CHANGE),
        (suggestion(), REWARD),
        (given(suggestion(), CHANGE), GRANT),
        (given(suggestion(), CHANGE, REWARD), REWARD),
        (given(suggestion(), CHANGE, REWARD, GRANT), REWARD),
    ],
    ids=["open", "a question", "noted", "no change", "not proposed", "proposed", "granted"],
)
def test_one_comes_after_the_other(story: Story, command: cmd.Command) -> None:
    with pytest.raises(ConflictError, match="wrong_state"):
        when(story, command)


@pytest.mark.parametrize("actor", [OTHER_AGENCY, OPERATOR])
def test_who_did_not_handle_it_says_nothing_of_it(actor: Actor) -> None:
    with pytest.raises(ConflictError, match="wrong_state"):
        when(suggestion(), CHANGE, actor=actor)


def test_a_reward_has_a_document_and_a_document_a_day_that_has_come() -> None:
    with pytest.raises(InvalidError, match="document_missing"):
        given(suggestion(), CHANGE, REWARD, DecideReward(granted=True, leader="Giám đốc"))
    with pytest.raises(InvalidError, match="document_ahead"):
        given(suggestion(), replace(CHANGE, dated=date(2026, 11, 10)))


@pytest.mark.parametrize(
    ("name", "article"), [("hoa_binh", "Điều 16.1"), ("ha_noi", "Nghị định 20/2008/NĐ-CP, Điều 23")]
)
def test_rewards_rest_on_an_article_of_either_centre(name: str, article: str) -> None:
    assert regulation(name).articles["RewardProposed"].startswith(article)
