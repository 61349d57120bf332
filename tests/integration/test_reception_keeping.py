"""Past its time a record of reception keeps its facts and nothing of a person (R25, R99, R100)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from chalicelib.adapters.dynamo.reception import DynamoReceptions
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.errors import UnavailableError
from infra.retention import report
from tests.builders import local
from tests.integration.desk import at_desk
from tests.integration.test_reception import ALL, MATTER, PAGE, SECRETS, SESSION, got, post
from tests.integration.test_retention import everything_kept, forget
from tests.integration.world import LEADER, OFFICER, OPERATOR, World

IN_TIME, OVER = "2031-12-31 23:00", "2032-01-01 01:00"
REASON = {"reason": "Việc còn ở tòa án."}
TOLD = {"how": "refused", "words": "Chuyển việc đất đai ba tháng của bà Hoa."}


@pytest.fixture
def code(world: World) -> str:
    return made(world, "1")


def made(world: World, key: str) -> str:
    """Return the code of a record with words of every kind, whose every matter was answered."""
    code: str = post(world, "", SESSION, expect=201, key=key)["code"]
    post(world, f"/{code}/matters", MATTER)
    post(world, f"/{code}/corrections", {"correction": "Bà Hoa trình bày hai lần."})
    post(world, f"/{code}/matters/1/telling", TOLD)
    return code


def kept(code: str) -> set[str]:
    return {item.sk.partition("#")[0] for item in CentreItem.query(f"RECEPTION#{code}")}


def listed() -> list[str]:
    return [item.sk for item in CentreItem.query("RECEPTIONS#settled")]


def test_no_trace_of_a_person_is_left_and_the_facts_stay(world: World, code: str) -> None:
    chain = world.deps.receptions.load(code).chain
    assert [key for key, item in everything_kept(world).items() if any(secret in item for secret in SECRETS)]
    world.clock.set(local(IN_TIME))
    forget(world)
    assert "PERSON" in kept(code)
    world.clock.set(local(OVER))
    forget(world)
    assert (kept(code), listed()) == ({"HEAD", "ENTRY"}, [])
    assert not [key for key, item in everything_kept(world).items() if any(secret in item for secret in SECRETS)]
    shown = got(world, f"{ALL}/{code}")
    assert shown["anonymised_at"] == "2031-12-31T18:00:00Z"
    assert [one["kind"] for one in shown["entries"]] == ["held", "raised", "corrected", "told", "anonymised"]
    assert (shown["matters"][0]["state"], shown["matters"][0]["person"]) == ("refused", None)
    assert world.deps.receptions.load(code).chain != chain
    assert [one["code"] for one in got(world, f"{ALL}?month=2026-11")["sessions"]] == [code]
    refused = post(world, f"/{code}/corrections", {"correction": "Muộn."}, expect=409)
    assert refused["code"] == "minutes_anonymised"


def test_its_page_says_when_and_there_is_nothing_to_sign(world: World, code: str) -> None:
    world.clock.set(local(OVER))
    forget(world)
    desk = at_desk(world, LEADER)
    page = desk.open(f"{PAGE}/{code}")
    assert (page.status, "được ẩn danh" in page.words) == (200, True)
    assert "Ghi tiếp" not in page.words
    assert desk.open(f"{PAGE}/{code}/bien-ban").status == 303


def test_who_still_waits_for_an_answer_keeps_it_and_years_count_from_the_answer(world: World) -> None:
    code: str = post(world, "", SESSION, expect=201, key="buoi")["code"]
    assert len(listed()) == 1
    post(world, f"/{code}/matters", MATTER)
    world.clock.set(local("2032-02-01 09:00"))
    forget(world)
    assert ("PERSON" in kept(code), listed()) == (True, [])
    post(world, f"/{code}/matters/1/telling", TOLD)
    world.clock.set(local("2037-12-31 09:00"))
    forget(world)
    assert "PERSON" in kept(code)
    world.clock.set(local("2038-01-01 09:00"))
    forget(world)
    assert kept(code) == {"HEAD", "ENTRY"}


def test_what_is_held_back_is_kept_until_it_is_let_go(world: World, code: str) -> None:
    post(world, f"/{code}/hold", REASON, OFFICER, expect=403)
    post(world, f"/{code}/hold", REASON, OPERATOR)
    assert post(world, f"/{code}/hold", REASON, expect=409)["code"] == "hold_unchanged"
    other = made(world, "2")
    world.clock.set(local(OVER))
    forget(world)
    assert ("PERSON" in kept(code), kept(other)) == (True, {"HEAD", "ENTRY"})
    desk = at_desk(world, LEADER)
    page = desk.send(desk.open(f"{PAGE}/{code}"), "giu-lai", {"beyond": "false", "reason": "Tòa đã xử xong."})
    assert "Đã ghi việc lưu giữ" in page.words
    forget(world)
    assert kept(code) == {"HEAD", "ENTRY"}


def test_a_run_that_dies_between_the_entry_and_its_effect_is_followed_by_one_that_finds_it(
    world: World, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.clock.set(local(OVER))
    with monkeypatch.context() as broken:
        broken.setattr(DynamoReceptions, "clear", _dies)
        with pytest.raises(UnavailableError):
            forget(world)
    assert "PERSON" in kept(code)
    shown = got(world, f"{ALL}/{code}")
    assert (shown["matters"][0]["person"], shown["place"]) == (None, ""), "and nobody is shown it"
    forget(world)
    assert kept(code) == {"HEAD", "ENTRY"}
    assert [one["kind"] for one in got(world, f"{ALL}/{code}")["entries"]].count("anonymised") == 1


def test_one_that_cannot_be_read_keeps_no_other(world: World, code: str) -> None:
    other = made(world, "2")
    head = CentreItem.get(f"RECEPTION#{code}", "HEAD")
    head.update([CentreItem.body.set("{")])
    world.clock.set(local(OVER))
    forget(world)
    assert (kept(other), "PERSON" in kept(code)) == ({"HEAD", "ENTRY"}, True)


def test_a_dry_run_names_it_and_changes_nothing(world: World, code: str) -> None:
    world.clock.set(local(OVER))
    said = list(report(world.deps, date(2026, 12, 31), dry_run=True))
    assert said[said.index(code) - 1].startswith("receptions completed before 2027-01-01 (setting of the centre")
    assert "PERSON" in kept(code)


def _dies(*_: Any) -> int:
    raise UnavailableError("store_unavailable", "Hệ thống đang bận")
