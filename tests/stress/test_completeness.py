"""The sweep is complete: ten thousand overdue cases, eight sweepers at once that die at random calls, and each case is
flagged exactly once, each event is there once, none is missed, and nothing else is touched.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.dynamo import cases as adapter
from chalicelib.adapters.dynamo.alarms import ASIDE
from chalicelib.adapters.dynamo.tables import HEAD, CaseItem, InboxItem
from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.case import Case
from chalicelib.domain.commands import Watch
from chalicelib.domain.decide import decide
from chalicelib.domain.events import MarkedLate, Recorded
from chalicelib.usecases.verify_log import verify_log
from tests.builders import REGULATION, local
from tests.integration.world import World
from tests.stress.multitude import Item, Multitude, gather

CASES, POISON = int(os.environ.get("STRESS_CASES") or 10_000), 12
CHANCE = min(3 / CASES, 0.01)  # of failing: before a call, and after it
MINUTES = [local("2026-11-23 10:00") + timedelta(minutes=minute) for minute in range(4)]  # poison is looked at thrice
ROOT = Path(__file__).parents[2]
BATCH, MOST_SECONDS = 25, 3600
MADE: list[Multitude] = []
Items = dict[str, dict[str, Item]]


def multitude(world: World, seed: int) -> Multitude:
    """Gather the cases, once for all stores."""
    if not MADE:
        MADE.append(gather(world.deps.keys, seed, MINUTES[0], overdue=CASES, poison=POISON))
    return MADE[0]


def write(client: Any, items: Items) -> None:
    """Put all items into the table of cases."""
    table = CaseItem.Meta.table_name
    puts = [{"PutRequest": {"Item": item}} for of_case in items.values() for item in of_case.values()]

    def put(start: int) -> None:
        answer = client.batch_write_item(RequestItems={table: puts[start : start + BATCH]})
        assert not answer["UnprocessedItems"]

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, range(0, len(puts), BATCH)))


def scan(client: Any) -> Items:
    """Read all items of the table of cases."""
    found: Items = {}
    for page in client.get_paginator("scan").paginate(TableName=CaseItem.Meta.table_name, ConsistentRead=True):
        for item in page["Items"]:
            found.setdefault(item["pk"]["S"], {})[item["sk"]["S"]] = item
    return found


def storm(world: World, seed: int) -> list[str]:
    """Let the sweepers loose, minute by minute; returns what they tell."""
    settings = {name.upper(): value for name, value in asdict(world.deps.settings).items()}
    minutes = [minute.isoformat() for minute in MINUTES]
    command = [sys.executable, "-m", "tests.stress.sweepers", str(seed), str(CHANCE), *minutes]
    made = subprocess.run(
        command,
        check=True,
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        text=True,
        timeout=MOST_SECONDS,
    )
    told = made.stdout.splitlines()
    assert [line for line in told if line.startswith("lost")] == []
    return told


def foretold(case: Case) -> tuple[Case, tuple[Recorded, ...]]:
    """Return what the rules make of a case if it is looked at each minute, and what happens on the way."""
    history: tuple[Recorded, ...] = ()
    for now in MINUTES:
        while (made := decide(case, Watch(), actor=SYSTEM, code=case.code, regulation=REGULATION, now=now)).history:
            case, history = made.case, history + made.history
    return case, history


@dataclass
class Outcome:
    """What the cases are in the end: every event that came, and who was marked late."""

    events: list[str]
    late: Counter[str]
    untouched: int


def inspect(world: World, crowd: Multitude, after: Items) -> Outcome:
    """Hold each case to what is foretold of it, item by item."""
    outcome = Outcome([], Counter(), 0)
    for code, case in crowd.cases.items():
        if code in crowd.poison:
            assert_set_aside(crowd.ledger.items[code], after[code])
            continue
        end, happened = foretold(case)
        outcome.events += [recorded.id for recorded in happened]
        outcome.late.update(recorded.code for recorded in happened if isinstance(recorded.event, MarkedLate))
        outcome.untouched += not happened
        assert_only_added(crowd.ledger.items[code], after[code], happened)
        dossier = world.deps.cases.dossier(code)
        assert (dossier.case, dossier.history[case.version :]) == (end, happened)
        assert verify_log(code, world.deps) == ()
    return outcome


def assert_only_added(before: dict[str, Item], after: dict[str, Item], happened: Sequence[Recorded]) -> None:
    """Hold that nothing changed but the head, and that only if something happened; byte by byte."""
    new = {f"EVENT#{recorded.seq:05d}" for recorded in happened}
    assert after.keys() - before.keys() == new
    assert before.keys() <= after.keys()
    assert [sk for sk, item in before.items() if after[sk] != item] == ([HEAD] if happened else [])


def assert_set_aside(before: dict[str, Item], after: dict[str, Item]) -> None:
    """Hold that a case nobody can read only changed its place in the list of alarms."""
    moved = after[HEAD] | {"alarm_key": before[HEAD]["alarm_key"], "alarm_at": before[HEAD]["alarm_at"]}
    assert after | {HEAD: moved} == before
    assert after[HEAD]["alarm_key"] == {"S": ASIDE}


def assert_each_written_once(told: list[str], events: list[str]) -> int:
    """Hold that no event was written twice, also over itself; returns how many nobody lived to tell of."""
    written = Counter(event for line in told if line.startswith("wrote") for event in line.split()[1:])
    assert [event for event, times in written.items() if times > 1] == []
    assert written.keys() <= set(events)
    return len(events) - len(written)


def test_the_sweep_is_complete(
    store: str, anew: Callable[[], World], seed: int, say: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = anew()
    crowd, client = multitude(world, seed), world.deps._dynamo
    write(client, crowd.ledger.items)
    told = storm(world, seed)
    after = scan(client)
    assert after.keys() == crowd.ledger.items.keys()
    monkeypatch.setattr(adapter, "_items", lambda code: models(after[code]))  # a query a case would take minutes
    outcome = inspect(world, crowd, after)
    assert outcome.late == Counter(crowd.overdue(MINUTES[-1]))
    untold = assert_each_written_once(told, outcome.events)
    assert list(world.deps.alarms.due(MINUTES[-1], limit=1)) == []
    assert {row.pk.split("#")[1] for row in InboxItem.scan() if row.pk.startswith("sweep#")} == crowd.poison
    say(f"completeness on {store}: {len(outcome.late)} overdue of {len(crowd.cases)} cases, each flagged once;")
    say(f"  {len(outcome.events)} events, each once ({untold} by one that died), {outcome.untouched} cases untouched;")
    say(f"  {len(crowd.poison)} unreadable set aside; {failures(told)}")


def failures(told: list[str]) -> str:
    """Count what befell the sweepers."""
    died = Counter(line.removeprefix("died ") for line in told if line.startswith("died"))
    broken = sum(line.startswith("broke") for line in told)
    swept = sum(line == "swept" for line in told)
    return f"{swept} sweeps ended, {broken} broken lines, {died.total()} deaths: {dict(died.most_common())}"


def models(items: dict[str, Item]) -> dict[str, CaseItem]:
    return {sk: CaseItem.from_raw_data(item) for sk, item in items.items()}
