"""Agencies with software, as benchmarks play them: read their queue, note when each message came into it, reply."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3

from examples.client import Agency, Centre, Stack

RESULT = {
    "result": "Đã kiểm tra và trả kết quả tận nơi.",
    "responsible_officer": "Trần Văn Bình",
    "approving_leader": "Lê Thị Minh",
}
POST, ANSWER = "buu_dien_tinh", "Trả lời hồ sơ"  # the unit that a service request reaches by itself; a subject
BATCH, AT_ONCE = 10, 8  # messages a call; calls under way
Message = dict[str, Any]


@dataclass
class Exchange:
    """The queues of a local stack as its root reaches them. Times are seconds since 1970."""

    stack: Stack
    assigned: dict[str, float] = field(default_factory=dict)  # by code: when it stood in the agency's queue
    reported: dict[str, float] = field(default_factory=dict)  # by code: when the result was handed over

    def aws(self, service: str) -> Any:
        """Make a client."""
        session = boto3.Session("test", "test", region_name=self.stack["region"])
        return session.client(service, endpoint_url=self.stack["endpoint_url"])

    def agency(self, unit: str) -> Agency:
        """Make an agency's software."""
        return Agency(self.aws("sqs"), self.stack, unit)

    @contextmanager
    def working(self, *units: str) -> Iterator[None]:
        """Let the agencies read meanwhile, and report the result of whatever is assigned to them at once."""
        done = threading.Event()
        with ThreadPoolExecutor(len(units)) as pool:
            work = [pool.submit(self._work, unit, done) for unit in units]
            try:
                yield
            finally:
                done.set()
            for one in work:
                one.result()

    def _work(self, unit: str, done: threading.Event) -> None:
        agency, sqs = self.agency(unit), self.aws("sqs")
        while not done.is_set():
            for message in self.taken(sqs, unit):
                if message["type"] == "case_assigned":
                    agency.reply("result", message["case"]["code"], assigned_at=message["assigned_at"], **RESULT)
                    self.reported[message["case"]["code"]] = time.time()

    def taken(self, sqs: Any, unit: str) -> list[Message]:
        """Take up to ten messages from an agency's queue, noting the cases assigned."""
        url = self.stack["agency_queues"][unit]
        wanted = {"MaxNumberOfMessages": BATCH, "WaitTimeSeconds": 1, "MessageSystemAttributeNames": ["SentTimestamp"]}
        bodies = []
        for message in sqs.receive_message(QueueUrl=url, **wanted).get("Messages", []):
            body = json.loads(message["Body"])
            if body["type"] == "case_assigned":
                self.assigned[body["case"]["code"]] = int(message["Attributes"]["SentTimestamp"]) / 1000
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            bodies.append(body)
        return bodies

    def answers(self) -> list[tuple[str, float]]:
        """Return whom the answers were mailed to, and when."""
        captured = Centre(self.stack["endpoint_url"])
        found = captured.call("GET", "/_ministack/ses/messages")["messages"]
        captured.close()
        every = [mail for account in found.values() for mail in account]
        return [(mail["To"][0], mail["Timestamp"]) for mail in every if mail["Subject"].startswith(ANSWER)]


def eventually(true: Callable[[], bool], what: str, patience: float) -> float:
    """Wait until something is true and return how long that took; never is an error."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > patience:
            raise SystemExit(f"bench: {what}: not within {patience:g} s")
        time.sleep(0.1)
    return time.monotonic() - began
