"""A case through the whole centre: citizen, desk, officer, agency, back to the citizen, on the board."""

from __future__ import annotations

from tests.integration.world import AGENCY, ANSWER, LEADER, OFFICER, OPERATOR, World


def test_question_answered_at_once(world: World) -> None:
    made = world.send()
    code = made["code"]
    world.act(code, "answer", OPERATOR, ANSWER)
    world.drain()
    status, content = world.call("GET", f"/v1/cases/{code}/content", X_Case_Pin=made["pin"])
    assert status == 200
    assert content["progress"]["state"] == "answered"
    assert content["said"][-1]["texts"]["responsible_officer"] == "Trần Văn Bình"
    subjects = [mail["subject"] for mail in world.mails()]
    shown = made["progress"]["display_code"]
    assert subjects == [f"Đã tiếp nhận hồ sơ {shown}", f"Trả lời hồ sơ {shown}"]


def test_three_tiers_and_the_board(world: World) -> None:
    made = world.send(kind="report", about="regulation")
    code = made["code"]
    world.act(code, "forward", OPERATOR, {"unit": "so_tu_phap"})
    world.act(code, "appointment", OFFICER, {"at": "2026-11-25T09:00:00+07:00"})
    world.act(code, "forward-to-agency", OFFICER)
    world.drain()
    [assigned] = world.agency_inbox("so_tu_phap")
    assert (assigned["type"], assigned["case"]["code"]) == ("case_assigned", code)
    base = {"version": "1", "unit": "so_tu_phap", "case": code}
    world.reply(base | {"message_id": "m1", "type": "accepted"})
    world.reply(base | {"message_id": "m2", "type": "result", "result": "Đã kiểm tra.", **_people()})
    world.reply(base | {"message_id": "m2", "type": "result", "result": "Đã kiểm tra.", **_people()})
    assert world.work() == 0
    case = world.open(code, OFFICER)["case"]
    assert (case["state"], case["has_result"]) == ("with_officer", True)
    world.act(code, "answer", OFFICER, ANSWER)
    world.act(code, "publication", OPERATOR)
    world.act(code, "publication/approve", LEADER)
    world.drain()
    status, page = world.call("GET", "/v1/board?agency=so_tu_phap&field=ho_tich")
    assert status == 200
    [posting] = page["postings"]
    assert posting["answer"] == ANSWER["answer"]
    assert world.call("GET", f"/v1/board/{posting['id']}")[0] == 200
    status, tallies = world.call("GET", "/v1/desk/tallies", token=AGENCY)
    assert tallies["totals"] | {"received": 1, "answered": 1, "published": 1} == tallies["totals"]
    assert tallies["states"]["answered"] == 1
    assert sum(tallies["states"].values()) == 1


def _people() -> dict[str, str]:
    return {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}
