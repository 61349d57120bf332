"""A survey by telephone and at the counter: by whoever measures, once, with no name beside what is said (R95, R96)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamo.tables import CentreItem
from tests.integration.desk import at_desk
from tests.integration.test_surveys import SURVEYOR, ask, planned, shown
from tests.integration.world import AGENCY, LEADER, OPERATOR, SENDER, World

LANDLINE = SENDER | {"email": "", "phone": "0218 385 1234"}
SAID = {"rating": "satisfied", "criteria": {}, "comment": "Nhanh, chu đáo"}


@pytest.fixture
def survey(world: World) -> str:
    """Return a survey of two senders whom no letter reaches, and whom nobody has called yet."""
    for number in "45":
        world.answered(sender=LANDLINE | {"phone": f"0218 385 123{number}"})
    world.drain()
    world.clock.forward(days=1)
    return planned(world)


def taken(world: World, survey: str, after: str = "", token: str = SURVEYOR, expect: int = 200) -> Any:
    status, call = world.call("POST", f"/v1/desk/surveys/{survey}/calls", {"after": after}, token=token)
    assert status == expect, call
    return call


def recorded(world: World, survey: str, token: str = SURVEYOR, expect: int = 200, **body: Any) -> Any:
    status, made = world.call("POST", f"/v1/desk/surveys/{survey}/opinions", SAID | body, token=token)
    assert status == expect, made
    return made


def rows(survey: str) -> list[Any]:
    return list(CentreItem.query(f"SURVEY#{survey}"))


def test_who_was_drawn_and_cannot_be_written_to_is_called_and_said_once(world: World, survey: str) -> None:
    first = taken(world, survey)
    assert (first["waiting"], first["name"], first["phone"][:6]) == (2, SENDER["name"], "+84218")
    second = taken(world, survey, after=first["mark"])
    assert {first["phone"], second["phone"]} == {"+842183851234", "+842183851235"}
    recorded(world, survey, mark=first["mark"])
    assert recorded(world, survey, mark=first["mark"], expect=409)["code"] == "answered_before"
    assert taken(world, survey)["mark"] == second["mark"]
    recorded(world, survey, mark=second["mark"], outcome="declined")
    assert taken(world, survey) == {"waiting": 0, "mark": "", "name": "", "phone": "", "unit_name": ""}
    made = shown(world, survey)[1]
    assert (made["asked"], made["answered"], made["comments"]) == (2, 1, [SAID["comment"]])


def test_nothing_joins_an_opinion_to_who_gave_it_and_the_case_is_forgotten(world: World, survey: str) -> None:
    known = {row.body for row in rows(survey) if '"call":""' not in row.body}
    assert len(known) == 2, "until the call is made the row knows the case"
    for _ in range(2):
        call = taken(world, survey)
        recorded(world, survey, mark=call["mark"])
    opinions = [row for row in rows(survey) if row.sk.startswith("OPINION#")]
    asked = [row for row in rows(survey) if row.sk.startswith("ASKED#")]
    assert (len(opinions), len(asked)) == (2, 2)
    assert not [row for row in rows(survey) if "84218" in row.sk + row.body]
    assert {row.body.partition('"call":')[2] for row in asked} == {'""}'}
    assert not [row for row in opinions if any(one.sk.removeprefix("ASKED#") in row.sk + row.body for one in asked)]


def test_who_is_told_a_number_is_on_the_record_first(world: World, survey: str) -> None:
    taken(world, survey)
    start = world.clock.now()
    [seen] = list(world.deps.access.of_person("ktgs01", start - timedelta(hours=1), start + timedelta(hours=1)))
    assert (seen.door, seen.parts) == ("survey", ("contact",))


def test_nobody_but_who_measures_calls_or_records(world: World, survey: str) -> None:
    mark = taken(world, survey)["mark"]
    for token in (OPERATOR, AGENCY):
        assert taken(world, survey, token=token, expect=404)["code"] == "survey_not_found"
        assert recorded(world, survey, token=token, mark=mark, expect=404)["code"] == "survey_not_found"
    assert taken(world, survey, token=LEADER)["mark"] == mark


def test_nobody_measures_the_own_unit(world: World, survey: str) -> None:
    mark = taken(world, survey)["mark"]
    [row] = [row for row in rows(survey) if row.sk == f"ASKED#{mark}"]
    unit = row.body.partition('"unit":"')[2].partition('"')[0]
    own = f"leadership:{unit}:x1"
    assert taken(world, survey, token=own)["mark"] == ""
    assert recorded(world, survey, token=own, mark=mark, expect=403)["code"] == "measures_itself"


def test_who_was_invited_may_say_it_at_the_counter_by_number_or_address(world: World) -> None:
    number = ask(world, 2)
    recorded(world, number, contact=" NGUOI1@example.com ")
    assert recorded(world, number, contact="nguoi1@example.com", expect=409)["code"] == "answered_before"
    assert recorded(world, number, contact="la@example.com", expect=404)["code"] == "not_drawn"
    assert recorded(world, number, contact="0999", expect=422)["code"] == "invalid_phone"
    assert recorded(world, number, expect=422)["code"] == "contact_missing"
    assert recorded(world, number, contact="nguoi0@example.com", rating="best", expect=422)["code"] == "unknown_rating"
    assert shown(world, number)[1]["answered"] == 1


def test_once_the_survey_is_over_nobody_is_called_and_no_row_knows_a_case(world: World, survey: str) -> None:
    mark = taken(world, survey)["mark"]
    world.clock.forward(days=20)
    assert taken(world, survey)["mark"] == ""
    assert recorded(world, survey, mark=mark, expect=409)["code"] == "survey_over"
    world.survey()
    assert shown(world, survey)[1]["survey"]["phase"] == "closed"
    assert {row.body.partition('"call":')[2] for row in rows(survey)} == {'""}'}


def test_at_the_page(world: World, survey: str) -> None:
    desk, address = at_desk(world, SURVEYOR), f"/ban-lam-viec/khao-sat/{survey}/goi-dien"
    assert "goi-dien" in desk.open(f"/ban-lam-viec/khao-sat/{survey}").html
    page = desk.open(address)
    assert "Người cần gọi: 2" in page.words
    assert SENDER["name"] not in page.words
    page = desk.send(page, "tiep")
    assert SENDER["name"] in page.words
    wrong = desk.send(page, "ghi", {"rating": ""})
    assert (wrong.status, "Xin chọn một mức" in wrong.words) == (422, True)
    assert "Đã ghi ý kiến" in desk.send(wrong, "ghi", {"rating": "accepted", "comment": "Tạm được"}).words
    page = desk.open(address)
    assert "Người cần gọi: 1" in page.words
    called = desk.send(page, "tiep")
    assert "không gọi lại nữa" in desk.send(called, "ghi", {"outcome": "declined"}).words
    assert "Người cần gọi: 0" in desk.open(address).words
    assert "không được chọn hỏi" in desk.send(page, "ghi", {"contact": "0912 345 678", "rating": "accepted"}).words
    assert at_desk(world, OPERATOR).open(address).status == 404
