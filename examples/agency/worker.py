"""One round: receive and keep, answer, send. Every step may be cut short anywhere and is taken up by the next round."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable
from typing import Any, Protocol

from .signatures import KeysAwayError, NotTheCentreError
from .store import Message, Store, code_of

log = logging.getLogger("agency")  # ids, types and codes; never what a citizen wrote
LARGEST = 256 * 1024  # bytes that SQS takes
Answer = Callable[[Message, Message | None, Message | None], list[Message]]


class Queues(Protocol):
    """Our queue and the centre's."""

    def receive(self) -> list[Any]:
        """Return up to ten messages as SQS gives them."""

    def delete(self, received: Any) -> None:
        """Delete one."""

    def send(self, body: str) -> None:
        """Put one on the replies queue."""


class Verifier(Protocol):
    """Who tells the centre from others."""

    def verify(self, body: str, signature: str) -> None:
        """Return if the centre signed this."""


class Worker:
    """Moves messages between the queues and the store; `answer` decides what is said, `sign` signs it."""

    def __init__(
        self, unit: str, queues: Queues, centre: Verifier, sign: Callable[[Message], str], store: Store, answer: Answer
    ) -> None:
        self._unit, self._queues, self._centre = unit, queues, centre
        self._sign, self._store, self._answer = sign, store, answer

    def round(self) -> None:
        """Do everything once; raises what the queues raise."""
        self.receive()
        self.reply()
        self.send()

    def receive(self) -> None:
        """Keep what the centre said, then delete it from the queue. What cannot be verified is left there."""
        for received in self._queues.receive():
            try:
                message = self._opened(received)
            except NotTheCentreError as error:  # after five tries the centre's people see it
                log.warning("not believed: %s (%s)", received["MessageId"], error)
                continue
            except KeysAwayError:
                log.warning("the centre's keys cannot be fetched; the message comes back")
                return
            new = self._store.hear(message)
            self._queues.delete(received)
            log.info("heard %s %s%s", message["type"], message["message_id"], "" if new else " (again)")

    def reply(self) -> None:
        """Decide on everything that is new. One that we fail on is put aside for people, and not in the others' way."""
        for message in self._store.new():
            try:
                self._store.answer(message["message_id"], map(self._whole, self._replies(message)))
            except Exception as error:  # noqa: BLE001 whatever it is; its text may hold a citizen's words
                log.error("aside: %s %s (%s)", message["type"], message["message_id"], type(error).__name__)
                self._store.answer(message["message_id"], [], state="aside")

    def send(self) -> None:
        """Send what waits. Where it is not sure that one arrived it is sent again, under its message_id."""
        for reply in self._store.waiting():
            signed = self._sign(reply)
            if len(signed) > LARGEST:  # it would stand before all others for ever
                log.error("too large: %s %s", reply["type"], reply["message_id"])
                self._store.rejected(reply["message_id"], "too_large")
                continue
            self._queues.send(signed)
            self._store.sent(reply["message_id"])
            log.info("said %s %s", reply["type"], reply["message_id"])

    def _opened(self, received: Any) -> Message:
        signature = received.get("MessageAttributes", {}).get("signature", {}).get("StringValue", "")
        self._centre.verify(received["Body"], signature)
        message: Message = json.loads(received["Body"])
        if (message["unit"], message["version"]) != (self._unit, "1"):
            raise NotTheCentreError("not for us, or of a version we do not know")
        return message

    def _replies(self, message: Message) -> list[Message]:
        rejected, code = None, code_of(message)
        if message["type"] == "message_rejected":
            rejected = self._store.rejected(message["rejected_message_id"], message["code"])
            log.warning("had no effect: %s %s", message["rejected_message_id"], message["code"])
            code = rejected["case"] if rejected else ""
        if message["type"] == "withdrawn":
            self._store.lay_down(code, message["action"])
        return self._answer(message, self._store.assignment(code), rejected)

    def _whole(self, reply: Message) -> Message:
        return {"version": "1", "message_id": str(uuid.uuid4()), "unit": self._unit, **reply}
