"""The main job on the deployed stack, IAM enforced: a missing permission fails here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from examples.client import Agency, Centre, RefusedError

from .conftest import Client, Stack

SENDER = {
    "name": "Bùi Thị Hoa",
    "phone": "0912345678",
    "email": "hoa@example.com",
    "address": "Tổ 5, phường Phương Lâm, thành phố Hòa Bình",
}
CASE = {
    "kind": "question",
    "field": "ho_tich",
    "title": "Đăng ký khai sinh cho con",
    "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì, nộp ở đâu?",
    "sender": SENDER,
}
PEOPLE = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}


def eventually(found: Callable[[], Any], seconds: float = 30) -> Any:
    until = time.monotonic() + seconds
    while not (value := found()) and time.monotonic() < until:
        time.sleep(0.2)
    assert value, "it never came"
    return value


@pytest.fixture(scope="module")
def citizen(stack: Stack) -> Iterator[Centre]:
    door = Centre(stack["base_url"])
    yield door
    door.close()


@pytest.fixture(scope="module")
def staff(stack: Stack, citizen: Centre) -> Iterator[Callable[[str, str], Centre]]:
    doors: dict[tuple[str, str], Centre] = {}

    def door(role: str, unit: str = "") -> Centre:
        if (role, unit) not in doors:
            user = next(u for u in stack["users"] if u["role"] == role and unit in ("", u["unit"]))
            doors[role, unit] = citizen.log_in(user["username"], user["password"])
        return doors[role, unit]

    yield door
    for one in doors.values():
        one.close()


@pytest.fixture(scope="module")
def agency(stack: Stack, aws: Client) -> Agency:
    return Agency(aws("sqs"), stack, "so_tu_phap")


def mails(stack: Stack, to: str) -> list[dict[str, Any]]:
    found = Centre(stack["endpoint_url"])
    try:
        captured = found.call("GET", "/_ministack/ses/messages")["messages"]
    finally:
        found.close()
    everything = [mail for account in captured.values() for mail in account]
    return [mail for mail in everything if to in str(mail)]


def test_a_question_is_answered_and_the_sender_told_once(stack: Stack, citizen: Centre, staff: Any) -> None:
    made = citizen.send(CASE | {"sender": SENDER | {"email": "once@example.com"}})
    staff("operator").act(made["code"], "answer", answer="Nộp tại UBND xã.", **PEOPLE)
    content = citizen.content(made["code"], made["pin"])
    assert content["progress"]["state"] == "answered"
    eventually(lambda: len(mails(stack, "once@example.com")) == 2)
    time.sleep(2)
    assert len(mails(stack, "once@example.com")) == 2


def test_three_tiers_by_queue_with_duplicates(stack: Stack, citizen: Centre, staff: Any, agency: Agency) -> None:
    made = citizen.send(CASE | {"kind": "report", "about": "regulation"})
    code, officer = made["code"], staff("officer", "so_tu_phap")
    staff("operator").act(code, "forward", unit="so_tu_phap")
    officer.act(code, "appointment", at="2030-11-27T09:00:00+07:00")
    officer.act(code, "forward-to-agency", note="Đề nghị kiểm tra.")
    told: list[dict[str, Any]] = []
    eventually(lambda: told.extend(agency.messages()) or [m for m in told if m.get("case", {}).get("code") == code])
    for _ in range(3):
        agency.reply("accepted", code, message_id=f"a-{code}")
        agency.reply("result", code, message_id=f"r-{code}", result="Đã kiểm tra, xử lý.", **PEOPLE)
    eventually(lambda: officer.open(code)["case"]["has_result"])
    time.sleep(1)
    timeline = officer.open(code)["timeline"]
    [result] = [event for event in timeline if event["type"] == "ResultSubmitted"]
    assert result["signature"]["kid"] == stack["agency_keys"]["so_tu_phap"]["kid"]
    officer.act(code, "answer", answer="Sở đã kiểm tra, xử lý.", **PEOPLE)
    staff("operator").act(code, "publication")
    staff("leadership").act(code, "publication/approve")
    board = eventually(lambda: citizen.call("GET", "/v1/board?agency=so_tu_phap")["postings"])
    assert SENDER["name"] not in str(board)


def test_an_agency_is_told_what_was_refused(citizen: Centre, agency: Agency) -> None:
    made = citizen.send(CASE)
    agency.reply("result", made["code"], message_id=f"x-{made['code']}", result="…", **PEOPLE)
    told: list[dict[str, Any]] = []
    wanted = f"x-{made['code']}"
    eventually(lambda: told.extend(agency.messages()) or [m for m in told if m.get("rejected_message_id") == wanted])
    rejected = next(m for m in told if m.get("rejected_message_id") == wanted)
    assert rejected["code"] == "not_holder"


def test_tallies_equal_what_happened(citizen: Centre, staff: Any) -> None:
    before = _settled(staff("leadership"))
    for _ in range(3):
        citizen.send(CASE)
    refused = citizen.send(CASE | {"declared_petition": "complaint"})
    assert refused["refusal"]["article"] == "Điều 1.1.b"

    def counted() -> bool:
        after = staff("leadership").tallies()
        return (
            after["totals"]["received"] == before["totals"]["received"] + 4
            and after["totals"].get("refused", 0) == before["totals"].get("refused", 0) + 1
            and after["states"]["received"] == before["states"]["received"] + 3
        )

    eventually(counted)


def test_what_will_be_late_is_foreseen(citizen: Centre, staff: Any) -> None:
    for _ in range(2):
        citizen.send(CASE)

    def foreseen() -> bool:
        [operators] = staff("leadership").call("GET", "/v1/desk/risk?role=operator")["holders"] or [{"open": 0}]
        return bool(operators["open"] >= 2)

    eventually(foreseen)


def test_operator_reads_the_senders_history_and_the_worklist(citizen: Centre, staff: Any) -> None:
    made = citizen.send(CASE | {"sender": SENDER | {"phone": "0987 654 321"}})
    desk = staff("operator")
    found = desk.call("POST", "/v1/desk/senders", {"contact": "+84 987 654 321"})["cases"]
    assert [case["code"] for case in found] == [made["code"]]
    page = desk.call("GET", "/v1/desk/cases?limit=2")
    following = desk.call("GET", f"/v1/desk/cases?limit=2&cursor={page['cursor'].replace('#', '%23')}")
    first, second = ([case["code"] for case in one["cases"]] for one in (page, following))
    assert not set(first) & set(second)


def test_an_administrator_edits_the_directory(staff: Any) -> None:
    body = {"name": "Sở Nội vụ", "kind": "department", "mail": "so-noi-vu@tongdai.example"}
    assert staff("administrator").call("PUT", "/v1/desk/units/so_noi_vu", body)["mail"] == body["mail"]
    with pytest.raises(RefusedError) as refused:
        staff("operator").call("PUT", "/v1/desk/units/so_noi_vu", body)
    assert refused.value.problem["code"] == "role_not_allowed"


@pytest.mark.parametrize("function", ["sweep", "remind", "recover", "digest", "learn"])
def test_what_the_clock_starts_is_permitted(stack: Stack, aws: Client, function: str) -> None:
    tick = (Path(__file__).parents[1] / "events" / "scheduled.json").read_bytes()
    answer = aws("lambda").invoke(FunctionName=f"tongdai-{stack['stage']}-{function}", Payload=tick)
    assert "FunctionError" not in answer, answer["Payload"].read()


def _settled(desk: Centre) -> Any:
    last = None
    while (now := desk.tallies()) != last:
        last = now
        time.sleep(1)
    return now
