"""Amazon SQS with our own account's credentials: boto3 finds them where it always does."""

from __future__ import annotations

from typing import Any

import boto3

from .settings import Settings


class Sqs:
    """Our queue and the centre's queue of replies."""

    def __init__(self, settings: Settings) -> None:
        self._client = boto3.client("sqs", region_name=settings.region, endpoint_url=settings.endpoint)
        self._inbox, self._replies, self._wait = settings.inbox, settings.replies, settings.wait_seconds

    def receive(self) -> list[Any]:
        """Wait for messages; attributes come only to who asks for them, and the signature is one."""
        asked = {"MaxNumberOfMessages": 10, "WaitTimeSeconds": self._wait, "MessageAttributeNames": ["All"]}
        received: list[Any] = self._client.receive_message(QueueUrl=self._inbox, **asked).get("Messages", [])
        return received

    def delete(self, received: Any) -> None:
        """Delete one."""
        self._client.delete_message(QueueUrl=self._inbox, ReceiptHandle=received["ReceiptHandle"])

    def send(self, body: str) -> None:
        """Send a signed reply."""
        self._client.send_message(QueueUrl=self._replies, MessageBody=body)
