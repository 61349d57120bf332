"""What a sweep costs and how late it is: by the deployed code on moto, and by calculation where moto ends.

The cost follows what is due, not what is open: each line of the list of alarms that is due is read once, and the case
behind it. So a thousand open cases and a hundred thousand must cost the same, and the rest may be calculated.
"""

from __future__ import annotations

import gc
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from moto.dynamodb import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table as MotoTable

from benchmarks import scale
from benchmarks.centre import REGION, STAGE
from benchmarks.operations import Table, cloud
from benchmarks.scale import DUE, Cost
from benchmarks.table import Line
from benchmarks.units import Meter
from chalicelib.adapters.dynamo import alarms, codec
from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from chalicelib.domain import commands as cmd
from chalicelib.domain import stages
from chalicelib.domain.actors import SENDER, SYSTEM, Actor, Role, Sender
from chalicelib.domain.case_code import NUMBERS, from_number
from chalicelib.domain.decide import decide
from chalicelib.domain.eligibility import Matter
from chalicelib.entrypoints import schedules
from chalicelib.ports import Commit
from infra.names import named

OPEN, MINUTES = (1_000, 10_000, 100_000), 3
SAME, P99 = 1.1, 70.0
ACCOUNT = "123456789012"
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
AFTERNOON = MORNING + timedelta(hours=7)  # what comes at nine to an officer is due at four
MATTER = Matter(
    "Đăng ký khai sinh cho con",
    "Tôi muốn hỏi thủ tục đăng ký khai sinh cho con cần những giấy tờ gì, nộp ở đâu?",
    Sender(name="Bùi Thị Hoa", phone="+84912345678", email="hoa@example.com", address="Tổ 5, phường Phương Lâm"),
)
TICK = {"version": "0", "account": ACCOUNT, "region": REGION, "detail": {}, "source": "aws.events", "resources": []} | {
    "detail-type": "Scheduled Event",
    "time": "2026-11-23T02:00:00Z",
    "id": "1",
}


class RunningClock:
    """Keeps the port Clock: runs from where it is put."""

    def __init__(self) -> None:
        self.put(MORNING)

    def put(self, at: datetime) -> None:
        self._at, self._since = at, time.perf_counter()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.perf_counter() - self._since)


def lines() -> list[Line]:
    """Compare the cost of a sweep at each number of open cases, and say how long what is true waits to be written."""
    waits, costs = _measured()
    least = OPEN[0]
    found = [
        scale.held(f"{what} of a sweep of {DUE} at {count:,} open / at {least:,}", *pair, limit=SAME)
        for count in OPEN[1:]
        for name, what in (("calls", "calls"), ("read", "read units"), ("written", "write units"))
        for pair in [(getattr(costs[count], name), getattr(costs[least], name))]
    ]
    found += scale.checked(costs[least])
    p99, median = (waits[int(len(waits) * part)] for part in (0.99, 0.5))
    what = f"true to flagged: p99 of {len(waits)}, {DUE} a minute, in seconds"
    return [*found, Line(what, f"{p99:.1f} s", f"median {median:.1f} s", p99, P99)]


def tables() -> list[Table]:
    """Give what was measured, and what follows from it."""
    _, costs = _measured()
    return [scale.measured(costs), scale.calculated(costs[OPEN[-1]])]


@cache
def _measured() -> tuple[list[float], dict[int, Cost]]:
    """Return the sorted seconds from true to flagged, and the costs by number of open cases."""
    schedules.SWEEPERS, schedules.SWEEP_SECONDS = 1, 600  # moto is not thread-safe, and slow with many items
    _hurry()
    with cloud() as (deps, meter):
        deps.__dict__["clock"] = RunningClock()
        store = dynamodb_backends[ACCOUNT][REGION].get_table(named(STAGE, "cases"))
        waits = _waits(deps)
        return waits, {count: _cost(deps, meter, store, count) for count in OPEN}


