"""Queues out: to our own workers and to the agencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.adapters.dynamo.codec import encode
from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import Message

BATCH = 10


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
            answer = self._call("send_message_batch", QueueUrl=self._urls[concern], Entries=entries)
            if answer.get("Failed"):
                raise _unavailable(answer["Failed"][0]["Code"])

    def to_agency(self, unit: str, message: Message) -> None:
        """Sign the body's very bytes and send both to an agency's own queue (ADR 10)."""
        entry = _entry(message)
        entry["MessageAttributes"]["signature"] = _text(self._sign(entry["MessageBody"].encode()))
        self._call("send_message", QueueUrl=f"{self._agency_prefix}{unit}", **entry)

    @staticmethod
    def _call(operation: str, **arguments: Any) -> Any:
        try:
            return getattr(client("sqs"), operation)(**arguments)
        except ClientError as error:
            raise _unavailable(error.response["Error"]["Code"]) from error
        except BotoCoreError as error:
            raise _unavailable(type(error).__name__) from error


def _entry(message: Message) -> dict[str, Any]:
    attributes = {name: _text(value) for name, value in message.attributes.items()}
    return {"MessageBody": encode(message.body).decode(), "MessageAttributes": attributes}


def _text(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}


def _unavailable(cause: str) -> UnavailableError:
    return UnavailableError("queue_unavailable", "Hệ thống đang bận, vui lòng thử lại", cause=cause)
