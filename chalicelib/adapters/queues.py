"""Queues out: to our own workers and to the agencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from chalicelib.adapters.aws import ask, unavailable
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.ports import Message

BATCH = 10
REFUSAL: Final = "queue_unavailable"


class SqsOutgoing:
    """Keeps the port Outgoing. `sign` makes the signature of a body, without which nothing leaves for an agency."""

    def __init__(self, urls: Mapping[str, str], agency_prefix: str, sign: Callable[[bytes], str]) -> None:
        self._urls = urls
        self._agency_prefix = agency_prefix
        self._sign = sign

    def relay(self, concern: str, messages: Sequence[Message]) -> None:
        """Send in batches; one that was not taken makes the whole call fail, consumers bear the repeats."""
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            entries = [{"Id": str(i), **_entry(message)} for i, message in enumerate(batch)]
            answer = ask("sqs", "send_message_batch", REFUSAL, QueueUrl=self._urls[concern], Entries=entries)
            if answer.get("Failed"):
                raise unavailable(REFUSAL, answer["Failed"][0]["Code"])

    def to_agency(self, unit: str, message: Message) -> None:
        """Sign the body's very bytes and send both to an agency's own queue (ADR 10)."""
        entry = _entry(message)
        entry["MessageAttributes"]["signature"] = _text(self._sign(entry["MessageBody"].encode()))
        ask("sqs", "send_message", REFUSAL, QueueUrl=f"{self._agency_prefix}{unit}", **entry)


def _entry(message: Message) -> dict[str, Any]:
    attributes = {name: _text(value) for name, value in message.attributes.items()}
    return {"MessageBody": encode(message.body).decode(), "MessageAttributes": attributes}


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}
