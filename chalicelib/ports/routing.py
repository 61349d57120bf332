"""What routing asks of the directory: under which names units are known."""

from __future__ import annotations

from typing import Final

from chalicelib.domain.events import SENDERS_WORDS, Received, Recorded
from chalicelib.domain.routing_facts import Heard, hear
from chalicelib.domain.unit_names import UnitName
from chalicelib.domain.units import names_now
from chalicelib.ports import Deps, local_day

BRANCH: Final = "branch"
NEVER_NAMED: Final = frozenset({"centre", "leadership"})  # who speaks of the centre means whoever takes the case


def hear_text(text: str, deps: Deps) -> Heard:
    """Read a matter's words by the routing file's topics and the directory's names; an old name is its successor's."""
    today = local_day(deps.clock.now(), deps.regulation)
    units = (unit for unit in deps.directory.units() if unit.kind not in NEVER_NAMED)
    names = (UnitName(unit.id, name, unit.kind == BRANCH) for name, unit in names_now(units, today))
    return hear(text, deps.routing, tuple(names))


def hear_history(history: tuple[Recorded, ...], deps: Deps) -> Heard:
    """Read all that a case's sender has said."""
    said = [recorded.event for recorded in history if isinstance(recorded.event, SENDERS_WORDS)]
    titles = [event.title for event in said if isinstance(event, Received)]
    return hear_text("\n".join([*titles, *(event.content for event in said)]), deps)
