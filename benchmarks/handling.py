"""`POST /v1/cases` in this process, the network stubbed: our own work against the one write it must make."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSResponse

from benchmarks import centre
from benchmarks.startup import PLACE
from benchmarks.table import Line, compared

RUNS, CALLS, LIMIT = 7, 200, 4.0


class Empty:
    """An empty answer of DynamoDB."""

    def stream(self, *_: object, **__: object) -> list[bytes]:
        """Give the body."""
        return [b"{}"]


def lines() -> list[Line]:
    """Measure handler and bare write by turns, in CPU time; a request that makes any other call is an error."""
    os.environ.update(PLACE)
    deps = centre.deps()
    deps.keys.__dict__["_key"] = b"k" * 64
    deps.calendar.__dict__["_read_at"] = float("inf")  # as for half a minute after it was read
    client, sent = deps._dynamo, []  # noqa: SLF001 the one client of all tables
    client.meta.events.register(
        "provide-client-params.dynamodb.*", lambda params, model, **_: sent.append((model, params))
    )
    client.meta.events.register_first("before-send.dynamodb.*", _answer)
    intake, nothing = centre.event("POST", "/v1/cases", centre.CASE), centre.event("GET", "/v1/health")
    centre.handled(intake)
    [(model, write)] = sent
    if model.name != "TransactWriteItems":
        raise SystemExit(f"bench: an intake is one transaction, not {model.name}")

    def bare() -> None:
        client.transact_write_items(**write)

    kinds = (lambda: centre.handled(intake), bare, lambda: centre.handled(nothing))
    rounds = [[cpu(kind) for kind in kinds] for _ in range(RUNS + 1)][1:]
    whole, one, idle = (statistics.median(column) for column in zip(*rounds, strict=True))
    what = f"POST /v1/cases in-process, CPU / its one write of {len(write['TransactItems'])} items"
    return [
        compared(what, whole, one, "ms", limit=LIMIT),
        compared("GET /v1/health in-process, CPU / that write", idle, one, "ms"),
    ]


def cpu(call: Callable[[], object], calls: int = CALLS) -> float:
    """Return milliseconds of CPU a call."""
    began = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - began) / calls * 1000


def _answer(request: Any, **_: object) -> AWSResponse:
    return AWSResponse(request.url, 200, {}, Empty())
