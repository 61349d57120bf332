"""Complaints and denunciations from end to end: by programs, and in the store (R42, R82-R86)."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.adapters.dynamo.petition_items import PetitionItem
from chalicelib.adapters.dynamo.tables import MODELS
from chalicelib.adapters.seals import KmsSeals
from chalicelib.domain.errors import NotFoundError, UnavailableError
from tests.integration.track import CLERK, CONTENT, HEAD, MARK, NAME, SECRETS, WHO, accepted, do, hand_in, opened
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR, World

OTHERS = (OPERATOR, OFFICER, AGENCY, LEADER, ADMIN)
REASON = {"reason": "Mời người tố cáo làm việc"}
NOTHING_THERE = "not_found"


@pytest.fixture
def track(world: World) -> World:
    return opened(world)


def items() -> list[Any]:
    return list(PetitionItem.scan())


def test_a_denunciation_lives_from_the_receipt_to_its_execution(track: World) -> None:
    code = accepted(track)
    more = do(track, code, "extend", {"grade": "complex", "reason": "Nhiều người liên quan"})
    assert more["row"]["due"]["on"] == "2027-01-22"  # 23 November and 60 days
    do(track, code, "supplement", {"content": "Tôi nhớ thêm."})
    do(track, code, "settle", {"document": "conclusion", "number": "12/KL-UBND", "on": "2026-11-23"})
    do(track, code, "follow", {"how": "urged", "note": "Công văn 5"})
    do(track, code, "follow", {"how": "checked", "note": "Đã đến tận nơi"})
    done = do(track, code, "execute", {"note": "Đã thu hồi tiền"})
    assert (done["row"]["state"], done["row"]["outcome"]) == ("closed", "executed")
    assert (done["urged"], done["checked"]) == (1, 1)
    assert done["row"]["due"] is None
    assert [step["type"] for step in done["steps"]][:3] == ["Received", "Classified", "Accepted"]
    assert track.deps.petitions.faults(code) == ()


def test_a_wish_sent_twice_is_one_and_a_key_used_otherwise_is_refused(track: World) -> None:
    first = track.call("POST", "/v1/petitions", {"content": CONTENT, "sender": WHO}, Idempotency_Key="k1")
    again = track.call("POST", "/v1/petitions", {"content": CONTENT, "sender": WHO}, Idempotency_Key="k1")
    other = track.call("POST", "/v1/petitions", {"content": "Việc khác", "sender": WHO}, Idempotency_Key="k1")
    assert (first[0], again[0], other[0]) == (201, 200, 409)
    assert first[1] == again[1]
    code = first[1]["code"]
    for _ in range(2):
        status, _made = track.call(
            "POST", f"/v1/desk/petitions/{code}/supplement", {"content": "Thêm"}, token=CLERK, Idempotency_Key="k2"
        )
        assert status == 200
    assert track.deps.petitions.load(code).petition.version == 2
    status, told = track.call(
        "POST", f"/v1/desk/petitions/{code}/supplement", {"content": "Khác"}, token=CLERK, Idempotency_Key="k2"
    )
    assert (status, told["code"]) == (409, "idempotency_key_reused")


def test_whoever_reads_the_table_without_the_key_reads_no_word(track: World) -> None:
    code = accepted(track)
    do(track, code, "identity", REASON)
    kept = repr([item.serialize() for item in items()])
    assert code in kept
    assert [secret for secret in (*SECRETS, "Chủ tịch UBND phường", REASON["reason"]) if secret in kept] == []


def test_each_look_is_written_down_before_anything_is_shown(track: World, monkeypatch: Any) -> None:
    code = hand_in(track)["code"]
    with monkeypatch.context() as broken:
        broken.setattr(KmsSeals, "unseal", _down)
        for path, body in (("words", None), ("identity", REASON)):
            status, _ = track.call("POST", f"/v1/desk/petitions/{code}/{path}", body, token=CLERK)
            assert status == 503
    status, shown = track.call("GET", "/v1/desk/petition-openings?month=2026-11", token=HEAD)
    assert status == 200
    assert [(one["code"], one["by"], one["part"]) for one in shown["openings"]] == [
        (code, "cb01", "content"),
        (code, "cb01", "identity"),
    ]


def _down(*_: object) -> bytes:
    raise UnavailableError("seals_unavailable", "Hệ thống đang bận")


def test_no_look_is_shown_that_could_not_be_written_down(track: World, monkeypatch: Any) -> None:
    code = hand_in(track)["code"]
    seen: list[object] = []
    monkeypatch.setattr(KmsSeals, "unseal", lambda *given: seen.append(given) or b"{}")
    monkeypatch.setattr(track.deps.petitions, "commit", _down)
    for path, body in (("words", None), ("identity", REASON)):
        assert track.call("POST", f"/v1/desk/petitions/{code}/{path}", body, token=CLERK)[0] == 503
    assert seen == []


def test_words_are_shown_to_who_asks_and_the_sender_for_a_reason_alone(track: World) -> None:
    code = accepted(track)
    _, words = track.call("POST", f"/v1/desk/petitions/{code}/words", token=CLERK)
    assert words["steps"][0]["words"] == {"content": CONTENT}
    assert NAME not in repr(words)
    assert track.call("POST", f"/v1/desk/petitions/{code}/identity", {"reason": ""}, token=CLERK)[0] == 422
    _, who = track.call("POST", f"/v1/desk/petitions/{code}/identity", REASON, token=HEAD)
    assert (who["name"], who["phone"]) == (NAME, "+84987000111")
    _, sheet = track.call("GET", f"/v1/desk/petitions/{code}", token=CLERK)
    assert MARK not in repr(sheet)
    assert sheet["row"]["opened"] == 2


def test_a_log_that_was_tampered_with_shows(track: World) -> None:
    code = accepted(track)
    item = PetitionItem.get(code, "TEXT#00001")
    item.update([PetitionItem.sealed.set(item.sealed.replace("A", "B"))])
    assert track.deps.petitions.faults(code) == ("TEXT#00001",)
    event = PetitionItem.get(code, "EVENT#00002")
    event.update([PetitionItem.body.set(event.body.replace("cb01", "cb02"))])
    assert "EVENT#00002" in track.deps.petitions.faults(code)


def test_what_is_sealed_about_one_petition_opens_no_other(track: World) -> None:
    first, second = hand_in(track)["code"], hand_in(track)["code"]
    other = PetitionItem.get(first, "IDENTITY").sealed
    PetitionItem.get(second, "IDENTITY").update([PetitionItem.sealed.set(other)])
    with pytest.raises((UnavailableError, ClientError)):
        track.deps.petitions.identity(second)


@pytest.mark.parametrize("token", OTHERS)
def test_nobody_else_finds_anything_there(track: World, token: str) -> None:
    code = accepted(track)
    for path in (f"/v1/desk/petitions/{code}", "/v1/desk/petitions", "/v1/desk/petition-report?month=2026-11"):
        status, told = track.call("GET", path, token=token)
        assert (status, told["code"]) == (404, NOTHING_THERE)
    for action, body in (("words", None), ("identity", REASON), ("classify", {"kind": "complaint"})):
        path = f"/v1/desk/petitions/{code}/{action}"
        status, told = track.call("POST", path, body, token=token, Idempotency_Key="x")
        assert (status, told["code"]) == (404, NOTHING_THERE)
    assert track.deps.petitions.load(code).petition.opened == 0


def test_only_the_head_reads_who_looked(track: World) -> None:
    path = "/v1/desk/petition-openings?month=2026-11"
    assert track.call("GET", path, token=CLERK)[0] == 404
    assert track.call("GET", path, token=HEAD)[0] == 200


def test_the_department_sees_no_case(track: World) -> None:
    made = track.send()
    for token in (CLERK, HEAD):
        for path in (f"/v1/desk/cases/{made['code']}", "/v1/desk/cases?role=operator&unit=tong_dai"):
            assert track.call("GET", path, token=token)[0] == 403


def test_an_operator_writes_one_down_and_reads_it_no_more(track: World) -> None:
    body = {"content": CONTENT, "sender": {"name": ""}, "channel": "phone"}
    status, made = track.call("POST", "/v1/desk/petitions", body, token=OPERATOR, Idempotency_Key="o1")
    assert status == 201
    assert track.call("GET", f"/v1/desk/petitions/{made['code']}", token=OPERATOR)[0] == 404
    assert track.call("POST", "/v1/desk/petitions", body, token=LEADER, Idempotency_Key="o2")[0] == 404


def test_its_sender_sees_state_and_days_and_guessing_is_bounded(track: World) -> None:
    made = hand_in(track)
    path = f"/v1/petitions/{made['code']}"
    status, shown = track.call("GET", path, X_Case_Pin=made["pin"])
    assert status == 200
    assert shown == {
        "code": made["code"],
        "state": "received",
        "received_on": "2026-11-23",
        "accepted_on": None,
        "due_on": "2026-12-03",
        "settled_on": None,
        "closed_on": None,
    }
    wrong = "000000" if made["pin"] != "000000" else "000001"
    answers = [track.call("GET", path, X_Case_Pin=wrong)[0] for _ in range(6)]
    assert answers == [401] * 5 + [429]
    unknown = track.call("GET", "/v1/petitions/482109375514", X_Case_Pin=wrong)[1]
    known = track.call("GET", f"/v1/petitions/{hand_in(track)['code']}", X_Case_Pin="000000")[1]
    assert (unknown["code"], unknown["title"]) == (known["code"], known["title"])


def test_a_case_pin_opens_no_petition_of_the_same_number(track: World) -> None:
    made = hand_in(track)
    assert track.deps.keys.pin(made["code"]) != made["pin"]


def test_the_counts_of_a_month_are_the_departments(track: World) -> None:
    accepted(track)
    hand_in(track, joint=True)
    status, made = track.call("GET", "/v1/desk/petition-report?month=2026-11", token=CLERK)
    assert status == 200
    assert (made["received"], made["of_many"], made["qualified"], made["by_kind"]) == (2, 1, 1, {"denunciation": 1})
    assert made["unit"] == "Phòng Kiểm tra - Giám sát"
    track.clock.forward(days=60)
    _, later = track.call("GET", "/v1/desk/petition-report?month=2027-01", token=CLERK)
    assert (later["carried_over"], later["received"]) == (2, 0)


def test_the_department_is_told_once_a_working_day_and_no_word_goes_with_it(track: World) -> None:
    code = accepted(track)
    before = len(track.mails())
    track.urge()
    assert len(track.mails()) == before  # nothing is due soon
    track.clock.forward(days=28)
    track.urge()
    track.urge()
    mails = track.mails()[before:]
    assert len(mails) == 1
    assert f"{code[:4]}-{code[4:8]}" in repr(mails)
    assert [secret for secret in SECRETS if secret in repr(mails)] == []
    track.clock.forward(hours=12)  # at night
    track.urge()
    assert len(track.mails()) == before + 1
    track.clock.forward(hours=12)
    track.urge()
    assert len(track.mails()) == before + 2


def test_a_centre_without_the_file_has_no_track(world: World) -> None:
    body = {"content": CONTENT, "sender": WHO}
    assert world.call("POST", "/v1/petitions", body, Idempotency_Key="k")[0] == 404
    assert world.call("GET", "/v1/desk/petitions", token=CLERK)[0] == 404
    assert world.call("GET", "/v1/petitions/482109375514", X_Case_Pin="123456")[0] == 404
    with pytest.raises(NotFoundError):
        world.deps.petitions.load("482109375514")
    world.urge()
    assert items() == []


def test_no_other_table_holds_a_trace(track: World) -> None:
    code = accepted(track)
    do(track, code, "identity", REASON)
    track.call("GET", f"/v1/petitions/{code}", X_Case_Pin="000000")
    kept = repr([item.serialize() for model in MODELS.values() for item in model.scan()])
    assert [secret for secret in (*SECRETS, code) if secret in kept] == []
