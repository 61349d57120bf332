"""The centre's signature on the deployed stack: signed in KMS, carried by SQS, verified with what HTTP shows."""

from __future__ import annotations

import json
from typing import Any

from examples.client import Agency, Centre
from infra import directory
from tests.integration.signers import believed

from .conftest import Client, Stack
from .test_main_job import CASE, citizen, eventually, staff

__all__ = ["citizen", "staff"]


def received(sqs: Any, url: str, wanted: str) -> dict[str, Any]:
    """Return the message of this type, deleting what stands before it."""

    def look() -> Any:
        asked = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": 1, "MessageAttributeNames": ["All"]}
        for message in sqs.receive_message(QueueUrl=url, **asked).get("Messages", []):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            if json.loads(message["Body"])["type"] == wanted:
                return message
        return None

    found: dict[str, Any] = eventually(look)
    return found


def test_an_agency_in_another_account_verifies_what_it_is_told(
    stack: Stack, aws: Client, citizen: Centre, staff: Any
) -> None:
    """A case and a rejection, in the agency's own queue, read by its own account; both functions may sign."""
    [unit] = [each for each in directory.agencies("hoa_binh") if each.account]
    sqs, url = aws("sqs", unit.account), stack["agency_queues"][unit.id]
    keys = {key["kid"]: key for key in citizen.call("GET", "/v1/exchange/keys")["keys"]}
    staff("operator").act(citizen.send(CASE | {"kind": "report", "about": "conduct"})["code"], "forward", unit=unit.id)
    assert believed(received(sqs, url, "conduct_notice"), keys)
    Agency(sqs, stack, unit.id).reply("accepted", "482109375514", message_id="of-no-case")
    rejected = received(sqs, url, "message_rejected")
    assert believed(rejected, keys)
    assert not believed(rejected | {"Body": rejected["Body"].replace("of-no-case", "of-a-case")}, keys)
