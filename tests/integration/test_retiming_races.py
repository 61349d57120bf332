"""Several processes, each with the calendar as it read it, work on cases while the job walks: no case is left out.

Played step by step from a seed, on one clock, which is also the processes' own: what they know grows old by it.
"""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.adapters.dynamo import calendar, shards
from chalicelib.bootstrap import LiveDeps
from chalicelib.domain import commands as cmd
from chalicelib.domain import stages
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.events import DeadlineMoved
from chalicelib.domain.retiming import touched
from chalicelib.usecases import retime_cases as job
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.retime_cases import retime_cases
from chalicelib.usecases.verify_log import verify_log
from chalicelib.usecases.watch_case import same_moment
from tests.integration.world import World

OFFICER, AGENCY = (Actor(role, "so_tu_phap", "lan") for role in (Role.OFFICER, Role.AGENCY))
NEXT = {
    "with_officer": (OFFICER, cmd.ForwardToAgency(note="")),
    "with_agency": (AGENCY, cmd.Decline(reason="Không thuộc thẩm quyền")),
}
STEPS, CASES = 70, 8


@pytest.fixture
def processes(world: World, monkeypatch: pytest.MonkeyPatch) -> list[LiveDeps]:
    """Two processes that run the job and two at the desk, whose calendars grow old by the centre's clock."""
    monkeypatch.setattr(calendar, "monotonic", lambda: world.clock.now().timestamp())
    monkeypatch.setattr(shards, "ALARM", (1,))
    monkeypatch.setattr(job, "PAGE", 3)
    made = [LiveDeps(world.deps.settings) for _ in range(4)]
    for one in made:
        one.__dict__ |= {name: world.deps.__dict__[name] for name in ("clock", "tokens", "_dynamo")}
    return made


def step(world: World, processes: list[LiveDeps], codes: list[str], chance: random.Random) -> None:
    """Let a process do something: a page of the job, or the next command on a case."""
    world.clock.forward(seconds=chance.randrange(6))
    runners, desks = processes[:2], processes[2:]
    if chance.random() < 0.4:
        pages = iter([True] * chance.randrange(1, 8))
        retime_cases(chance.choice(runners), go_on=lambda: next(pages, False))
        return
    code = chance.choice(codes)
    actor, command = NEXT[world.case(code).state]
    carry_out(code, command, actor=actor, deps=chance.choice(desks))


def settled(world: World) -> bool:
    newest = world.deps.retimings.newest()
    return newest is not None and newest.finished_at is not None


@pytest.mark.parametrize("seed", range(4))
def test_no_case_is_left_out(world: World, processes: list[LiveDeps], seed: int) -> None:
    chance = random.Random(seed)
    codes = [world.at_officer() for _ in range(CASES)]
    for deps in processes:
        assert deps.regulation.calendar_version == 0
    for number in range(STEPS):
        if number in (5, 25):
            world.announce("day_off", ("2026-11-25", "2026-11-26")[number > 5])
        step(world, processes, codes, chance)
        if settled(world):
            all_right(world, codes)
    while not settled(world):
        world.clock.forward(seconds=20)
        retime_cases(chance.choice(processes))
    all_right(world, codes)


def all_right(world: World, codes: list[str]) -> None:
    """Nothing is left to move, every alarm rings in its time, and nobody was told the same twice."""
    world.deps.calendar.changes(fresh=True)
    rules = world.deps.regulation
    for code in codes:
        stored = world.deps.cases.load(code)
        assert not touched(stored.case, rules), code
        assert same_moment(stages.next_alarm(stored.case, rules), stored.alarm_at), code
        assert verify_log(code, world.deps) == ()
        moves = [event for event in _events(world, code) if isinstance(event, DeadlineMoved)]
        assert all(event.old_due != event.new_due for event in moves)
        assert len({(event.stage.started_at, event.changes) for event in moves if event.stage}) == len(moves)
    assert rules.calendar_version == len(world.deps.retimings.all())


def _events(world: World, code: str) -> list[Any]:
    return [recorded.event for recorded in world.deps.cases.dossier(code).history]


def test_what_a_process_knows_is_forgotten_before_the_last_round() -> None:
    """The sum in docs/calendar.md: the longest memory, the longest function that writes cases, ten seconds more."""
    from infra.functions import FUNCTIONS
    from infra.grants import GRANTS

    # `forget` writes only of cases that ended long ago: no clock of theirs runs.
    writers = [each for each in FUNCTIONS if "PutItem" in GRANTS[each.name].get("table/cases", "")]
    longest = max(each.timeout for each in writers if each.name != "forget")
    assert calendar.CACHE_SECONDS <= calendar.KEPT_SECONDS
    assert timedelta(seconds=calendar.KEPT_SECONDS + longest + 10) <= job.SETTLE
