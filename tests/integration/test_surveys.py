"""A survey from its plan to its results: asked by mail and SMS, answered by link, read by who measures (R95)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import CentreItem
from tests.integration.browser import open_page, send
from tests.integration.world import AGENCY, LEADER, OPERATOR, SENDER, World

SURVEYOR = "agency:van_phong_ubnd:ktgs01"
WISH = {"title": "Khảo sát tháng 11", "first": "2026-11-23", "last": "2026-11-23", "per_unit": 50}


def ask(world: World, people: int = 6, **changes: str) -> str:
    """Answer some, plan a survey of them the day after and ask; returns its id."""
    for number in range(people):
        world.answered(sender=SENDER | {"email": f"nguoi{number}@example.com"})
    world.drain()
    world.clock.forward(days=1)
    return planned(world, **changes)


def planned(world: World, **changes: str) -> str:
    status, made = world.call("POST", "/v1/desk/surveys", WISH | changes, token=SURVEYOR, Idempotency_Key="mot")
    assert (status, made["survey"]["phase"]) == (201, "drawing")
    world.survey()
    return str(made["survey"]["id"])


def links(world: World) -> list[str]:
    """Return the links of the invitations."""
    found = [link for mail in world.mails() for link in mail["links"] if "/khao-sat/" in link]
    return [re.sub(r"^https?://[^/]+", "", link) for link in found]


def shown(world: World, number: str, token: str = SURVEYOR) -> tuple[int, Any]:
    return world.call("GET", f"/v1/desk/surveys/{number}", token=token)  # type: ignore[no-any-return]


def opinion(link: str, **said: str) -> Any:
    return send(open_page(link), link.rpartition("/")[2], **{"rating": "satisfied"} | said)


class TestAsking:
    def test_each_drawn_sender_gets_one_link_and_the_case_is_forgotten(self, world: World) -> None:
        number = ask(world)
        assert len(set(links(world))) == len(links(world)) == 6
        world.survey()
        assert len(links(world)) == 6
        assert shown(world, number)[1]["asked"] == 6
        rows = [row for row in CentreItem.scan() if row.pk == f"SURVEY#{number}"]
        assert {row.sk.partition("#")[0] for row in rows} == {"ASKED"}
        assert not re.search(r"\d{12}", "".join(row.sk + row.body for row in rows))

    def test_who_was_told_and_written_down_before_a_crash_is_not_told_again(self, world: World) -> None:
        store = type(world.deps.surveys)

        def crash(self: Any, survey: str, asked: Any, write: Any = store.ask) -> None:
            write(self, survey, asked)
            raise SystemExit

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(store, "ask", crash)
            with pytest.raises(SystemExit):
                ask(world, 1)
        assert len(links(world)) == 1
        for _ in range(2):  # nobody knows at first whether it still lives
            world.clock.forward(minutes=5)
            world.survey()
        [survey] = world.deps.surveys.all()
        assert (len(links(world)), world.deps.surveys.waiting(survey.id, 9)) == (1, ())

    def test_a_sender_of_several_cases_is_asked_once(self, world: World) -> None:
        for _ in range(3):
            world.answered()
        world.drain()
        world.clock.forward(days=1)
        number = planned(world)
        assert len(links(world)) == 1
        assert shown(world, number)[1]["asked"] == 1

    def test_who_has_only_a_telephone_is_asked_by_sms_but_not_at_night(self, world: World) -> None:
        world.answered(sender={name: value for name, value in SENDER.items() if name != "email"})
        world.drain()
        world.clock.forward(hours=16)  # 22:00 or so
        before = len(world.texts())
        world.clock.forward(hours=3)
        planned(world)
        assert len(world.texts()) == before
        world.clock.forward(hours=10)
        world.survey()
        assert "/khao-sat/" in world.texts()[-1][1]

    def test_planned_twice_is_one_and_a_period_that_is_not_over_is_none(self, world: World) -> None:
        number = ask(world)
        again = world.call("POST", "/v1/desk/surveys", WISH, token=SURVEYOR, Idempotency_Key="mot")[1]
        assert again["survey"]["id"] == number
        status, refused = world.call(
            "POST", "/v1/desk/surveys", WISH | {"last": "2026-11-24"}, token=SURVEYOR, Idempotency_Key="hai"
        )
        assert (status, refused["code"]) == (422, "survey_period")


class TestAnswering:
    def test_an_opinion_counts_once_and_bears_no_trace_of_its_sender(self, world: World) -> None:
        number = ask(world)
        for link in links(world):
            assert "Ý kiến đã được ghi nhận" in opinion(link, criterion_1="accepted", comment="Nhanh").words
        link = links(world)[0]
        assert "Xin cảm ơn" in open_page(link).words
        made = shown(world, number)[1]
        assert (made["answered"], made["measured"][0]["ratings"]) == (6, {"satisfied": 6})
        said = [row for row in CentreItem.scan() if row.sk.startswith("OPINION#")]
        marks = {link.rpartition("/")[2] for link in links(world)}
        assert not [row for row in said if any(mark in row.sk + row.body for mark in marks)]
        assert not [row for row in said if row.at or row.expires]

    def test_the_same_form_twice_is_one_opinion(self, world: World) -> None:
        number = ask(world)
        link = links(world)[0]
        page = open_page(link)
        for step in ("satisfied", "not_satisfied"):
            assert send(page, link.rpartition("/")[2], rating=step).status == 200
        assert shown(world, number)[1]["answered"] == 1

    def test_few_are_not_told(self, world: World) -> None:
        number = ask(world)
        for link in links(world)[:4]:
            opinion(link)
        assert shown(world, number)[1]["measured"] == []

    def test_nobody_makes_a_link_and_none_is_good_for_ever(self, world: World) -> None:
        ask(world)
        link = links(world)[0]
        assert open_page(link[:-1] + ("A" if link[-1] != "A" else "B")).status == 404
        page = open_page(link)
        world.clock.forward(days=20)
        assert open_page(link).status == 410
        assert send(page, link.rpartition("/")[2], rating="satisfied").status == 410

    def test_no_rating_is_a_fault_in_place(self, world: World) -> None:
        ask(world)
        page = opinion(links(world)[0], rating="")
        assert (page.status, "Xin chọn một mức" in page.words) == (422, True)


class TestReading:
    @pytest.mark.parametrize("token", [OPERATOR, AGENCY])
    def test_not_by_who_is_measured_until_it_is_published(self, world: World, token: str) -> None:
        number = ask(world)
        for link in links(world):
            opinion(link, comment="Cán bộ nhiệt tình")
        assert shown(world, number, token)[0] == 404
        assert world.call("GET", "/v1/desk/surveys", token=token)[1] == {"surveys": []}
        wish = world.call("POST", "/v1/desk/surveys", WISH, token=token, Idempotency_Key="ba")
        assert wish[0] == 404
        assert shown(world, number, LEADER)[1]["comments"] == ["Cán bộ nhiệt tình"] * 6
        early = world.call("POST", f"/v1/desk/surveys/{number}/publication", token=SURVEYOR)
        assert (early[0], early[1]["code"]) == (409, "survey_open")
        world.clock.forward(days=20)
        world.survey()
        assert world.call("POST", f"/v1/desk/surveys/{number}/publication", token=token)[0] == 404
        assert world.call("POST", f"/v1/desk/surveys/{number}/publication", token=SURVEYOR)[0] == 200
        status, made = shown(world, number, token)
        assert (status, made["answered"], made["comments"]) == (200, 6, [])

    def test_reopened_before_it_is_asked_it_is_left_out(self, world: World) -> None:
        code = world.answered()
        world.drain()
        pin = world.deps.keys.pin(code)
        world.call("POST", f"/v1/cases/{code}/rating", {"rating": "not_satisfied"}, X_Case_Pin=pin)
        world.call("POST", f"/v1/cases/{code}/reopening", {"reason": "Chưa rõ lệ phí."}, X_Case_Pin=pin)
        world.clock.forward(days=1)
        number = planned(world)
        assert shown(world, number)[1]["asked"] == 0
