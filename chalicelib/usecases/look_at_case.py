"""Let the others know that somebody has a case open right now."""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.presence import Looking, look
from chalicelib.ports import Deps
from chalicelib.usecases.open_case import require_reader


def look_at_case(code: str, *, actor: Actor, deps: Deps) -> tuple[Case, tuple[Looking, ...]]:
    """Note it, and return the case as it is now and whoever looked at any; the case itself is not touched."""
    case = deps.cases.load(code).case
    require_reader(case, actor)
    rows = deps.presence.all()
    before = next((row for row in rows if row.name == actor.name), None)
    deps.presence.note(look(actor, code, before, deps.clock.now()))
    return case, rows
