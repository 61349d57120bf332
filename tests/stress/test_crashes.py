"""Whatever call fails, before or after it took effect: all comes right again, and only in one window is anybody told
twice (docs/exactly-once.md). A sample of the failures by the seed; STRESS_ALL=1 tries each of them.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.adapters import aws
from chalicelib.entrypoints import schedules
from tests.integration.world import World
from tests.stress import picture
from tests.stress.centre import Centre
from tests.stress.sabotage import HOW, Call, Saboteur
from tests.stress.stories import STORIES, Ids

Story = Callable[[Centre], None]
SAMPLE = 20  # failures of a story; all of the three stories are some 350 and take ten minutes
TRIED: set[tuple[str, tuple[str, ...]]] = set()


@pytest.fixture
def saboteur(cloud: Any, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[Saboteur]:
    monkeypatch.setattr(schedules, "SWEEPERS", 1)  # a call's number must be the same at each play
    services = ("sqs", "sesv2", "sns", "s3", "secretsmanager", "kms")
    made = Saboteur([clients["tables"], *map(aws.client, services)])
    yield made
    made.leave()


def play(story: Story, world: World, saboteur: Saboteur, point: int = -1, how: str = "") -> picture.Picture:
    world.deps.__dict__["ids"] = Ids()
    saboteur.begin(point, how)
    story(Centre(world, saboteur))
    return picture.take(world)


def distinct(calls: list[Call]) -> list[Call]:
    """Return the first call of each path a handler takes, in this or an earlier story: after the same calls it is
    the same place.
    """
    found = []
    for call in calls:
        if (call.handler, call.path) not in TRIED:
            TRIED.add((call.handler, call.path))
            found.append(call)
    return found


def sample(points: list[Call], seed: int) -> list[tuple[Call, str]]:
    """Choose the failures to try: which call, and in what way."""
    every = [(call, how) for call in points for how in HOW]
    if os.environ.get("STRESS_ALL"):
        return every
    return random.Random(seed).sample(every, min(SAMPLE, len(every)))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_every_call_may_fail(
    story: Story, new_world: Callable[[], World], saboteur: Saboteur, seed: int, say: Callable[[str], None]
) -> None:
    undisturbed = play(story, new_world(), saboteur)
    calls, twice = len(saboteur.calls), Counter[str]()
    points = distinct(saboteur.calls)
    tried = sample(points, seed)
    for call, how in tried:
        disturbed = play(story, new_world(), saboteur, call.number, how)
        where = f"{call.handler}: {how} {call.name} (call {call.number})"
        assert saboteur.struck, where
        assert disturbed.cases == undisturbed.cases, where
        assert disturbed.tallies == undisturbed.tallies, where
        assert disturbed.board == undisturbed.board, where
        assert disturbed.files == undisturbed.files, where
        assert undisturbed.told - disturbed.told == Counter(), where
        extra = (disturbed.told - undisturbed.told).total()
        assert extra <= call.in_the_window(how), f"{where}: {disturbed.told - undisturbed.told}"
        twice[f"{how} {call.name}"] += extra
    every = len(HOW) * len(points)
    say(f"crashes, {story.__name__}: {len(tried)} of {every} failures ({len(points)} places of {calls} calls)")
    say(f"  told twice, all in the window: {dict(+twice)}")
