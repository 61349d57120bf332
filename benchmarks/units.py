"""Calls and DynamoDB request units of each operation, by the use cases on the local stack; and what they cost.

Units are reckoned from the items sent and received, as AWS bills them: a write of 1 KB is one unit, two in a
transaction, and one more for each index the item is in; a read of 4 KB is one unit, half when eventually consistent.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.door import CASE
from chalicelib import bootstrap
from chalicelib.domain import commands as cmd
from chalicelib.domain.case import SENDER, Actor, Role, Sender
from chalicelib.domain.eligibility import Matter
from chalicelib.ports import Receipt
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.count_event import count_event
from chalicelib.usecases.forward_case import forward_case
from chalicelib.usecases.receive_case import receive_case
from chalicelib.usecases.sweep_due import sweep_due
from examples.demo_history import ChosenClock
from examples.demo_stack import find
from infra.local_stack import LocalStack

# US dollars a million, us-east-1, public price lists read on 2026-11-22.
PRICES = {"write unit": 0.625, "read unit": 0.125, "Lambda and API call": 4.4, "SQS message": 0.4, "mail": 100.0}
INDEX_KEYS = ("holder_key", "alarm_key", "sender_key", "late_key", "day_key")
OPERATOR = Actor(Role.OPERATOR, "tong_dai", "bench")
COSTS = ("what", "of each a case", "US dollars")
CASES = 20


@dataclass
class Meter:
    """Counts what passes a client."""

    calls: int = 0
    written: float = 0.0
    read: float = 0.0
    asked: dict[str, Any] = field(default_factory=dict)

    def before(self, params: dict[str, Any], model: Any, **_: object) -> None:
        """See a request."""
        self.calls += 1
        self.asked = params
        for operation in params.get("TransactItems", ()):
            kind, write = next(iter(operation.items()))
            self.written += 2 * _units(write.get("Item", {}), 1024) + (_indexed(write["Item"]) if kind == "Put" else 0)
        if model.name in ("PutItem", "UpdateItem", "DeleteItem"):
            self.written += _units(params.get("Item", {}), 1024)

    def after(self, parsed: dict[str, Any], model: Any, **_: object) -> None:
        """See an answer."""
        if model.name in ("GetItem", "Query", "BatchGetItem"):
            items = parsed.get("Items") or [parsed.get("Item", {})]
            whole = 1.0 if self.asked.get("ConsistentRead") else 0.5
            self.read += whole * math.ceil(max(1, sum(map(_bytes, items))) / 4096)

    def taken(self, operation: Callable[[], object]) -> tuple[int, float, float]:
        """Run something and return calls, write units, read units."""
        self.calls, self.written, self.read = 0, 0.0, 0.0
        operation()
        return self.calls, self.written, self.read


def tables() -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Do each operation once, warm, on a local stack of our own; (title, header, rows) of units and of costs."""
    with tempfile.TemporaryDirectory() as folder, LocalStack(Path(folder)):
        scene = find(Path(folder) / "stack.json")
        deps = bootstrap.LiveDeps(scene.settings)
        meter = Meter()
        events = deps._dynamo.meta.events  # noqa: SLF001 the one client of all tables
        events.register("before-parameter-build.dynamodb", meter.before)
        events.register("after-call.dynamodb", meter.after)
        rows = [(name, *meter.taken(operation)) for name, operation in _operations(deps)]
    cells = [(name, str(calls), f"{written:g}", f"{read:g}") for name, calls, written, read in rows]
    header = ("operation", "calls", "write units", "read units")
    bill = _bill({name: (written, read) for name, _, written, read in rows})
    return [
        ("Calls to DynamoDB and request units, by our own model of item sizes:", header, cells),
        ("What 1,000 questions cost, each forwarded, answered and looked up five times:", COSTS, bill),
    ]


def _operations(deps: bootstrap.LiveDeps) -> list[tuple[str, Callable[[], object]]]:
    codes = [_receive(deps, number) for number in range(CASES + 5)]
    first = codes[0]
    deps.directory.units()
    clock = ChosenClock(deps.clock.now())
    deps.__dict__["clock"] = clock
    people = {"responsible_officer": "Trần Văn Bình", "approving_leader": "Lê Thị Minh"}

    def next_week() -> None:
        clock.at += timedelta(days=14)

    def due(limit: int) -> Callable[[], object]:
        return lambda: sweep_due(deps, limit=limit)

    sweep_due(deps, limit=500)
    return [
        ("receive", lambda: _receive(deps, -1)),
        ("forward to an officer", lambda: _forward(codes[1], deps)),
        ("answer", lambda: carry_out(first, cmd.Answer(answer="Trả lời.", **people), actor=OPERATOR, deps=deps)),
        ("progress by code", lambda: deps.cases.load(first)),
        ("case with its whole timeline", lambda: deps.cases.dossier(first)),
        ("worklist, page of 25", lambda: deps.lists.of_holder("operator", "tong_dai", limit=25, cursor="")),
        ("count one event", lambda: count_event(first, 1, deps)),
        ("sweep, nothing due", due(500)),
        ("sweep, 20 due", lambda: (next_week(), sweep_due(deps, limit=20))),
    ]


def _receive(deps: bootstrap.LiveDeps, number: int) -> str:
    sender = Sender(name="Bùi Thị Hoa", phone="+84912345678", address="Tổ 5, Phương Lâm")
    matter = Matter(str(CASE["title"]), str(CASE["content"]), sender)
    command = cmd.Receive(matter=matter, kind="question", about=None, channel="web", field="ho_tich")
    receipt = Receipt(f"bench#{number}#{deps.clock.now()}", "bench")
    return receive_case(command, actor=SENDER, receipt=receipt, deps=deps).case.code


def _forward(code: str, deps: bootstrap.LiveDeps) -> object:
    return forward_case(code, cmd.ForwardToOfficer(unit="so_tu_phap"), actor=OPERATOR, deps=deps)


def _bytes(item: dict[str, Any]) -> int:
    return sum(len(name) + len(next(iter(value.values())).encode()) for name, value in item.items() if "S" in value)


def _units(item: dict[str, Any], size: int) -> int:
    return math.ceil(max(1, _bytes(item)) / size)


def _indexed(item: dict[str, Any]) -> int:
    return sum(_units(item, 1024) for key in INDEX_KEYS if key in item)


def _bill(units: dict[str, tuple[float, float]]) -> list[tuple[str, ...]]:
    path = ["receive", "forward to an officer", "answer", *["count one event"] * 3, *["progress by code"] * 5]
    written, read = (sum(units[name][part] for name in path) for part in (0, 1))
    parts = {
        "write unit": written,
        "read unit": read,
        "Lambda and API call": 8 + 6,  # requests, and workers for three events
        "SQS message": 6 * 3,  # sent, received, deleted
        "mail": 3,
    }
    rows = [(name, f"{count:g}", f"{count * PRICES[name] / 1000:.4f}") for name, count in parts.items()]
    return [*rows, ("together", "", f"{sum(count * PRICES[name] for name, count in parts.items()) / 1000:.4f}")]
