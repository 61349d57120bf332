"""What moves by itself in the centre: the stream, the queues with their workers and dead letters, mail and SMS."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import msgspec
from moto.backends import get_backend

from chalicelib import bootstrap
from chalicelib.adapters.dynamo.tables import CaseItem
from chalicelib.entrypoints import queues, streams
from chalicelib.exchange.told import TOLD
from tests.integration.signers import believed, signed

WORKERS = {
    "notices": queues.notices,
    "outgoing": queues.outgoing,
    "tallies": queues.tallies,
    "board": queues.board,
    "replies": queues.replies,
    "bounces": queues.bounces,
    "reports": queues.reports,
    "mails": queues.mails,
}
FULL = 10  # messages in a batch
ACCOUNT, REGION = "123456789012", "ap-southeast-1"
Record = dict[str, Any]


class Context:
    """What Lambda gives a handler."""

    aws_request_id = "3f1c2b1e-8a57-4a0c-9d0c-0a4b6f0f2b11"
    function_name = "test"
    memory_limit_in_mb = 512
    invoked_function_arn = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:test"


class Deliveries:
    """Plays the parts of AWS between the functions."""

    def __init__(self, deps: bootstrap.LiveDeps, cloud: Any) -> None:
        self.deps, self.cloud = deps, cloud
        self._streamed: set[str] = set()

    def stream(self) -> list[Record]:
        """Take the records of the events that are new since the last call, in order of time."""
        items = [item for item in CaseItem.scan() if item.sk.startswith("EVENT#")]
        new = sorted((item for item in items if item.day_sort not in self._streamed), key=lambda item: item.day_sort)
        self._streamed |= {item.day_sort for item in new}
        return [record(item.pk, item.sk, item.kind) for item in new]

    def relay(self) -> int:
        """Hand the new events to the relay, as the stream would."""
        records = self.stream()
        self.restream(records)
        return len(records)

    def restream(self, records: list[Record]) -> Any:
        """Hand records to the relay."""
        return streams.relay({"Records": records}, Context())

    def work(self) -> int:
        """Let every worker empty its queue; returns how many messages failed and come back at the next call.

        A message that failed five times goes to the dead letters instead.
        """
        failed: dict[str, str] = {}
        for name in WORKERS:
            while self._batch(name, failed) == FULL:
                pass
        for handle, name in failed.items():
            self._sqs.change_message_visibility(QueueUrl=self.url(name), ReceiptHandle=handle, VisibilityTimeout=0)
        return len(failed)

    def drain(self) -> None:
        """Relay and work until all is quiet; nothing may fail."""
        while self.relay():
            assert self.work() == 0

    def dead_letters(self, name: str) -> list[Any]:
        """Read a dead-letter queue ("relay" for the relay's own)."""
        queue = "relay-dlq" if name == "relay" else f"{name}-dlq"
        return [text(message["Body"]) for message in self.receive(self.url("notices", queue))]

    def agency_inbox(self, unit: str) -> list[dict[str, Any]]:
        """Take everything out of an agency's queue; each message is signed and as docs/asyncapi.json says."""
        url = f"{self.deps.settings.agency_queue_prefix}{unit}"
        found = []
        keys = {key.kid: key.jwk for key in self.deps.centre_keys.shown(self.deps.clock.now())}
        while messages := self.receive(url):
            found += [json.loads(message["Body"]) for message in messages]
            for message in messages:
                msgspec.json.decode(message["Body"], type=TOLD)
                assert believed(message, keys)
                self._sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    def reply(self, body: Any) -> None:
        """Put an agency's message on the replies queue; a dictionary is signed by the unit it names."""
        is_message = isinstance(body, dict)
        self.post("replies", signed(body, body["unit"], self.deps.clock.now()) if is_message else body)

    def post(self, name: str, body: Any) -> None:
        """Put a message on a worker's queue."""
        words = body if isinstance(body, str) else json.dumps(body)
        self._sqs.send_message(QueueUrl=self.url(name), MessageBody=words)

    def mails(self, to: str = "") -> list[dict[str, Any]]:
        """Return the mails sent so far, all or those to one address: to, subject, body (its words), links."""
        sent = get_backend("sesv2")[ACCOUNT][REGION].core_backend.sent_messages
        found = [
            {
                "to": m.destinations["ToAddresses"],
                "subject": m.subject,
                "body": words(m.body),
                "links": [html.unescape(link) for link in re.findall(r'href="([^"]+)"', m.body)],
            }
            for m in sent
        ]
        return [mail for mail in found if not to or mail["to"] == [to]]

    def texts(self) -> list[tuple[str, str]]:
        """Return the SMS sent so far: (number, text)."""
        return [(number, said) for number, said, *_ in get_backend("sns")[ACCOUNT][REGION].sms_messages.values()]

    def url(self, name: str, queue: str = "") -> str:
        """Return the URL of a worker's queue, or of another one beside it."""
        url = str(getattr(self.deps.settings, f"{name}_queue_url"))
        return f"{url.removesuffix(name)}{queue}" if queue else url

    def receive(self, url: str) -> list[dict[str, Any]]:
        """Receive a batch."""
        asked = {"QueueUrl": url, "MaxNumberOfMessages": FULL, "MessageAttributeNames": ["All"]}
        return self._sqs.receive_message(**asked).get("Messages", [])  # type: ignore[no-any-return]

    @property
    def _sqs(self) -> Any:
        return self.cloud("sqs")

    def _batch(self, name: str, failed: dict[str, str]) -> int:
        messages = self.receive(self.url(name))
        bad = invoke(name, messages) if messages else set()
        for message in messages:
            handle = message["ReceiptHandle"]
            if message["MessageId"] in bad:
                failed[handle] = name
            else:
                self._sqs.delete_message(QueueUrl=self.url(name), ReceiptHandle=handle)
        return len(messages)


def invoke(name: str, messages: list[dict[str, Any]]) -> set[str]:
    """Let a worker handle a batch, as SQS would; returns the ids of the messages that failed."""
    records = [{"messageId": message["MessageId"], "body": message["Body"]} for message in messages]
    answer = WORKERS[name]({"Records": records}, Context())
    return {one["itemIdentifier"] for one in answer["batchItemFailures"]}


def record(code: str, sk: str, kind: str, name: str = "INSERT") -> Record:
    """Make a record as the stream of the case table does."""
    image = {"kind": {"S": kind}}
    said = {"Keys": {"pk": {"S": code}, "sk": {"S": sk}}, "NewImage": image, "SequenceNumber": f"{code}-{sk}"}
    return {"eventName": name, "dynamodb": said}


def words(page: str) -> str:
    """Return what a reader of an HTML mail reads, on one line."""
    bare = re.sub(r"<[^>]+>", " ", page.partition("<body")[2].partition(">")[2])
    return " ".join(html.unescape(bare).split())


def text(body: str) -> Any:
    """Return a message's JSON, or its words when it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return body
