"""Dead letters on the deployed stack, IAM enforced: noted, taken out of their queue, shown, sent again, closed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples.client import Centre, RefusedError
from infra.names import named

from .conftest import Client, Stack
from .test_main_job import CASE, citizen, eventually, staff

__all__ = ["citizen", "staff"]
TICK = (Path(__file__).parents[1] / "events" / "scheduled.json").read_bytes()
LIST = "/v1/desk/dead-letters"


def collect(stack: Stack, aws: Client) -> None:
    """Do what the clock does each minute."""
    answer = aws("lambda").invoke(FunctionName=named(stack["stage"], "collect"), Payload=TICK)
    assert "FunctionError" not in answer, answer["Payload"].read()


def letters(door: Centre, queue: str, state: str = "standing") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = door.call("GET", f"{LIST}?queue={queue}&state={state}&limit=100")["letters"]
    return found


def lost(stack: Stack, aws: Client, queue: str, body: str) -> str:
    """Put a message where it comes after its fifth failure, a quarter of an hour from now; returns its id."""
    sent = aws("sqs").send_message(QueueUrl=stack["dead_letters"][queue], MessageBody=body)
    return str(sent["MessageId"])


def test_one_is_seen_sent_again_and_counted_once(stack: Stack, aws: Client, citizen: Centre, staff: Any) -> None:
    """Given the news of a case that died and was recorded, when it is sent again, then it has left no trace twice."""
    admin, code = staff("administrator"), citizen.send(CASE)["code"]
    message = lost(stack, aws, "tallies", json.dumps({"code": code, "seq": 1, "type": "Received"}))

    def mine(state: str = "standing") -> list[dict[str, Any]]:
        return [letter for letter in letters(admin, "tallies", state) if letter["id"].endswith(message)]

    collect(stack, aws)
    [letter] = eventually(mine)
    assert (letter["code"], letter["type"], letter["reason"]) == (code, "Received", "no_answer")
    with pytest.raises(RefusedError):
        staff("operator").call("POST", f"{LIST}/{letter['id']}/redrive")
    would = admin.call("POST", f"{LIST}/redrive", {"reason": "no_answer", "queue": "tallies", "dry_run": True})
    assert letter["id"] in [one["id"] for one in would["letters"]]
    admin.call("POST", f"{LIST}/{letter['id']}/redrive")
    collect(stack, aws)
    [settled] = eventually(lambda: mine("settled"))
    assert [step["state"] for step in settled["history"]] == ["redriving", "redriven"]
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]

    def empty() -> bool:
        found = aws("sqs").get_queue_attributes(QueueUrl=stack["queues"]["tallies"], AttributeNames=names)
        return [found["Attributes"][name] for name in names] == ["0", "0"]

    eventually(empty)


def test_one_is_closed(stack: Stack, aws: Client, staff: Any) -> None:
    admin, message = staff("administrator"), lost(stack, aws, "replies", "không phải JSON")

    def mine(state: str = "standing") -> list[dict[str, Any]]:
        return [letter for letter in letters(admin, "replies", state) if letter["id"].endswith(message)]

    collect(stack, aws)
    [letter] = eventually(mine)
    admin.call("POST", f"{LIST}/{letter['id']}/close", {"note": "Đã gọi điện cho cơ quan"})
    collect(stack, aws)
    [settled] = eventually(lambda: mine("settled"))
    assert (mine(), settled["state"]) == ([], "closed")


@pytest.mark.parametrize("queue", ["notices", "outgoing", "tallies", "board", "replies"])
def test_every_worker_may_note_why_it_failed(stack: Stack, aws: Client, queue: str) -> None:
    url, sqs = {**stack["queues"], "replies": stack["replies_queue"]}[queue], aws("sqs")
    message = sqs.send_message(QueueUrl=url, MessageBody="không phải JSON")["MessageId"]
    key = {"pk": {"S": f"failed#{message}"}}
    noted = eventually(lambda: aws("dynamodb").get_item(TableName=stack["tables"]["inbox"], Key=key).get("Item"))
    sqs.purge_queue(QueueUrl=url)
    assert noted["result"]["S"]


def test_every_dead_letter_queue_can_be_taken_from(stack: Stack, aws: Client) -> None:
    """The log of a run names the queue that it could not reach; of these there is none."""
    collect(stack, aws)
    group, logs = f"/aws/lambda/{named(stack['stage'], 'collect')}", aws("logs")

    def said(what: str) -> list[dict[str, Any]]:
        events = logs.filter_log_events(logGroupName=group)["events"]
        found = [event["message"] for event in events if f'"message":"{what}"' in event["message"]]
        return [json.loads(line) for line in found]

    eventually(lambda: said("collected"))
    assert [(line["queue"], line.get("cause", line["error"]), line["frames"][-3:]) for line in said("failure")] == []
