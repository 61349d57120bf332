"""Units that change while cases go on: names of their day, no new work for what is no more, old names that lead on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.errors import InvalidError
from chalicelib.domain.units import Unit
from chalicelib.usecases.choose_unit import choose_unit
from chalicelib.usecases.keep_unit import add_unit, keep_unit
from tests.integration.desk import at_desk
from tests.integration.world import ADMIN, CASE, OFFICER, OPERATOR, World

TUESDAY = date(2026, 11, 24)


def justice(world: World) -> Unit:
    return world.deps.directory.unit("so_tu_phap")


def renamed(world: World) -> None:
    """From Tuesday on the department of justice is called Sở Pháp chế."""
    keep_unit(replace(justice(world), name="Sở Pháp chế"), world.deps, renamed_on=TUESDAY)


def merged(world: World) -> None:
    """The department of health ended on Sunday and came to Sở Sức khỏe."""
    heir = Unit("so_suc_khoe", "Sở Sức khỏe", "department", "sk@tongdai.example", formed_from=("so_y_te",))
    add_unit(heir, world.deps)
    keep_unit(replace(world.deps.directory.unit("so_y_te"), until=date(2026, 11, 22)), world.deps)


def names(world: World, code: str) -> dict[str, Any]:
    return {event["type"]: event["unit_names"].get("so_tu_phap") for event in world.open(code)["timeline"]}


def test_what_happened_keeps_the_name_of_its_day_and_what_happens_bears_the_new_one(world: World) -> None:
    code = world.at_officer()
    world.act(code, "forward-to-agency", OFFICER)
    renamed(world)
    world.clock.forward(days=1)
    world.act(code, "accept", "agency:so_tu_phap:cq01")
    told = names(world, code)
    assert (told["ForwardedToAgency"], told["AcceptedByAgency"]) == ("Sở Tư pháp", "Sở Pháp chế")


def test_the_page_of_the_case_shows_both(world: World) -> None:
    code = world.at_officer()
    world.act(code, "forward-to-agency", OFFICER)
    renamed(world)
    shown = at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}").words
    assert "Sở Tư pháp" in shown
    assert "Sở Pháp chế" in shown


def test_a_name_that_was_only_corrected_is_nowhere_the_old_one(world: World) -> None:
    code = world.at_officer()
    world.act(code, "forward-to-agency", OFFICER)
    keep_unit(replace(justice(world), name="Sở Tư Pháp tỉnh"), world.deps)
    assert names(world, code)["ForwardedToAgency"] == "Sở Tư Pháp tỉnh"


def test_no_case_goes_to_a_unit_that_is_no_more_and_the_refusal_names_its_successor(world: World) -> None:
    merged(world)
    code = world.send(**CASE)["code"]
    refused = world.act(code, "forward", OPERATOR, {"unit": "so_y_te"}, expect=422)
    assert (refused["code"], refused["successors"]) == ("unit_not_in_force", ["so_suc_khoe"])
    assert "Sở Sức khỏe" in refused["title"]
    world.act(code, "forward", OPERATOR, {"unit": "so_suc_khoe"})


def test_a_unit_takes_no_case_before_its_first_day(world: World) -> None:
    add_unit(Unit("so_sau", "Sở Sau", "department", "sau@tongdai.example", since=TUESDAY), world.deps)
    with pytest.raises(InvalidError, match="unit_not_in_force"):
        choose_unit("so_sau", world.deps)
    world.clock.forward(days=1)
    assert choose_unit("so_sau", world.deps).name == "Sở Sau"


def test_the_list_to_choose_from_leads_the_old_name_to_the_new_unit(world: World) -> None:
    merged(world)
    code = world.send(**CASE)["code"]
    shown = at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}").html
    assert '<option value="so_y_te"' not in shown
    assert '<option value="so_suc_khoe">Sở Y tế – Sở Sức khỏe</option>' in shown


def test_the_administrator_renames_at_the_page_and_finds_by_either_name(world: World) -> None:
    desk = at_desk(world, ADMIN)
    page = desk.open("/ban-lam-viec/quan-tri/co-quan/so_tu_phap")
    typed = {"name": "Sở Pháp chế", "kind": "department", "exchange": "sqs", "renamed_on": "2026-11-24"}
    shown = desk.send(page, "sua", typed)
    assert "Sở Tư pháp (đến hết ngày 23/11/2026)" in shown.words
    for words in ("so tu phap", "phap che"):
        assert "Sở Pháp chế" in desk.open(f"/ban-lam-viec/quan-tri/co-quan?tim={words.replace(' ', '+')}").words


def test_a_directory_that_would_be_broken_is_not_kept(world: World) -> None:
    with pytest.raises(InvalidError, match="directory_broken") as refused:
        keep_unit(replace(world.deps.directory.unit("so_y_te"), until=date(2026, 11, 1)), world.deps)
    assert "successor" in str(refused.value.detail)
    assert world.deps.directory.unit("so_y_te").until is None
