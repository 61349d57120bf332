"""A case that a person found to be a petition: nothing is lost on the way, and nothing stays behind (R42, R86)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo.petition_items import PetitionItem
from chalicelib.adapters.dynamo.tables import MODELS, CaseItem
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import StaleVersionError
from tests.integration.browser import open_page
from tests.integration.desk import at_desk
from tests.integration.track import CLERK, CONTENT, MARK, NAME, SECRETS, WHO, opened
from tests.integration.world import LEADER, OFFICER, OPERATOR, World

MATTER = {"kind": "report", "about": "conduct", "title": "Tôi tố cáo", "content": CONTENT, "sender": WHO}
REASON = {"reason": "Mời người tố cáo làm việc"}
ONE = "/ban-lam-viec/khieu-nai-to-cao/tu-ho-so"


@pytest.fixture
def track(world: World) -> World:
    return opened(world)


def move(world: World, code: str, *, token: str = OPERATOR, expect: int = 201, **body: Any) -> Any:
    status, made = world.call("POST", f"/v1/desk/petition-moves/{code}", body, token=token)
    assert status == expect, made
    return made


def words_of(world: World, code: str) -> tuple[Any, Any]:
    """Open a petition whole: all that was said, and who sent it."""
    _, sheet = world.call("POST", f"/v1/desk/petitions/{code}/words", token=CLERK)
    _, who = world.call("POST", f"/v1/desk/petitions/{code}/identity", REASON, token=CLERK)
    return [step["words"] for step in sheet["steps"] if step["words"].get("content")], who


def test_words_and_sender_go_along_and_nothing_of_them_stays(track: World) -> None:
    code = track.send(**MATTER)["code"]
    made = move(track, code)
    said, who = words_of(track, made["code"])
    assert said == [{"content": f"Tôi tố cáo\n\n{CONTENT}"}]
    assert (who["name"], who["phone"]) == (NAME, "+84987000111")
    case = track.case(code)
    assert (case.state, case.erased) == ("refused", ("contact", "matter"))
    assert track.deps.cases.faults(code) == ()
    shown = track.open(code)
    assert [secret for secret in SECRETS if secret in repr(shown)] == []
    assert made["code"] not in repr(shown)
    for token in (OPERATOR, LEADER):
        assert MARK not in at_desk(track, token).open(f"/ban-lam-viec/ho-so/{code}").html
    assert MARK not in open_page(f"/theo-doi/{code}").html
    track.clock.forward(hours=2)
    track.forget()
    kept = repr([item.serialize() for model in MODELS.values() for item in model.scan()])
    assert [secret for secret in (*SECRETS, made["code"]) if secret in kept] == []


def test_moved_twice_it_is_one(track: World) -> None:
    code = track.send(**MATTER)["code"]
    first, again = move(track, code), move(track, code, expect=200)
    assert first == again
    assert len(list(track.deps.petitions.open_ones())) == 1


@pytest.mark.parametrize("dies", ["before", "after"])
def test_cut_off_between_the_two_nothing_is_lost_and_another_try_goes_on(
    track: World, monkeypatch: Any, dies: str
) -> None:
    code = track.send(**MATTER)["code"]
    commit = track.deps.cases.commit

    def cut(change: Any) -> None:
        if dies == "after":
            commit(change)
        raise UnavailableError("store_unavailable", "Hệ thống đang bận")

    with monkeypatch.context() as broken:
        broken.setattr(track.deps.cases, "commit", cut)
        move(track, code, expect=503)
    if dies == "before":  # the operator has it still, whole
        assert track.case(code).state == "received"
        assert MARK in repr(track.open(code))
    made = move(track, code, expect=200)
    said, who = words_of(track, made["code"])
    assert (len(said), who["name"]) == (1, NAME)
    assert track.case(code).state == "refused"
    assert len(list(track.deps.petitions.open_ones())) == 1


def test_what_the_sender_says_in_between_goes_along(track: World, monkeypatch: Any) -> None:
    made = track.send(**MATTER)
    code = made["code"]
    with monkeypatch.context() as broken:
        broken.setattr(track.deps.cases, "commit", _stale)
        move(track, code, expect=409)
    track.act(code, "request-details", OPERATOR, {"question": "Khi nào?"})
    more = {"content": "Hôm qua, lúc 9 giờ."}
    assert track.call("POST", f"/v1/cases/{code}/details", more, X_Case_Pin=made["pin"], Idempotency_Key="d")[0] == 200
    said, _ = words_of(track, move(track, code, expect=200)["code"])
    assert "Hôm qua, lúc 9 giờ." in said[-1]["content"]
    assert track.case(code).erased


def _stale(_: Any) -> None:
    raise StaleVersionError(1)


def test_a_case_of_somebody_else_or_at_an_agency_stays(track: World) -> None:
    code = track.at_officer(**MATTER)
    move(track, code, expect=403)
    other = track.send(**MATTER)["code"]
    for token, status in ((OFFICER, 404), (LEADER, 404), (CLERK, 403)):
        move(track, other, token=token, expect=status)
    move(track, "482109375514", expect=404)
    assert list(PetitionItem.scan()) == []


def test_files_are_handed_over_by_a_person_first(track: World, monkeypatch: Any) -> None:
    code = track.send(**MATTER)["code"]
    monkeypatch.setattr("chalicelib.usecases.petitions.move_case._files", lambda _: 2)
    refused = move(track, code, expect=409)
    assert (refused["code"], refused["files"]) == ("files_stay_behind", 2)
    assert list(PetitionItem.scan()) == []
    move(track, code, files_handed_over=True)


def test_the_operator_is_asked_and_decides(track: World) -> None:
    code, desk = track.send(**MATTER)["code"], at_desk(track, OPERATOR)
    case = desk.open(f"/ban-lam-viec/ho-so/{code}")
    assert f"tu-ho-so/{code}" in case.html
    asked = desk.open(f"{ONE}/{code}")
    assert "có phải là đơn khiếu nại, tố cáo?" in asked.words
    assert track.case(code).state == "received"  # nothing happens by looking
    told = desk.send(asked, code)
    petition = next(iter(track.deps.petitions.open_ones())).code
    assert track.deps.petition_keys.petition_pin(petition) in told.words
    assert at_desk(track, LEADER).open(f"{ONE}/{code}").status == 404


def test_where_there_is_no_track_nobody_is_asked(world: World) -> None:
    code = world.send(**MATTER)["code"]
    assert "tu-ho-so" not in at_desk(world, OPERATOR).open(f"/ban-lam-viec/ho-so/{code}").html
    move(world, code, expect=404)
    assert CaseItem.get(code, "HEAD").version == 1
