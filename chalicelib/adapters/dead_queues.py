"""Dead-letter queues: received like any other, and every letter once sent again says so in an attribute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from chalicelib.adapters.aws import ask
from chalicelib.adapters.queues import REFUSAL
from chalicelib.domain.dead_letters import AGENCY
from chalicelib.ports import Died, Words

MARK = "dead_letter"
BATCH = 10
MOST_ATTRIBUTES = 10  # of one message; no reader of ours asks for any
HIDDEN_SECONDS = 60  # longer than a run: what it could not record comes to the next


class SqsDeadQueues:
    """Keeps the port DeadQueues. A dead-letter queue is called as the queue before it, with `-dlq`."""

    def __init__(self, urls: Mapping[str, str], agency_prefix: str, relay_dlq: str) -> None:
        self._urls = urls
        self._agency_prefix = agency_prefix
        self._relay_dlq = relay_dlq

    def take(self, queue: str) -> Sequence[Died]:
        """Receive at most ten."""
        answer = ask(
            "sqs",
            "receive_message",
            REFUSAL,
            QueueUrl=self._dead(queue),
            MaxNumberOfMessages=BATCH,
            VisibilityTimeout=HIDDEN_SECONDS,
            AttributeNames=["SentTimestamp"],
            MessageAttributeNames=["All"],
        )
        return tuple(_died(message) for message in answer.get("Messages", []))

    def remove(self, queue: str, died: Sequence[Died]) -> None:
        """Delete; one that would not go comes again and is recognised."""
        for one in died:  # one by one: they are few, and a batch may fail in part without saying so
            ask("sqs", "delete_message", REFUSAL, QueueUrl=self._dead(queue), ReceiptHandle=one.handle)

    def send_again(self, queue: str, words: Words, letter: str) -> None:
        """Send one, with the attributes it had."""
        kept = dict(sorted(words.attributes.items())[: MOST_ATTRIBUTES - 1]) | {MARK: letter}
        attributes = {name: {"DataType": "String", "StringValue": value} for name, value in kept.items()}
        ask(
            "sqs",
            "send_message",
            REFUSAL,
            QueueUrl=self._live(queue),
            MessageBody=words.body,
            MessageAttributes=attributes,
        )

    def _live(self, queue: str) -> str:
        return self._agency_prefix + queue.removeprefix(AGENCY) if queue.startswith(AGENCY) else self._urls[queue]

    def _dead(self, queue: str) -> str:
        return (
            self._relay_dlq if queue not in self._urls and not queue.startswith(AGENCY) else f"{self._live(queue)}-dlq"
        )


def _died(message: Mapping[str, Any]) -> Died:
    said = message.get("MessageAttributes", {})
    texts = {name: value["StringValue"] for name, value in said.items() if value.get("DataType") == "String"}
    letter = texts.pop(MARK, "")
    sent_at = datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC)
    return Died(message["MessageId"], message["ReceiptHandle"], sent_at, Words(message["Body"], texts), letter)
