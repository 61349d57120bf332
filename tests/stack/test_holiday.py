"""A day off announced over HTTP on the running stack, followed to the sender's mail and to the agency's queue."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from examples.client import Agency, Centre

from .conftest import Client, Stack
from .test_main_job import CASE, SENDER, agency, citizen, eventually, mails, staff

__all__ = ["agency", "citizen", "staff"]
TICK = (Path(__file__).parents[1] / "events" / "scheduled.json").read_bytes()
CHANGES = "/v1/desk/calendar/changes"


def retime(stack: Stack, aws: Client) -> None:
    """Do what the clock does each minute."""
    answer = aws("lambda").invoke(FunctionName=f"tongdai-{stack['stage']}-retime", Payload=TICK)
    assert "FunctionError" not in answer, answer["Payload"].read()


def announce(desk: Centre, path: str, **body: Any) -> Any:
    return desk.call("POST", path, body, {"Idempotency-Key": str(uuid4())})


def moved(stack: Stack, to: str) -> list[Any]:
    return [mail for mail in mails(stack, to) if "Thời hạn đã báo" in str(mail)]


def test_a_day_off_moves_the_deadline_and_its_withdrawal_moves_it_back(
    stack: Stack, aws: Client, citizen: Centre, staff: Any, agency: Agency
) -> None:
    made = citizen.send(CASE | {"sender": SENDER | {"email": "holiday@example.com"}})
    code, officer, admin = made["code"], staff("officer", "so_tu_phap"), staff("administrator")
    staff("operator").act(code, "forward", unit="so_tu_phap")
    officer.act(code, "forward-to-agency", note="Đề nghị kiểm tra.")
    first = citizen.progress(code)["due_at"]  # eight working hours: never today
    day = datetime.fromisoformat(first).astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date().isoformat()
    reason = {"reason": "Nghỉ tránh bão", "document": "Công điện 15/CĐ-UBND"}
    change = announce(admin, CHANGES, kind="day_off", dates=[day], **reason)
    assert change["retiming"]["state"] == "waiting"
    retime(stack, aws)
    assert citizen.progress(code)["due_at"] > first
    [event] = [event for event in officer.open(code)["timeline"] if event["type"] == "DeadlineMoved"]
    assert (event["facts"]["old_due"], event["facts"]["author"]) == (first, change["author"])
    eventually(lambda: len(moved(stack, "holiday@example.com")) == 1)
    assert "Nghỉ tránh bão (Công điện 15/CĐ-UBND)" in str(moved(stack, "holiday@example.com"))
    told: list[dict[str, Any]] = []
    eventually(lambda: told.extend(agency.messages()) or [m for m in told if m["type"] == "deadline_moved"])
    announce(admin, f"{CHANGES}/{change['number']}/withdraw", reason="Bão tan")
    retime(stack, aws)
    assert citizen.progress(code)["due_at"] == first
    eventually(lambda: len(moved(stack, "holiday@example.com")) == 2)
    shown = staff("operator").call("GET", CHANGES)["changes"]
    assert [one["retiming"]["state"] in ("running", "done") for one in shown[:2]] == [True, True]
