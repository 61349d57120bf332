"""Random lives of sixty cases end alike, whether their messages come once and in order, or lost, doubled, shuffled and
late, and wherever the tables are.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from chalicelib.adapters.dynamo.tables import InboxItem
from chalicelib.domain.events import Recorded
from chalicelib.domain.notices import REMINDERS, notices_of
from tests.builders import local
from tests.integration.world import World
from tests.stress import picture
from tests.stress.carriers import Chaotic, Orderly
from tests.stress.player import Player

CASES, ROUNDS, TURNS = 60, 36, 14
ENDS: list[picture.Picture] = []
Anew = Callable[[], World]
MONTHS = ("2026-11", "2026-12", "now")


def play(carrier: Orderly, seed: int) -> picture.Picture:
    """Play the same game in a new world, its messages carried one way or the other."""
    world, dice = carrier.world, random.Random(seed)
    player = Player(world, dice, carrier.hear, cases=CASES)
    for _ in range(ROUNDS):
        world.clock.forward(minutes=dice.randint(3, 300))
        for _ in range(dice.randint(1, TURNS)):
            player.turn()
        carrier.carry()
        if dice.random() < 0.5:
            carrier.tick("sweep")
        carrier.tick("recover")
    world.clock.set(max(world.clock.now(), local("2026-12-31 09:00")))
    carrier.tick("sweep")
    carrier.tick("digest")
    carrier.carry()
    world.clock.forward(minutes=3)
    carrier.tick("recover")
    carrier.finish()
    carrier.tick("remind")  # what was put down goes now: an SMS of the night, the reminders of everybody
    return picture.take(world, MONTHS)


def test_all_comes_right(store: str, anew: Anew, seed: int, say: Callable[[str], None]) -> None:
    orderly = undisturbed(anew, seed)
    history = [recorded for (_, _, events), _ in orderly.cases.values() for recorded in events]
    chaotic = play(carrier := Chaotic(anew(), random.Random(seed + 1)), seed)
    assert chaotic.cases == orderly.cases
    assert chaotic.tallies == orderly.tallies
    assert chaotic.board == orderly.board
    assert told(chaotic) == told(orderly)
    assert_each_once(history)
    states = Counter(str(known[0].state) for known, _ in chaotic.cases.values())
    say(f"redelivery on {store}: {len(chaotic.cases)} cases, {len(history)} events, {carrier.delivered} deliveries;")
    say(f"  {told(chaotic).total()} told, each once; {len(chaotic.board)} on the board; {dict(states)}")


def undisturbed(anew: Anew, seed: int) -> picture.Picture:
    """How it ends when all goes well; played in the first of the stores."""
    if not ENDS:
        ENDS.append(play(Orderly(anew()), seed))
    return ENDS[0]


def assert_each_once(history: list[Recorded]) -> None:
    """Hold that every notice of every event is told, and every event counted; nothing else.

    Reminders are put down and go together: test_reminders.py holds them.
    """
    rows = {item.pk for item in InboxItem.scan()}
    notices = [(one.id, notice) for one in history for notice in notices_of(one) if notice.letter not in REMINDERS]
    due = {f"notice#{event}#{notice.letter}#{notice.to}" for event, notice in notices}
    assert {row for row in rows if row.startswith("notice#")} == due
    assert {row for row in rows if row.startswith("tally#")} == {f"tally#{one.id}" for one in history}


def told(made: picture.Picture) -> Counter[tuple[str, ...]]:
    """Count who was told what; how late a reminder calls a case depends on when it is written."""
    plain: Counter[tuple[str, ...]] = Counter()
    for (to, what, *more), count in made.told.items():
        plain[(to, what.partition(" (")[0], *more)] += count
    return plain
