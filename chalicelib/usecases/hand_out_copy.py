"""Hand a copy of a case's data to its sender at the counter: who did, and by which paper, is kept."""

from __future__ import annotations

from chalicelib.domain.access import COPY
from chalicelib.domain.actors import Actor
from chalicelib.ports import Deps
from chalicelib.usecases.ask_right import ask_right
from chalicelib.usecases.decide_right import Decision, decide_right
from chalicelib.usecases.open_case import open_case


def hand_out_copy(code: str, *, identity: str, actor: Actor, deps: Deps) -> None:
    """Write it down before it is shown; raises NotFoundError, ForbiddenError, UnavailableError."""
    open_case(code, actor=actor, deps=deps, door="counter", parts=(COPY,))
    key = f"{actor.name}#{deps.clock.now().isoformat()}"
    asked = ask_right("copy", code, words="", key=key, deps=deps, actor=actor, door="counter", identity=identity)
    if asked.open:  # else asked twice in the same moment, as who clicks twice does
        decide_right(asked.id, Decision(granted=True), actor=actor, deps=deps)
