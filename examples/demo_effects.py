"""What the centre does behind its API, seen from outside: queues, letters, tallies, the board, the sweep."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import boto3

from chalicelib.adapters.dynamo.reminders import REMINDER
from examples.client import Centre, Stack
from infra.names import named

COUNTED = ("received", "answered", "refused", "late", "published")
DEPTHS = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed")
PATIENCE, PAUSE = 90.0, 1.5  # seconds


class Effects:
    """Reads; the only thing it starts is the sweep that the clock would start anyway."""

    def __init__(self, stack: Stack, desk: Centre, months: Iterable[str]) -> None:
        self._stack, self._desk, self._months = stack, desk, sorted(set(months))
        self._sqs = boto3.client("sqs")

    def tallies(self) -> Counter[str]:
        """Return the counters of all months together, and the cases in each state as `now <state>`."""
        found: Counter[str] = Counter()
        for month in self._months:
            shown = self._desk.call("GET", f"/v1/desk/tallies?month={month}")
            found.update({name: shown["totals"].get(name, 0) for name in COUNTED})
            for state, count in shown["states"].items():
                found[f"now {state}"] = count  # a gauge: every month shows the same
        return found

    def settled(self) -> Counter[str]:
        """Wait until the queues are empty and the tallies stand still; return them as they are then, or after 90 s."""
        give_up, last = time.monotonic() + PATIENCE, None
        while (now := self.tallies()) != last or self._waiting():
            if time.monotonic() > give_up:
                break
            last = now
            time.sleep(PAUSE)
        return now

    def dead(self) -> int:
        """Count the dead letters: those that stand at the desk, and those on their way there."""
        return self._standing() + sum(map(self._depth, (f"{url}-dlq" for url in self._stack["queues"].values())))

    def _standing(self) -> int:
        count, cursor = 0, ""
        while True:
            page = self._desk.call("GET", f"/v1/desk/dead-letters?limit=100&cursor={cursor}")
            count, cursor = count + len(page["letters"]), page["cursor"]
            if not cursor:
                return count

    def sweep(self) -> None:
        """Run the deployed sweep as the clock does: nothing that is due already shall disturb the count."""
        tick = {"version": "0", "id": "demo", "account": "000000000000", "region": self._stack["region"], "detail": {}}
        tick |= {"detail-type": "Scheduled Event", "source": "aws.events", "resources": []}
        tick |= {"time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
        name = named(self._stack["stage"], "sweep")
        boto3.client("lambda").invoke(FunctionName=name, Payload=json.dumps(tick).encode())

    def letters(self) -> Counter[str]:
        """Count captured mails, SMS, reminders that wait to be mailed together, and published answers."""
        page = Centre(self._stack["endpoint_url"])
        try:
            mails = page.call("GET", "/_ministack/ses/messages")["messages"]
            texts = page.call("GET", "/_ministack/sns/sms-messages")["sms_messages"]
        finally:
            page.close()
        sent = {"mails": _size(mails), "SMS": _size(texts), "reminders that wait": self._reminders()}
        return Counter({**sent, "answers on the board": self._postings()})

    def _reminders(self) -> int:
        pages = (
            boto3.client("dynamodb")
            .get_paginator("query")
            .paginate(
                TableName=self._stack["tables"]["centre"],
                KeyConditionExpression="pk = :reminder",
                ExpressionAttributeValues={":reminder": {"S": REMINDER}},
                Select="COUNT",
            )
        )
        return sum(page["Count"] for page in pages)

    def _postings(self) -> int:
        return sum(len(page["postings"]) for month in self._months for page in self._pages(month))

    def _pages(self, month: str) -> Iterable[Any]:
        cursor: str | None = ""
        while cursor is not None:
            page = self._desk.call("GET", f"/v1/board?limit=100&month={month}&cursor={quote(cursor)}")
            yield page
            cursor = page["cursor"] or None

    def _waiting(self) -> int:
        return sum(map(self._depth, self._stack["queues"].values()))

    def _depth(self, url: str) -> int:
        depths = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(DEPTHS))["Attributes"]
        return sum(int(depth) for depth in depths.values())


def wait_for(happened: Callable[[], bool], seconds: float) -> bool:
    """Look every few seconds until it has happened or the time is over."""
    give_up = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > give_up:
            return False
        time.sleep(PAUSE)
    return True


def _size(captured: Any) -> int:
    return sum(map(len, captured.values()))
