"""Whatever call fails, before or after it took effect: all comes right again, and only in one window is anybody told
twice (docs/exactly-once.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.adapters import aws
from tests.integration.world import World
from tests.stress import picture
from tests.stress.centre import Centre
from tests.stress.sabotage import HOW, Call, Saboteur
from tests.stress.stories import STORIES, Ids

Story = Callable[[Centre], None]
TRIED: set[tuple[str, tuple[str, ...]]] = set()


@pytest.fixture
def saboteur(cloud: Any, clients: dict[str, Any]) -> Iterator[Saboteur]:
    made = Saboteur([clients["tables"], *(aws.client(name) for name in ("sqs", "sesv2", "sns", "secretsmanager"))])
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


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_every_call_may_fail(
    story: Story, new_world: Callable[[], World], saboteur: Saboteur, say: Callable[[str], None]
) -> None:
    undisturbed = play(story, new_world(), saboteur)
    calls, twice = saboteur.calls, Counter[str]()
    points = distinct(calls)
    for call in points:
        for how in HOW:
            disturbed = play(story, new_world(), saboteur, call.number, how)
            where = f"{call.handler}: {how} {call.name} (call {call.number})"
            assert disturbed.cases == undisturbed.cases, where
            assert disturbed.tallies == undisturbed.tallies, where
            assert disturbed.board == undisturbed.board, where
            assert undisturbed.told - disturbed.told == Counter(), where
            extra = (disturbed.told - undisturbed.told).total()
            assert extra <= call.in_the_window(how), f"{where}: {disturbed.told - undisturbed.told}"
            twice[f"{how} {call.name}"] += extra
    say(f"crashes, {story.__name__}: {len(points)} places of {len(calls)} calls x {len(HOW)} ways = {4 * len(points)}")
    say(f"  told twice, all in the window: {dict(+twice)}")
