"""The verdict on a conduct report (Điều 14; R105): leadership's, on what is answered, the last one stands."""

from __future__ import annotations

import pytest

from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain import commands as cmd
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.evolve import fold
from chalicelib.domain.merits import FOUNDED, UNFOUNDED, Judge
from tests.builders import Story, answer, given, receive, to_officer, when


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
