"""A year after a survey nobody can say who was asked or what was said in words; its figures stay (R97, R99)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo.surveys import DynamoSurveys
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases.forget_surveys import due
from tests.builders import local
from tests.integration.desk import at_desk
from tests.integration.test_retention import everything_kept, forget
from tests.integration.test_surveys import SURVEYOR, ask, links, opinion, shown
from tests.integration.world import World

IN_TIME, OVER = "2027-12-31 23:00", "2028-01-01 01:00"
WORDS = "Bà Zulu ở cửa số 3 rất tận tình."


@pytest.fixture
def number(world: World) -> str:
    """Return a survey that was answered in words and is over."""
    found = ask(world)
    for link in links(world)[:5]:
        opinion(link, comment=WORDS)
    world.clock.set(local("2026-12-28 09:00"))
    world.survey()
    return found


def rows(number: str) -> list[str]:
    return [item.sk.partition("#")[0] for item in CentreItem.query(f"SURVEY#{number}")]


def test_who_was_asked_and_free_words_go_and_figures_stay(world: World, number: str) -> None:
    marks = {item.sk for item in CentreItem.query(f"SURVEY#{number}") if item.sk.startswith("ASKED")}
    before = shown(world, number)[1]
    assert before["comments"] == [WORDS] * 5
    world.clock.set(local(IN_TIME))
    forget(world)
    assert rows(number).count("ASKED") == 6
    world.clock.set(local(OVER))
    forget(world)
    assert rows(number) == ["OPINION"] * 5
    traces = [WORDS, *(mark.removeprefix("ASKED#") for mark in marks)]
    assert not [key for key, item in everything_kept(world).items() if any(trace in key + item for trace in traces)]
    after = shown(world, number)[1]
    assert after["comments"] == []
    assert after["survey"]["forgotten_at"] == "2027-12-31T18:00:00Z"
    same = ("asked", "answered", "measured")
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert "đã được xóa" in at_desk(world, SURVEYOR).open(f"/ban-lam-viec/khao-sat/{number}").words
    world.call("POST", f"/v1/desk/surveys/{number}/publication", token=SURVEYOR)
    assert shown(world, number)[1]["survey"]["published_at"]


def test_a_run_that_dies_half_way_is_continued_and_the_number_asked_is_right(
    world: World, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.clock.set(local(OVER))
    clear = DynamoSurveys.clear

    def half(self: Any, survey: str) -> int:
        clear(self, survey)
        raise UnavailableError("store_unavailable", "Hệ thống đang bận")

    with monkeypatch.context() as broken:
        broken.setattr(DynamoSurveys, "clear", half)
        with pytest.raises(UnavailableError):
            forget(world)
    assert [each.id for each in due(world.deps)] == [number]
    forget(world)
    assert shown(world, number)[1]["asked"] == 6
    assert list(due(world.deps)) == []
