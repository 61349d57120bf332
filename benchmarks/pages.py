"""What people see against what programs get: a page and the API call behind it, on the same cases, in this process.

DynamoDB's answers are moto's, kept from the first time, so that only our own work is measured.
"""

from __future__ import annotations

import os
import statistics
from functools import partial
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.core.models import botocore_stubber

from benchmarks import centre
from benchmarks.handling import cpu
from benchmarks.operations import OPERATOR, made, resources
from benchmarks.startup import PLACE
from benchmarks.table import Line, compared
from chalicelib.adapters import aws
from chalicelib.usecases.open_content import give_pass

RUNS, CALLS, LIMIT = 7, 20, 2.0
ROWS = 50  # of the page of a worklist; one more is open


def lines() -> list[Line]:
    """Measure each page and its API call by turns, in CPU time."""
    os.environ.update(PLACE)
    with resources() as (_, settings):
        kept: dict[tuple[str, bytes], AWSResponse] = {}
        _remember(kept)
        deps = made(settings)
        codes = [centre.handled(centre.event("POST", "/v1/cases", centre.CASE))["code"] for _ in range(ROWS + 1)]
        kept.clear()
        return [_line(what, *pair) for what, *pair in _pairs(codes[0], deps)]


def _pairs(code: str, deps: Any) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    opened = f"ho_so={give_pass(code, deps)}"
    desk = f"__Host-access={OPERATOR}; __Host-refresh=bench"
    return [
        (
            "GET /theo-doi/{code} / GET /v1/cases/{code}",
            centre.event("GET", "/theo-doi/{code}", code=code),
            centre.event("GET", "/v1/cases/{code}", code=code),
        ),
        (
            "the same, opened with its PIN / GET /v1/cases/{code}/content",
            centre.event("GET", "/theo-doi/{code}", code=code, cookie=opened),
            centre.event("GET", "/v1/cases/{code}/content", code=code, pin=deps.keys.pin(code)),
        ),
        (
            f"GET /ban-lam-viec/ho-so / GET /v1/desk/cases, {ROWS} rows",
            centre.event("GET", "/ban-lam-viec/ho-so", cookie=desk),
            centre.event("GET", f"/v1/desk/cases?limit={ROWS}", token=OPERATOR),
        ),
    ]


def _line(what: str, page: dict[str, Any], call: dict[str, Any]) -> Line:
    kinds = (partial(centre.answered, page), partial(centre.answered, call))
    rounds = [[cpu(kind, CALLS) for kind in kinds] for _ in range(RUNS + 1)][1:]
    shown, told = (statistics.median(column) for column in zip(*rounds, strict=True))
    return compared(f"{what}, CPU", shown, told, "ms", limit=LIMIT)


def _remember(kept: dict[tuple[str, bytes], AWSResponse]) -> None:
    """Answer what was asked before as it was answered then; for clients that are made from now on."""
    botocore_stubber.enabled = False  # botocore asks every handler, also when one has answered

    def answer(event_name: str, request: Any, **_: object) -> AWSResponse:
        asked = request.headers["X-Amz-Target"], request.body
        if asked not in kept:
            botocore_stubber.enabled = True
            kept[asked] = botocore_stubber(event_name=event_name, request=request)
            botocore_stubber.enabled = False
        return kept[asked]

    aws.session().get_component("event_emitter").register("before-send.dynamodb", answer)
