"""Who may say what a matter turned out to be worth (Điều 14, 16.1; R105, R108)."""

from __future__ import annotations

from typing import Final

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.case import CHANGED, DECLINED, ENDED, PROPOSED, Case

REWARDED: Final = frozenset({"report", "suggestion"})  # phản ánh, kiến nghị
UNITS: Final = frozenset({Role.OFFICER, Role.AGENCY, Role.LEADERSHIP})
ROLE_ACTIONS: Final = {
    "judge": (ENDED, frozenset({Role.LEADERSHIP})),
    "note_change": (ENDED, UNITS | {Role.OPERATOR}),
    "propose_reward": (ENDED, UNITS),
    "decide_reward": (ENDED, frozenset({Role.LEADERSHIP})),
}


def makes_sense(name: str, case: Case, actor: Actor) -> bool:
    """Tell whether something can be said of what a matter is worth: by leadership, or whoever handled it."""
    handled = actor.role == Role.LEADERSHIP or (bool(actor.unit) and actor.unit in (case.agency, case.office))
    return {
        "judge": case.protects_sender,
        "note_change": case.kind in REWARDED and not case.merit and handled,
        "propose_reward": case.merit in (CHANGED, DECLINED) and handled,
        "decide_reward": case.merit == PROPOSED,
    }.get(name, True)
