"""Plan a survey; its drawing and asking are the timer's (`run_surveys`)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.stages import due_after
from chalicelib.domain.surveys import Survey, check_wish, measures
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps, local_day

ID_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to know: of answers given from `first` to `last`, so many senders of each unit."""

    title: str
    first: date
    last: date
    per_unit: int


def plan_survey(wish: Wish, nonce: str, actor: Actor, deps: Deps) -> Survey:
    """Write it down and return it; the same nonce plans once. Raises NotFoundError for whoever does not survey."""
    require_surveyor(actor, deps)
    rules, now = deps.survey_rules, deps.clock.now()
    check_wish(wish.first, wish.last, wish.per_unit, local_day(now, deps.regulation), rules)
    planned = Survey(
        id=hashlib.sha256(f"{actor.name} {nonce}".encode()).hexdigest()[:ID_DIGITS],
        title=normalise(wish.title),
        first=wish.first,
        last=wish.last,
        per_unit=wish.per_unit,
        by=actor.name,
        at=now,
        until=due_after(now, rules.lasts, deps.regulation),
    )
    return deps.surveys.add(planned)


def require_surveyor(actor: Actor, deps: Deps) -> None:
    """Let nobody else know what there is."""
    if not measures(actor, deps.survey_rules):
        raise NotFoundError("survey_not_found", "Không có khảo sát này")
