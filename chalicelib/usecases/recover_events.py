"""Relay again what the stream lost. Tallies see every event and are relayed last: what is not counted may be lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from chalicelib.domain.events import Recorded
from chalicelib.ports import Deps
from chalicelib.usecases.relay_events import Happened, relay_events

WATERMARK = "recover"
SETTLED = timedelta(minutes=2)  # younger events may still be on their way
FIRST_LOOK = timedelta(days=2)
BATCH = 100
EVENTS_A_RUN = 5000


def recover_events(deps: Deps) -> int:
    """Look at the events since the last run, relay those not counted, and return how many these were.

    The watermark moves only behind what has been looked at: a run cut short is continued by the next.
    """
    end = deps.clock.now() - SETTLED
    start = deps.watermarks.get(WATERMARK) or end - FIRST_LOOK
    events = iter(islice(deps.lists.events_between(start, end), EVENTS_A_RUN))
    relayed, seen = 0, 0
    for batch in _batches(events):
        relayed += _relay_missing(batch, deps)
        seen += len(batch)
        deps.watermarks.advance(WATERMARK, batch[-1].at)
    if seen < EVENTS_A_RUN:
        deps.watermarks.advance(WATERMARK, end)
    return relayed


def _relay_missing(batch: list[Recorded], deps: Deps) -> int:
    by_key = {f"tally#{recorded.id}": recorded for recorded in batch}
    lost = [by_key[key] for key in deps.inbox.missing(list(by_key))]
    relay_events([Happened(event.code, event.seq, type(event.event).__name__) for event in lost], deps.outgoing)
    return len(lost)


def _batches(events: Iterator[Recorded]) -> Iterator[list[Recorded]]:
    while batch := list(islice(events, BATCH)):
        yield batch
