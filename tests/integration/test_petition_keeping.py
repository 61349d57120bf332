"""Past their time nothing is left of who sent a petition or what it said; facts, log and counts stay (R99, R100)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.adapters.dynamo.petition_items import PetitionItem
from chalicelib.adapters.dynamo.petitions import DynamoPetitions
from chalicelib.adapters.seals import KmsSeals
from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases.petitions.shred_petitions import due
from infra.retention import report_petitions
from tests.builders import local
from tests.integration.desk import at_desk
from tests.integration.test_retention import everything_kept
from tests.integration.track import CLERK, HEAD, SECRETS, accepted, do, hand_in, opened
from tests.integration.world import World

IN_TIME, OVER = "2041-12-31 23:00", "2042-01-01 01:00"  # closed in 2026, and fifteen years
REASON = {"reason": "Vụ việc nghiêm trọng, lưu vĩnh viễn."}
LEFT = {"HEAD", "EVENT"}


@pytest.fixture
def track(world: World) -> World:
    return opened(world)


def closed(track: World) -> str:
    """Return one with words of every kind that was looked into, settled and done with."""
    code = accepted(track)
    do(track, code, "supplement", {"content": "Tôi nhớ thêm."})
    track.call("POST", f"/v1/desk/petitions/{code}/words", token=CLERK)
    do(track, code, "settle", {"document": "conclusion", "number": "12/KL", "on": "2026-11-23"})
    do(track, code, "execute", {"note": "Xong"})
    return code


def kept(code: str) -> set[str]:
    return {item.sk.partition("#")[0] for item in PetitionItem.query(code)}


def sheet(track: World, code: str) -> Any:
    status, shown = track.call("GET", f"/v1/desk/petitions/{code}", token=HEAD)
    assert status == 200
    return shown


def test_no_trace_of_word_or_name_is_left_and_facts_log_and_counts_are_as_they_were(
    track: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, open_one = closed(track), hand_in(track)["code"]
    counted = track.call("GET", "/v1/desk/petitions?state=closed&month=2026-11", token=CLERK)
    before = sheet(track, code)
    assert kept(code) == {*LEFT, "TEXT", "IDENTITY", "DONE", "ENDED"}
    track.clock.set(local(IN_TIME))
    track.shred()
    assert "IDENTITY" in kept(code)
    track.clock.set(local(OVER))
    with monkeypatch.context() as keyless:
        keyless.setattr(KmsSeals, "seal", _dies)
        keyless.setattr(KmsSeals, "unseal", _dies)
        track.shred()
    assert kept(code) == LEFT
    assert "IDENTITY" in kept(open_one), "an open one is kept for as long as it takes"
    assert not [item for item in everything_kept(track).values() for secret in SECRETS if secret in item]
    after = sheet(track, code)
    assert after["erased_on"] == "2042-01-01"
    assert after["allowed"] == []
    assert after["steps"][:-1] == before["steps"]
    assert (after["steps"][-1]["type"], after["steps"][-1]["role"]) == ("Erased", "system")
    assert {name: after[name] for name in ("row", "number")} == {name: before[name] for name in ("row", "number")}
    assert track.deps.petitions.faults(code) == ()
    assert track.call("GET", "/v1/desk/petitions?state=closed&month=2026-11", token=CLERK) == counted
    assert not [item for item in PetitionItem.scan() if item.pk == code and item.sealed]


def test_what_is_gone_is_told_to_whoever_asks_for_it(track: World) -> None:
    made = hand_in(track)
    code = made["code"]
    do(track, code, "guide", {"body": "Tòa án"})
    track.clock.set(local(OVER))
    track.shred()
    for part, body in (("words", None), ("identity", {"reason": "Mời người gửi làm việc"})):
        status, told = track.call("POST", f"/v1/desk/petitions/{code}/{part}", body, token=CLERK)
        assert (status, told["code"]) == (409, "wrong_state")
    page = at_desk(track, HEAD).open(f"/ban-lam-viec/khieu-nai-to-cao/don/{code}")
    assert "đã được xóa ngày 01/01/2042" in page.words
    assert "Mở nội dung" not in page.words
    status, standing = track.call("GET", f"/v1/petitions/{code}", X_Case_Pin=made["pin"])
    assert (status, standing["state"]) == (200, "closed")


def test_a_serious_one_is_held_back_by_the_head_alone_until_the_hold_is_lifted(track: World) -> None:
    code, other = closed(track), closed(track)
    do(track, code, "hold", REASON, token=CLERK, expect=404)
    assert sheet(track, code)["held"] is False
    page = at_desk(track, HEAD).open(f"/ban-lam-viec/khieu-nai-to-cao/don/{code}")
    assert at_desk(track, CLERK).open(f"/ban-lam-viec/khieu-nai-to-cao/don/{code}").forms.keys() < page.forms.keys()
    do(track, code, "hold", REASON, token=HEAD)
    track.clock.set(local(OVER))
    assert list(due(track.deps)) == [other]
    track.shred()
    assert (kept(other), "IDENTITY" in kept(code)) == (LEFT, True)
    do(track, code, "lift", REASON, token=HEAD)
    track.shred()
    assert kept(code) == LEFT


def test_a_run_that_dies_between_the_event_and_its_effect_is_followed_by_one_that_finds_it(
    track: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = closed(track)
    track.clock.set(local(OVER))
    with monkeypatch.context() as broken:
        broken.setattr(DynamoPetitions, "clear", _dies)
        with pytest.raises(UnavailableError):
            track.shred()
    assert sheet(track, code)["erased_on"]
    assert "IDENTITY" in kept(code)
    track.shred()
    assert kept(code) == LEFT
    assert [step["type"] for step in sheet(track, code)["steps"]].count("Erased") == 1


def test_one_that_cannot_be_read_keeps_no_other_and_is_heard_of(track: World) -> None:
    spoilt, whole = closed(track), closed(track)
    head = PetitionItem.get(spoilt, "HEAD")
    head.body = "{"
    head.save()
    track.clock.set(local(OVER))
    with pytest.raises(Exception, match="truncated"):
        track.shred()
    assert kept(whole) == LEFT
    assert "IDENTITY" in kept(spoilt)


def test_a_dry_run_names_them_and_changes_nothing(track: World) -> None:
    code = closed(track)
    track.clock.set(local(OVER))
    assert list(report_petitions(track.deps, dry_run=True))[1:] == [code, "1 would be anonymised"]
    assert "IDENTITY" in kept(code)
    assert list(report_petitions(track.deps, dry_run=False))[1:] == [
        "1 anonymised, 0 kept, 13 things taken away, 0 failed"
    ]
    assert list(due(track.deps)) == []


def _dies(*_: Any) -> Any:
    raise UnavailableError("store_unavailable", "Hệ thống đang bận")
