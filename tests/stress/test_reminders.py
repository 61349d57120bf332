"""Whatever call of `remind` fails: everybody is told of every case, and twice only if the failure came between a mail
and the removal of what it told. A sample by the seed; STRESS_ALL=1 tries each call in each way.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.adapters import aws
from chalicelib.adapters.dynamo.tables import CentreItem
from chalicelib.domain.errors import UnavailableError
from chalicelib.usecases.tell_people import PUT_DOWN, tell_people
from tests.builders import local
from tests.integration.world import World
from tests.stress.sabotage import HOW, DiedError, Saboteur

SAMPLE = 24
PAIR, ONE = "so_tu_phap", "so_y_te"
MAIL, REMOVE = "sesv2.SendEmail", "dynamodb.BatchWriteItem centre"
CODE = re.compile(r"(\d{4})-(\d{4})-(\d{4})")
MINUTES = ("16:04", "16:05", "16:21", "16:22", "16:38", "16:39")  # the pause is a quarter of an hour


@pytest.fixture
def saboteur(cloud: Any, clients: dict[str, Any]) -> Iterator[Saboteur]:
    made = Saboteur([clients["tables"], aws.client("sesv2")])
    yield made
    made.leave()


def play(world: World, saboteur: Saboteur, point: int = -1, how: str = "") -> Counter[tuple[str, str]]:
    """Let a list of two cases and a letter of one go to holder and leader each; returns who was told of which case."""
    codes = [world.at_officer(unit) for unit in (PAIR, PAIR, ONE)]
    names = {code: str(number) for number, code in enumerate(codes)}
    world.clock.set(local("2026-11-23 16:01"))
    world.sweep()
    for code in codes:
        assert set(tell_people(code, world.case(code).version, world.deps)) == {PUT_DOWN}
    world.deps.directory.units()
    world.deps.regulation.calendar.is_open(world.clock.now())
    saboteur.begin(point, how)
    for minute in MINUTES:
        world.clock.set(local(f"2026-11-23 {minute}"))
        try:
            with saboteur.watching("remind"):
                world.remind()
        except (DiedError, UnavailableError):  # the store was away when it asked what waits
            continue
    assert list(CentreItem.query("REMINDER")) == []
    told = ((mail["to"][0], set(CODE.findall(mail["body"]))) for mail in world.mails())
    return Counter((to, names["".join(code)]) for to, found in told for code in found)


def test_every_call_may_fail(
    new_world: Callable[[], World], saboteur: Saboteur, seed: int, say: Callable[[str], None]
) -> None:
    undisturbed = play(new_world(), saboteur)
    calls, twice = list(saboteur.calls), Counter[str]()
    assert set(undisturbed.values()) == {1}
    assert len(undisturbed) == 6
    every = [(call, how) for call in calls for how in HOW]
    tried = every if os.environ.get("STRESS_ALL") else random.Random(seed).sample(every, SAMPLE)
    for call, how in tried:
        disturbed = play(new_world(), saboteur, call.number, how)
        where = f"{how} {call.name} (call {call.number})"
        assert undisturbed - disturbed == Counter(), where
        window = (call.name == MAIL and how.endswith("after")) or (call.name == REMOVE and how.endswith("before"))
        extra = disturbed - undisturbed
        assert len({to for to, _ in extra}) <= window, f"{where}: {extra}"
        twice[f"{how} {call.name}"] += len({to for to, _ in extra})
    say(f"crashes, reminders: {len(tried)} of {len(every)} failures ({len(calls)} calls)")
    say(f"  mails sent twice, all in the window: {dict(+twice)}")
