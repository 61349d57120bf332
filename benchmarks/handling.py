"""`POST /v1/cases` in this process, the network stubbed: our own work against the one write it must make."""

from __future__ import annotations

import io
import json
import os
import statistics
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any
from unittest import mock

from botocore.awsrequest import AWSResponse

from app import app
from benchmarks.door import CASE
from benchmarks.startup import PLACE
from benchmarks.table import Line, compared
from chalicelib import bootstrap, config

RUNS, CALLS, LIMIT = 7, 200, 4.0
EVENT = {
    "requestContext": {"httpMethod": "POST", "resourcePath": "/v1/cases", "identity": {"sourceIp": "127.0.0.1"}},
    "path": "/v1/cases",
    "headers": {"Content-Type": "application/json", "Idempotency-Key": "bench"},
    "multiValueQueryStringParameters": None,
    "pathParameters": None,
    "stageVariables": None,
    "isBase64Encoded": False,
    "body": json.dumps(CASE),
}


class Context:
    """What Lambda gives a handler."""

    aws_request_id = "3f1c2b1e-8a57-4a0c-9d0c-0a4b6f0f2b11"


class Answer:
    """An empty answer of DynamoDB."""

    def stream(self, *_: object, **__: object) -> Any:
        """Give the body."""
        yield b"{}"


class FixedKeys:
    """The centre's keys without a secret store."""

    def pin(self, code: str) -> str:
        """Return six digits."""
        return code[:6]

    def sender(self, contact: str) -> str:
        """Return a name for a contact."""
        return contact


def lines() -> list[Line]:
    """Measure handler and bare write by turns, in CPU time; each request must make exactly one call."""
    with mock.patch.dict(os.environ, PLACE):
        return _measured(stubbed())


def _measured(deps: bootstrap.LiveDeps) -> list[Line]:
    sent: list[dict[str, Any]] = []
    client = deps._dynamo  # noqa: SLF001 the one client of all tables
    client.meta.events.register("before-send.dynamodb.TransactWriteItems", _answer)
    client.meta.events.register("before-parameter-build.dynamodb", lambda params, **_: sent.append(dict(params)))
    with redirect_stdout(io.StringIO()):
        handle()
        assert len(sent) == 1, f"one request made {len(sent)} calls"
        write = dict(sent[0])
        pairs = [(cpu(handle), cpu(lambda: client.transact_write_items(**write))) for _ in range(RUNS)]
        nothing = statistics.median(cpu(noop) for _ in range(RUNS))
    whole, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    items = len(write["TransactItems"])
    return [
        compared(f"POST /v1/cases in-process, CPU / its one write of {items} items", whole, bare, "ms", limit=LIMIT),
        compared("GET /v1/health in-process, CPU / that write", nothing, bare, "ms"),
    ]


def stubbed() -> bootstrap.LiveDeps:
    """Build the dependencies without any network."""
    names = config.Settings.__dataclass_fields__
    settings = config.Settings(**{name: "hoa_binh" if name == "regulation" else "bench" for name in names})
    deps = bootstrap.LiveDeps(settings)
    deps.__dict__["keys"] = FixedKeys()
    bootstrap.deps = lambda: deps  # type: ignore[assignment] # for the life of this process
    return deps


def handle() -> None:
    """Send one case."""
    answer = app(EVENT, Context())
    assert answer["statusCode"] == 201, answer


def noop() -> None:
    """Ask the route that does nothing."""
    route = {"httpMethod": "GET", "resourcePath": "/v1/health", "identity": {"sourceIp": "127.0.0.1"}}
    app({**EVENT, "requestContext": route, "path": "/v1/health", "body": None}, Context())


def cpu(call: Callable[[], object]) -> float:
    """Return milliseconds of CPU a call."""
    began = time.process_time()
    for _ in range(CALLS):
        call()
    return (time.process_time() - began) / CALLS * 1000


def _answer(request: Any, **_: object) -> AWSResponse:
    return AWSResponse(request.url, 200, {"content-type": "application/x-amz-json-1.0"}, Answer())
