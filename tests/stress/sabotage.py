"""Let one AWS call of one handler fail, before or after it took effect, in two ways: the process dies, or the line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

OUTSIDE = ("sesv2.SendEmail", "sns.Publish", "sqs.SendMessage agency")  # effects outside the store
CONFIRM = "dynamodb.UpdateItem inbox"
WHERE = "https://aws.test"


class DiedError(BaseException):
    """The process is gone: no handler of ours may catch this."""


@dataclass(frozen=True, slots=True)
class Call:
    """One AWS call: who made it, and the calls of the same invocation up to it, repeats left out."""

    number: int
    handler: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.path[-1]

    def in_the_window(self, how: str) -> bool:
        """True where a letter or message may be told twice: it was sent, and that was not confirmed."""
        if self.name in OUTSIDE:
            return how.endswith("after")
        return self.name == CONFIRM and how.endswith("before")


HOW = ("dies before", "dies after", "line breaks before", "line breaks after")


class Saboteur:
    """Hangs on the clients; records every call of a handler, and spoils one."""

    def __init__(self, clients: list[Any]) -> None:
        self.calls: list[Call] = []
        self._point, self._how = -1, ""
        self._handler, self._path = "", [""]
        for client in clients:
            client.meta.events.register("before-call", self._before)
            client.meta.events.register("after-call", self._after)
        self._clients = clients

    def leave(self) -> None:
        """Let the clients be."""
        for client in self._clients:
            client.meta.events.unregister("before-call", self._before)
            client.meta.events.unregister("after-call", self._after)

    @property
    def struck(self) -> bool:
        """True when nothing is left to spoil."""
        return self._point < 0

    def begin(self, point: int = -1, how: str = "") -> None:
        """Start counting anew; the call with the number `point` will fail, once."""
        self.calls, self._point, self._how = [], point, how

    @contextmanager
    def watching(self, handler: str) -> Iterator[None]:
        """Everything that is called inside belongs to a handler."""
        self._handler, self._path = handler, []
        try:
            yield
        finally:
            self._handler = ""

    def _before(self, model: Any, params: Any, **_: Any) -> None:
        if not self._handler:
            return
        self._path.append(name(model, params))
        path = tuple(key for key, _ in groupby(self._path))
        self.calls.append(Call(len(self.calls), self._handler, path))
        self._fail("before")

    def _after(self, **_: Any) -> None:
        if self._handler:
            self._fail("after")

    def _fail(self, when: str) -> None:
        if len(self.calls) - 1 != self._point or not self._how.endswith(when):
            return
        self._point = -1
        if self._how.startswith("dies"):
            raise DiedError
        raise ConnectionClosedError(endpoint_url=WHERE) if when == "before" else ReadTimeoutError(endpoint_url=WHERE)


def name(model: Any, params: Any) -> str:
    """Name a call and what it is about: "dynamodb.GetItem cases", "sqs.SendMessage agency", "s3.PutObject cases"."""
    service = model.service_model.service_name
    if service == "s3":
        return f"s3.{model.name} {params['url_path'].split('/')[1]}"
    body = params.get("body") or "{}"
    asked = body if isinstance(body, dict) else json.loads(body)
    about = asked.get("TableName") or asked.get("QueueUrl") or next(iter(asked.get("RequestItems", {})), "")
    word = "agency" if "-agency-" in about else about.rpartition("-")[2]
    return f"{service}.{model.name} {word}".strip()
