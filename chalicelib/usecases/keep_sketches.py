"""Sketch what came in since the last time, so that the desk sees what was told before. docs/signals.md."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.domain.heard import syllables
from chalicelib.domain.past import Past
from chalicelib.domain.sketches import RECENT, Sketched, Sketches, added, sketch
from chalicelib.ports import Deps, local_day
from chalicelib.ports.learned import Facts
from chalicelib.usecases.read_past import Each, read_past

SETTLED = timedelta(minutes=2)  # what is younger may still be being written to the list
MOST = 20_000


def keep_sketches(deps: Deps, *, each: Each = map) -> int:
    """Publish the sketches with those of new cases; return the number of the version, 0 where nothing is new."""
    now, shelf = deps.clock.now(), deps.learned.sketches
    newest = shelf.newest(now)
    held = newest.content if newest else Sketches()
    new = [_sketched(one, deps) for one in read_past(held.until or now - RECENT, deps, most=MOST, each=each)]
    if all(code in held.cases for code, _ in new):
        return 0
    kept = added(held, new, now - SETTLED, local_day(now, deps.regulation))
    return shelf.publish(kept, Facts(len(kept.cases)), now, after=newest.number if newest else 0)


def _sketched(past: Past, deps: Deps) -> tuple[str, Sketched]:
    return past.code, Sketched(local_day(past.at, deps.regulation), sketch(syllables(past.words)))
