"""Pass events on to the queues of their concerns; nothing else, so that it can hardly fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.effects import TALLIES, concerns
from chalicelib.ports import Message, Outgoing


@dataclass(frozen=True, slots=True)
class Happened:
    """What the relay needs of an event: which one, of what type. Workers read the rest where it is kept."""

    code: str
    seq: int
    type: str


def relay_events(happened: Iterable[Happened], outgoing: Outgoing) -> int:
    """Send each event to each of its concerns and return how many messages that made; raises UnavailableError.

    The tallies' queue comes last: an event that was counted has reached all the others, so that `recover_events`
    may leave it alone.
    """
    batches: dict[str, list[Message]] = defaultdict(list)
    for event in happened:
        message = Message({"code": event.code, "seq": event.seq, "type": event.type})
        for concern in concerns(event.type):
            batches[concern].append(message)
    for concern in sorted(batches, key=lambda name: name == TALLIES):
        outgoing.relay(concern, batches[concern])
    return sum(map(len, batches.values()))
