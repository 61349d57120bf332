"""Eight sweepers as Lambda runs them: processes that may die at any AWS call and are replaced by new ones.

As a program, `python -m tests.stress.sweepers SEED CHANCE MINUTE ...`, it keeps them going at each of the given minutes
until nothing is due, and writes a line for each thing that happened.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from botocore.exceptions import ConnectionClosedError, ReadTimeoutError

from chalicelib import bootstrap, config, observability
from chalicelib.entrypoints import schedules
from chalicelib.usecases import sweep_due
from tests.integration.deliveries import Context
from tests.integration.world import ClockStub, World
from tests.stress.sabotage import WHERE, name

assert sweep_due, "imported once, not by each sweeper"
SWEEPERS = 8
DIED = 9
DYING = 0.8  # of the failures; the others are broken lines
RARE = {"Query": 0.005, "UpdateItem": 0.03}  # chances of calls that come seldom
Tell = Callable[[str], None]


class Fate:
    """Hangs on a process's client: lets calls fail by chance, and tells which events were written."""

    def __init__(self, client: Any, dice: random.Random, chance: float, tell: Tell) -> None:
        self._dice, self._chance, self._tell = dice, chance, tell
        client.meta.events.register("before-call", self._before)
        client.meta.events.register("after-call", self._after)

    def _before(self, model: Any, params: Any, context: Any, **_: Any) -> None:
        context["asked"] = params
        self._strike("before", model, params)

    def _after(self, http_response: Any, model: Any, context: Any, **_: Any) -> None:
        if model.name == "TransactWriteItems" and http_response.status_code == 200:
            self._tell(f"wrote {' '.join(events(context['asked']))}")
        self._strike("after", model, context["asked"])

    def _strike(self, when: str, model: Any, params: Any) -> None:
        if self._dice.random() >= RARE.get(model.name, self._chance):
            return
        where = f"{when} {name(model, params)}"
        if self._dice.random() < DYING:
            self._tell(f"died {where}")
            os._exit(DIED)
        self._tell(f"broke {where}")
        raise ConnectionClosedError(endpoint_url=WHERE) if when == "before" else ReadTimeoutError(endpoint_url=WHERE)


def events(params: Any) -> list[str]:
    """Return the events that a transaction puts: "code#seq"."""
    puts = [operation["Put"]["Item"] for operation in json.loads(params["body"])["TransactItems"]]
    keys = [(item["pk"]["S"], item.get("sk", {"S": ""})["S"]) for item in puts]
    return [f"{code}#{sk.removeprefix('EVENT#')}" for code, sk in keys if sk.startswith("EVENT#")]


def sweep(deps: bootstrap.LiveDeps, tell: Tell) -> None:
    """Be started again and again, until nothing is due."""
    keeper = os.getppid()
    while os.getppid() == keeper:
        try:
            schedules.sweep(World._tick(), Context())
            left = list(deps.alarms.due(deps.clock.now(), limit=1))
        except Exception as error:  # noqa: BLE001 a function that fails is started again
            tell(f"failed {type(error).__name__}")
            continue
        tell("swept")
        if not left:
            return


def begin(deps: bootstrap.LiveDeps, dice: random.Random, chance: float, tell: Tell) -> int:
    """Start a sweeper in a process of its own; returns its id."""
    if child := os.fork():
        return child
    try:
        Fate(deps._dynamo, dice, chance, tell)
        sweep(deps, tell)
        os._exit(0)
    except BaseException as error:  # noqa: BLE001 nothing of the parent's may go on here
        tell(f"lost {error!r}")
    os._exit(1)


def keep(deps: bootstrap.LiveDeps, seed: str, chance: float, tell: Tell) -> None:
    """Start the sweepers and put a new one in the place of each that dies."""
    alive = {begin(deps, random.Random(f"{seed}/{number}"), chance, tell) for number in range(SWEEPERS)}
    for life in count(SWEEPERS):
        if not alive:
            return
        child, status = os.wait()
        alive.remove(child)
        if os.waitstatus_to_exitcode(status) == DIED:
            alive.add(begin(deps, random.Random(f"{seed}/{life}"), chance, tell))


def warm(clock: ClockStub) -> bootstrap.LiveDeps:
    """Make what a process needs, before it is divided; a connection in it would be everybody's."""
    deps = bootstrap.LiveDeps(config.load())
    deps.__dict__["clock"] = clock
    for part in ("regulation", "cases", "alarms", "inbox", "watermarks"):
        getattr(deps, part)
    deps._dynamo.close()
    observability.logger()
    bootstrap.deps = lambda: deps  # type: ignore[assignment]
    return deps


def main(seed: str, chance: str, *minutes: str) -> None:
    """Read the settings as a function does, from the environment; the minutes are given."""
    report = os.dup(1)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 as long as the process

    def tell(line: str) -> None:
        os.write(report, f"{line}\n".encode())

    for minute in map(datetime.fromisoformat, minutes):
        keep(warm(ClockStub(minute)), f"{seed}/{minute:%M}", float(chance), tell)


if __name__ == "__main__":
    main(*sys.argv[1:])