def _hurry() -> None:
    """Make moto quick: it copies tables to undo transactions, and compares every item of a table in every query."""
    gc.disable()  # it would walk through a hundred thousand items again and again
    MotoTable.__deepcopy__ = lambda table, _: table  # no transaction fails here
    DynamoType.__eq__ = lambda one, other: one.value == other.value and one.type == other.type
    DynamoType.__ne__ = lambda one, other: one.value != other.value or one.type != other.type
    DynamoType.__lt__ = lambda one, other: one.value < other.value  # every key is a text


def _waits(deps: Any) -> list[float]:
    """Let so many become due a minute, evenly, and sweep every minute, by a clock that runs while the sweep does."""
    flagged: dict[str, datetime] = {}
    due = {}
    for number in range(MINUTES * DUE):
        change = _about_to_be_late(deps, number, MORNING + timedelta(minutes=number / DUE))
        due[change.case.code] = change.alarm_at
        deps.cases.commit(change)
    commit = deps.cases.commit

    def noting(change: Commit) -> None:
        commit(change)
        flagged[change.case.code] = deps.clock.now()

    deps.cases.commit = noting
    for minute in range(1, MINUTES + 2):
        _sweep(deps, AFTERNOON + timedelta(minutes=minute))
    deps.cases.commit = commit
    if flagged.keys() != due.keys():
        raise SystemExit(f"bench: {len(flagged)} of {len(due)} flagged")
    return sorted((flagged[code] - due[code]).total_seconds() for code in due)


def _cost(deps: Any, meter: Meter, store: Any, count: int) -> Cost:
    """Sweep so many due among so many open; the others have alarms of the days after."""
    store.items.clear()
    changes = [_about_to_be_late(deps, number, MORNING) for number in range(DUE)]
    for change in changes:
        deps.cases.commit(change)
    kept = {name: value for name, value in _head(changes[0]).items() if name in ("sk", "body", "version")}
    for number in range(DUE, count):
        code = _code(number)
        key, at = alarms.line(code, AFTERNOON + timedelta(hours=1, seconds=number)) or ("", "")
        store.put_item({**kept, "pk": {"S": code}, "alarm_key": {"S": key}, "alarm_at": {"S": at}})
    meter.reset()
    _sweep(deps, AFTERNOON + timedelta(minutes=1))
    cost = Cost(sum(meter.calls.values()), meter.read, meter.written)
    if any(codec.instant(change.alarm_at) in _head(change)["alarm_at"]["S"] for change in changes):
        raise SystemExit("bench: the sweep left something")
    return cost


def _sweep(deps: Any, at: datetime) -> None:
    deps.clock.put(at)
    schedules.sweep(TICK, None)


def _head(change: Commit) -> dict[str, dict[str, str]]:
    head: dict[str, dict[str, str]] = CaseItem.get(change.case.code, HEAD).serialize()
    return head


def _about_to_be_late(deps: Any, number: int, received: datetime) -> Commit:
    """Make the case of an officer who has been reminded: the next thing its clock makes true is lateness."""
    case, history = None, []
    code, rules = _code(number), deps.regulation
    operator = Actor(Role.OPERATOR, "tong_dai", "dtv01")
    receive = cmd.Receive(matter=MATTER, kind="question", about=None, channel="web", field="ho_tich")
    course = [(receive, SENDER, received), (cmd.ForwardToOfficer(unit="so_tu_phap"), operator, received)]
    course.append((cmd.Watch(), SYSTEM, received + timedelta(hours=6)))
    for command, actor, at in course:
        made = decide(case, command, actor=actor, code=code, regulation=rules, now=at)
        case, history = made.case, [*history, *made.history]
    assert case is not None
    alarm = stages.next_alarm(case, rules)
    return Commit(case, history, "", 0, alarm, MATTER.sender, deps.keys.sender(MATTER.sender.phone))


def _code(number: int) -> str:
    return from_number(number * 61_803_398_875 % NUMBERS)  # spread as random ones are
