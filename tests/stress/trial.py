"""Try a story with failures: play it undisturbed, then with one failure in each of many copies, and compare."""

from __future__ import annotations

import os
import traceback
from dataclasses import dataclass, fields

from tests.stress.picture import Picture, Told
from tests.stress.processes import Branches
from tests.stress.sabotage import Call, Plan
from tests.stress.stage import Stage, Story

COUNTED = ("told", "words", "delivered")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one failure did: who was told too little or too often, what else is not as it would have been."""

    call: Call
    how: str
    lost: Told
    twice: Told
    delivered_twice: Told
    otherwise: tuple[str, ...]
    broken: str

    @property
    def in_the_window(self) -> bool:
        return self.call.in_the_window(self.how)

    @property
    def too_often(self) -> int:
        """How many were told again, but for the one that the window allows."""
        return max((self.twice + self.delivered_twice).total() - self.in_the_window, 0)

    @property
    def right(self) -> bool:
        return not (self.lost or self.too_often or self.otherwise or self.broken)

    def __str__(self) -> str:
        name = f"{self.call.handler} {self.call.occasion}: {self.how} {self.call.name} (call {self.call.number})"
        twice = dict(self.twice + self.delivered_twice)
        return f"{name}: lost {dict(self.lost)}, twice {twice}, {self.otherwise} {self.broken}"


def calls_of(story: Story) -> tuple[list[Call], set[str]]:
    """Play a story undisturbed and return what it called, and the routes it took."""
    stage = Stage()
    stage.play(story)
    return stage.saboteur.calls, stage.saboteur.occasions


def tried(story: Story, plan: Plan) -> list[Verdict]:
    """Try each failure of the plan in a copy of its own and return what became of it."""
    stage, branches = Stage(), Branches(os.cpu_count() or 1)
    undisturbed = stage.play(story)
    assert set((undisturbed.words + undisturbed.delivered).values()) <= {1}, "told twice without a failure"
    try:
        ended, broken = stage.play(story, plan, branches), ""
    except BaseException:  # noqa: BLE001 a copy must end as a copy, whatever went wrong in it
        ended, broken = undisturbed, traceback.format_exc()
    if stage.saboteur.struck:
        branches.end(_judged(*stage.saboteur.struck, undisturbed, ended, broken))
    verdicts: list[Verdict] = branches.gather()
    assert not broken, broken
    assert not differences(undisturbed, ended), f"two plays without a failure differ: {differences(undisturbed, ended)}"
    return verdicts


def differences(undisturbed: Picture, ended: Picture) -> tuple[str, ...]:
    """Name what is not as it would have been, but for what is counted."""
    found = []
    for name in (one.name for one in fields(Picture) if one.name not in COUNTED):
        before, after = getattr(undisturbed, name), getattr(ended, name)
        wrong = [key for key in (*before, *after) if before.get(key) != after.get(key)]
        found += [f"{name} {key}" for key in dict.fromkeys(wrong)]
    return tuple(found)


def _judged(call: Call, how: str, undisturbed: Picture, ended: Picture, broken: str) -> Verdict:
    return Verdict(
        call,
        how,
        lost=(undisturbed.told - ended.told) + (undisturbed.delivered - ended.delivered),
        twice=ended.told - undisturbed.told,
        delivered_twice=ended.delivered - undisturbed.delivered,
        otherwise=differences(undisturbed, ended),
        broken=broken,
    )
