"""A centre to play with: its web client, its workers, its mail box and its clock."""

from __future__ import annotations

import itertools
import json
from datetime import datetime, timedelta
from typing import Any

from chalice.test import Client

from app import app
from chalicelib import bootstrap
from chalicelib.adapters.dynamo.tables import CaseItem
from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.entrypoints import queues, schedules, streams
from chalicelib.ports import Claims, Unit

WORKERS = {
    "notices": queues.notices,
    "outgoing": queues.outgoing,
    "tallies": queues.tallies,
    "board": queues.board,
    "replies": queues.replies,
}


class ClockStub:
    """A clock that stands still until told."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, to: datetime) -> None:
        self._now = to

    def forward(self, **spans: float) -> None:
        self._now += timedelta(**spans)


class LogInStub:
    """Takes "role:unit:name" for a token."""

    def verify(self, token: str, now: datetime) -> Claims:
        role, _, rest = token.partition(":")
        unit, _, name = rest.partition(":")
        if not name:
            raise UnauthenticatedError("token_invalid", "Phiên đăng nhập không hợp lệ")
        return Claims(name, (role, f"unit:{unit}"))


class Context:
    """What Lambda gives a handler."""

    aws_request_id = "3f1c2b1e-8a57-4a0c-9d0c-0a4b6f0f2b11"
    function_name = "test"
    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:ap-southeast-1:123456789012:function:test"


OPERATOR = "operator:tong_dai:dtv01"
OFFICER = "officer:so_tu_phap:mc01"
AGENCY = "agency:so_tu_phap:cq01"
LEADER = "leadership:lanh_dao_trung_tam:ld01"
ADMIN = "administrator:tong_dai:qt01"
SENDER = {
    "name": "Bùi Thị Hoa",
    "phone": "0912 345 678",
    "email": "hoa@example.com",
    "address": "Tổ 5, phường Phương Lâm, thành phố Hòa Bình",
}
ANSWER = {
    "answer": "Ông/Bà chuẩn bị tờ khai và giấy chứng sinh, nộp tại bộ phận một cửa.",
    "responsible_officer": "Trần Văn Bình",
    "approving_leader": "Lê Thị Minh",
}


class World:
    """Everything a test does goes through here."""

    def __init__(self, deps: bootstrap.LiveDeps, cloud: Any, clock: ClockStub) -> None:
        self.deps, self.cloud, self.clock = deps, cloud, clock
        self._keys = itertools.count()
        self._seen = 0

    def load_directory(self, units: Any) -> None:
        """Put the directory's units."""
        for unit in units:
            kept = {name: unit.attributes.get(name, "") for name in ("id", "name", "kind", "mail", "leader_mail")}
            self.deps.directory.put(Unit(**kept, exchange="sqs" if unit.by_queue else "mail"))

    def call(self, method: str, path: str, body: Any = None, *, token: str = "", **headers: str) -> Any:
        """Call a route and return (status, JSON)."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent |= {"Content-Type": "application/json"} if body is not None else {}
        sent |= {"Authorization": f"Bearer {token}"} if token else {}
        with Client(app) as client:
            raw = json.dumps(body).encode() if body is not None else b""
            answer = client.http.request(method, path, headers=sent, body=raw)
        return answer.status_code, json.loads(answer.body) if answer.body else None

    def send(self, **changes: Any) -> dict[str, Any]:
        """Send a citizen's case and return what came back."""
        body = {
            "kind": "question",
            "field": "ho_tich",
            "title": "Đăng ký khai sinh cho con",
            "content": "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì?",
            "sender": SENDER,
        } | changes
        status, made = self.call("POST", "/v1/cases", body, Idempotency_Key=f"k{next(self._keys)}")
        assert status == 201, made
        return made  # type: ignore[no-any-return]

    def act(self, code: str, action: str, token: str, body: Any = None, *, expect: int = 200) -> Any:
        """Do a desk action on the case as it stands now."""
        version = self.deps.cases.load(code).case.version
        status, made = self.call(
            "POST", f"/v1/desk/cases/{code}/{action}", {"version": version, **(body or {})}, token=token
        )
        assert status == expect, made
        return made

    def open(self, code: str, token: str = OPERATOR) -> Any:
        """Return the case file."""
        status, made = self.call("GET", f"/v1/desk/cases/{code}", token=token)
        assert status == 200, made
        return made

    def relay(self) -> int:
        """Hand the events that are new since the last call to the relay, as the stream would."""
        with_events = [item for item in CaseItem.scan() if item.sk.startswith("EVENT#")]
        new = sorted(with_events, key=lambda item: item.day_sort)[self._seen :]
        self._seen += len(new)
        records = [
            {
                "eventName": "INSERT",
                "dynamodb": {
                    "Keys": {"pk": {"S": item.pk}, "sk": {"S": item.sk}},
                    "NewImage": {"kind": {"S": item.kind}},
                },
            }
            for item in new
        ]
        streams.relay({"Records": records}, Context())
        return len(new)

    def work(self, *, rounds: int = 5) -> int:
        """Let every worker empty its queue, once for what failed; returns how many messages failed."""
        failed = 0
        for _ in range(rounds):
            taken = 0
            for name, worker in WORKERS.items():
                records, handles = self._take(name)
                taken += len(records)
                bad = {one["itemIdentifier"] for one in worker({"Records": records}, Context())["batchItemFailures"]}
                failed += len(bad)
                for message, handle in handles.items():
                    if message not in bad:
                        self.cloud("sqs").delete_message(QueueUrl=self._url(name), ReceiptHandle=handle)
            if not taken:
                break
        return failed

    def drain(self) -> None:
        """Relay and work until all is quiet; nothing may fail."""
        while self.relay():
            assert self.work() == 0

    def sweep(self) -> None:
        """Run the minute's sweep."""
        schedules.sweep(self._tick(), Context())

    def recover(self) -> None:
        """Run the recovery of lost events."""
        schedules.recover(self._tick(), Context())

    def digest(self) -> None:
        """Run the morning's digest."""
        schedules.digest(self._tick(), Context())

    def mails(self) -> list[dict[str, Any]]:
        """Return the mails sent so far: to, subject, body (both parts)."""
        from moto.backends import get_backend

        backend = get_backend("sesv2")["123456789012"]["ap-southeast-1"].core_backend
        return [
            {"to": mail.destinations["ToAddresses"], "subject": mail.subject, "body": str(mail.body)}
            for mail in backend.sent_messages
        ]

    def texts(self) -> list[tuple[str, str]]:
        """Return the SMS sent so far: (number, text)."""
        from moto.backends import get_backend

        backend = get_backend("sns")["123456789012"]["ap-southeast-1"]
        return [(number, text) for number, text, *_ in backend.sms_messages.values()]

    def agency_inbox(self, unit: str) -> list[dict[str, Any]]:
        """Take everything out of an agency's queue."""
        found = []
        url = f"{self.deps.settings.agency_queue_prefix}{unit}"
        while messages := self.cloud("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                found.append(json.loads(message["Body"]))
                self.cloud("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def reply(self, body: Any) -> None:
        """Put a message on the replies queue."""
        text = body if isinstance(body, str) else json.dumps(body)
        self.cloud("sqs").send_message(QueueUrl=self._url("replies"), MessageBody=text)

    def _url(self, name: str) -> str:
        return str(getattr(self.deps.settings, f"{name}_queue_url"))

    def _take(self, name: str) -> tuple[list[dict[str, Any]], dict[str, str]]:
        answer = self.cloud("sqs").receive_message(QueueUrl=self._url(name), MaxNumberOfMessages=10)
        messages = answer.get("Messages", [])
        records = [{"messageId": message["MessageId"], "body": message["Body"]} for message in messages]
        return records, {message["MessageId"]: message["ReceiptHandle"] for message in messages}

    @staticmethod
    def _tick() -> dict[str, Any]:
        return {
            "version": "0",
            "account": "123456789012",
            "region": "ap-southeast-1",
            "detail": {},
            "detail-type": "Scheduled Event",
            "source": "aws.events",
            "time": "2026-11-23T02:00:00Z",
            "id": "1",
            "resources": [],
        }
