"""News on the local stack: how soon an agency has its case and a sender the answer; dead neighbours; a burst."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import burst
from benchmarks.agencies import AT_ONCE, POST, Exchange, eventually
from benchmarks.centre import CASE
from benchmarks.table import Line, compared
from examples.client import Centre
from infra.local_stack import LocalStack

WARM_UP, CASES, PAUSE = 20, 100, 0.2  # five a second
ASSIGNED, ANSWERED = 3.0, 5.0  # seconds until the agency has it, until the answer is sent
NEIGHBOURS = 3.0  # times as long it may take beside a dead agency
LIVING, DEAD = (POST, "so_tu_phap"), "so_tai_nguyen_moi_truong"
PATIENCE = 90  # seconds until a message counts as lost


@dataclass(frozen=True, slots=True)
class Sent:
    """A case brought to a unit: `asked` is when the command that did it was sent, seconds since 1970."""

    code: str
    unit: str
    mail: str
    asked: float


def lines() -> list[Line]:
    """Start the local stack in a folder of its own; measure; stop."""
    with tempfile.TemporaryDirectory() as folder, LocalStack(Path(folder)) as stack:
        exchange = Exchange(stack.description)
        desk = Desk(exchange)
        desk.paced(WARM_UP, "warm", LIVING)
        quiet, answered = desk.paced(CASES, "quiet", LIVING)
        told = burst.lines(exchange)
        exchange.aws("sqs").delete_queue(QueueUrl=stack.description["agency_queues"][DEAD])
        beside, still = desk.paced(CASES, "beside", (*LIVING, DEAD))
    pace = f"{CASES} cases, 5 a second"
    return [
        compared(f"assigned message in the agency's queue: p95 of {pace} / limit", quiet, ASSIGNED, "s", limit=1),
        compared("answer's mail after the Post's result: p95 of these / limit", answered, ANSWERED, "s", limit=1),
        compared(
            "  … assigned, while a third agency's queue is gone / all there", beside, quiet, "s", limit=NEIGHBOURS
        ),
        compared("  … answer's mail, the same", still, answered, "s", limit=NEIGHBOURS),
        *told,
    ]


class Desk:
    """Sends cases, by turns to the Post, which they reach by themselves, and to departments."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange, self._citizen = exchange, Centre(exchange.stack["base_url"])
        self._doors: dict[str, Centre] = {}
        for user in exchange.stack["users"]:
            if user["role"] in ("operator", "officer"):
                self._doors[user["unit"]] = self._citizen.log_in(user["username"], user["password"])

    def paced(self, count: int, name: str, units: tuple[str, ...]) -> tuple[float, float]:
        """Send `count` cases, five a second: p95 of the seconds until a living agency has it, until the answer."""
        with self._exchange.working(*LIVING), ThreadPoolExecutor(AT_ONCE) as pool:
            began, sending = time.monotonic(), []
            for number in range(count):
                time.sleep(max(0.0, began + number * PAUSE - time.monotonic()))
                to = units[number % len(units)], f"{name}{number}@example.com"
                sending.append(pool.submit(self._send, *to))
            sent = [done for one in sending if (done := one.result()).unit in LIVING]
            reported = self._exchange.reported
            eventually(lambda: reported.keys() >= {one.code for one in sent}, "assigned", PATIENCE)
        return p95(self._exchange.assigned[one.code] - one.asked for one in sent), p95(self._answers(sent))

    def _send(self, unit: str, mail: str) -> Sent:
        sender: dict[str, Any] = {**CASE["sender"], "email": mail}  # type: ignore[dict-item] # it is a dict
        asked = time.time()
        code = self._citizen.send(CASE | {"sender": sender, "kind": "service" if unit == POST else "question"})["code"]
        if unit != POST:
            self._doors["tong_dai"].act(code, "forward", unit=unit)
            asked = time.time()
            self._doors[unit].act(code, "forward-to-agency")
        return Sent(code, unit, mail, asked)

    def _answers(self, sent: list[Sent]) -> list[float]:
        """Return the seconds from each result of the Post to the mail with the answer."""
        reported = {one.mail: self._exchange.reported[one.code] for one in sent if one.unit == POST}
        found: dict[str, float] = {}

        def all_there() -> bool:
            found.update((to, at) for to, at in self._exchange.answers() if to in reported)
            return len(found) == len(reported)

        eventually(all_there, "answers", PATIENCE)
        return [found[mail] - at for mail, at in reported.items()]


def p95(times: Iterable[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
