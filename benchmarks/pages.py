"""What people see against what programs get: a page and the API calls behind it, on the same cases, in this process.

The answers of AWS are moto's, kept from the first time, so that only our own work is measured.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from botocore.awsrequest import AWSResponse
from moto.core.models import botocore_stubber

from benchmarks import centre
from benchmarks.busy import ADMIN, ROWS, busy
from benchmarks.handling import cpu
from benchmarks.operations import LEADER, OPERATOR, made, resources
from benchmarks.startup import PLACE
from benchmarks.table import Line, compared
from chalicelib.adapters import aws
from chalicelib.usecases.open_content import give_pass

RUNS, CALLS, LIMIT = 7, 20, 2.0


@dataclass(frozen=True)
class Pair:
    """A page, and the calls of the API that give what it shows; where none gives it all, no limit holds it to them."""

    what: str
    page: dict[str, Any]
    calls: Sequence[dict[str, Any]]
    all_of_it: bool = True


def lines() -> list[Line]:
    """Measure each page and its API calls by turns, in CPU time."""
    os.environ.update(PLACE)
    with resources() as (_, settings):
        memory, deps = Memory(), made(settings)
        code, posting = busy(deps)
        memory.awake = True
        return [_line(pair) for pair in (*_public(code, posting, deps), *_desk(code), *_administrators())]


def _public(code: str, posting: str, deps: Any) -> list[Pair]:
    get, one = partial(centre.event, "GET"), {"posting": posting}
    units = get("/v1/desk/units", token=OPERATOR)
    opened = get("/theo-doi/{code}", code=code, cookie=f"ho_so={give_pass(code, deps)}")
    content = get("/v1/cases/{code}/content", code=code, pin=deps.keys.pin(code))
    about, told = get("/v1/centre"), get("/v1/desk/tallies", token=OPERATOR)
    shown = get("/cong-khai/{posting}", **one)
    return [
        Pair("/ / GET /v1/centre; no hours", get("/"), [about], all_of_it=False),
        Pair("/gui / GET /v1/centre, which has no fields", get("/gui"), [about], all_of_it=False),
        Pair("/lien-he / GET /v1/centre, desk/units; no hours", get("/lien-he"), [about, units], all_of_it=False),
        Pair("/cong-khai / GET /v1/board, desk/units", get("/cong-khai"), [get("/v1/board"), units]),
        Pair("/cong-khai/{id} / GET /v1/board/{id}", shown, [get("/v1/board/{posting}", **one)]),
        Pair("/thong-ke, six months / GET /v1/desk/tallies, one", get("/thong-ke"), [told]),
        Pair(
            "/theo-doi/{code} / GET /v1/cases/{code}",
            get("/theo-doi/{code}", code=code),
            [get("/v1/cases/{code}", code=code)],
        ),
        Pair("the same with its PIN / GET /v1/cases/{code}/content", opened, [content]),
    ]


def _desk(code: str) -> list[Pair]:
    see, ask = _seen(OPERATOR), partial(centre.event, "GET", token=OPERATOR)
    overview = ("tallies", "risk", "cases?limit=50", "phoning", "duties", "late?unit=so_tu_phap", "late?unit=so_y_te")
    return [
        Pair(
            f"worklist / GET /v1/desk/cases, {ROWS} rows",
            see("/ban-lam-viec/ho-so"),
            [ask(f"/v1/desk/cases?limit={ROWS}")],
        ),
        Pair(
            "case with eight forms / GET /v1/desk/cases/{code}, without",
            see("/ban-lam-viec/ho-so/{code}", code=code),
            [ask("/v1/desk/cases/{code}", code=code)],
            all_of_it=False,
        ),
        Pair(
            "leadership / tallies, risk, cases, phoning, duties, late × 2",
            _seen(LEADER)("/ban-lam-viec/lanh-dao"),
            [centre.event("GET", f"/v1/desk/{name}", token=LEADER) for name in overview],
        ),
    ]


def _administrators() -> list[Pair]:
    return [
        Pair(
            f"{what} / GET /v1/desk/ {', '.join(calls)}",
            _seen(ADMIN)(f"/ban-lam-viec/quan-tri/{path}"),
            [centre.event("GET", f"/v1/desk/{call}", token=ADMIN) for call in calls],
            all_of_it=path != "lich",
        )
        for what, path, calls in (
            ("dead letters", "thong-diep", ["dead-letters"]),
            ("accounts", "tai-khoan", ["accounts"]),
            ("agencies", "co-quan", ["units", "keys", "exchange/rejections", "dead-letters"]),
            ("letters", "mau-thu", ["letters"]),
            ("a year's days", "lich", ["calendar", "calendar/changes"]),
        )
    ]


def _seen(who: str) -> partial[dict[str, Any]]:
    return partial(centre.event, "GET", cookie=f"__Host-access={who}; __Host-refresh=bench")


def _line(pair: Pair) -> Line:
    kinds = (partial(centre.answered, pair.page), lambda: [centre.answered(call) for call in pair.calls])
    rounds = [[cpu(kind, CALLS) for kind in kinds] for _ in range(RUNS + 1)][1:]
    shown, told = (statistics.median(column) for column in zip(*rounds, strict=True))
    return compared(pair.what, shown, told, "ms", limit=LIMIT if pair.all_of_it else None)


class Memory:
    """Answers what was asked before as it was answered then; for clients that are made from now on."""

    def __init__(self) -> None:
        self.awake = False  # until everything is made, each answer is moto's
        self._kept: dict[tuple[str, bytes], AWSResponse] = {}
        botocore_stubber.enabled = False  # botocore asks every handler, also when one has answered
        aws.session().get_component("event_emitter").register("before-send", self._answer)

    def _answer(self, event_name: str, request: Any, **_: object) -> AWSResponse:
        asked = request.headers.get("X-Amz-Target", request.url), request.body
        if not self.awake or asked not in self._kept:
            botocore_stubber.enabled = True
            self._kept[asked] = botocore_stubber(event_name=event_name, request=request)
            botocore_stubber.enabled = False
        return self._kept[asked]
