"""What the person on duty sees of the cases that the sweep cannot look at, and does when they are mended."""

from __future__ import annotations

import json

import pytest

from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from chalicelib.domain.case_code import from_number
from tests.builders import local
from tests.integration.world import ADMIN, LEADER, OFFICER, OPERATOR, SENDER, World

LATE = local("2026-11-23 16:30")
LIST = "/v1/desk/aside"


def set_aside(world: World, count: int = 1) -> list[str]:
    """Cases whose heads nobody can read, after the sweeps that found this out."""
    codes = [world.at_officer() for _ in range(count)]
    for code in codes:
        world.spoil(code, "HEAD", body="{}")
    world.clock.set(LATE)
    for _ in range(3):
        world.sweep()
        world.clock.forward(minutes=1)
    return codes


def test_the_list_says_which_since_when_and_why_and_nothing_else(world: World) -> None:
    [code] = set_aside(world)
    status, listed = world.call("GET", LIST, token=ADMIN)
    assert status == 200
    display = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    since = "2026-11-23T09:32:00Z"
    assert listed["cases"] == [{"code": code, "display_code": display, "since": since, "error": "ValidationError"}]
    assert not [word for word in SENDER.values() if word in json.dumps(listed, ensure_ascii=False)]


def test_it_has_pages(world: World) -> None:
    codes = set_aside(world, 5)
    seen, cursor, pages = [], "", 0
    while cursor or not pages:
        _, listed = world.call("GET", f"{LIST}?limit=2&cursor={cursor}", token=ADMIN)
        seen += [case["code"] for case in listed["cases"]]
        cursor, pages = listed["cursor"], pages + 1
    assert (sorted(seen), pages) == (sorted(codes), 3)


@pytest.mark.parametrize("token", [OPERATOR, OFFICER, LEADER])
def test_it_is_for_administrators(world: World, token: str) -> None:
    code = world.send()["code"]
    for method, path in (("GET", LIST), ("POST", f"{LIST}/{code}/retry")):
        status, refused = world.call(method, path, token=token)
        assert (status, refused["code"]) == (403, "role_not_allowed")


def test_a_mended_case_is_looked_at_again(world: World) -> None:
    """Given a case set aside and then mended, when it is put back, then the next sweep flags what became true."""
    code = world.at_officer()
    whole = CaseItem.get(code, HEAD).body
    world.spoil(code, "HEAD", body="{}")
    world.clock.set(LATE)
    for _ in range(3):
        world.sweep()
        world.clock.forward(minutes=1)
    world.spoil(code, "HEAD", body=whole)
    world.sweep()
    assert world.case(code).late == ()
    status, _ = world.call("POST", f"{LIST}/{code[:4]}-{code[4:8]}-{code[8:]}/retry", token=ADMIN)
    world.sweep()
    assert (status, len(world.case(code).late)) == (204, 1)
    assert world.call("GET", LIST, token=ADMIN)[1]["cases"] == []


def test_a_case_that_was_not_mended_is_set_aside_again_at_once(world: World) -> None:
    [code] = set_aside(world)
    world.call("POST", f"{LIST}/{code}/retry", token=ADMIN)
    assert world.call("GET", LIST, token=ADMIN)[1]["cases"] == []
    world.sweep()
    assert len(world.call("GET", LIST, token=ADMIN)[1]["cases"]) == 1


def test_a_case_that_is_not_aside(world: World) -> None:
    """Given a case with an alarm, or none at all, then there is nothing to retry and nothing is changed."""
    code = world.at_officer()
    before = world.deps.cases.load(code)
    for asked in (code, from_number(42)):
        status, refused = world.call("POST", f"{LIST}/{asked}/retry", token=ADMIN)
        assert (status, refused["code"]) == (404, "not_aside")
    assert world.deps.cases.load(code) == before
