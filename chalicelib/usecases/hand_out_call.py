"""Tell whoever surveys whom to telephone next: a sender who was drawn and whom no letter reaches (R95, R96)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.access import CONTACT, seen
from chalicelib.domain.actors import Actor
from chalicelib.domain.surveys import Asked, Phase
from chalicelib.ports import Deps
from chalicelib.usecases.plan_survey import require_surveyor

DOOR = "survey"


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to telephone, about whose answer; the mark stands for this person in this survey. `waiting`: how many do."""

    mark: str
    name: str
    phone: str
    unit: str
    waiting: int


def hand_out_call(survey: str, after: str, actor: Actor, deps: Deps) -> Call | None:
    """Return the next one behind the mark `after`, once it is written down who is told; None where there is none.

    Raises NotFoundError for who does not survey, UnavailableError: then nothing is told.
    """
    require_surveyor(actor, deps)
    found = deps.surveys.find(survey)
    if found is None or found.phase is Phase.CLOSED or deps.clock.now() > found.until:
        return None
    waiting = to_call(survey, deps)
    for asked in sorted(waiting, key=lambda one: (one.mark <= after, one.mark)):
        if asked.unit == actor.unit:
            continue
        dossier = deps.cases.dossier(asked.call)
        if dossier.sender.phone:
            deps.access.note([seen(dossier.case, actor, DOOR, deps.clock.now(), (CONTACT,))])
            return Call(asked.mark, dossier.sender.name, dossier.sender.phone, asked.unit, len(waiting))
        deps.surveys.called(survey, asked)  # anonymised meanwhile
    return None


def to_call(survey: str, deps: Deps) -> list[Asked]:
    """Return those who are still to be telephoned."""
    return [asked for asked in deps.surveys.asked(survey) if asked.call and not asked.answered]
