"""How a petition stands, for its sender: state and days, nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.petitions.due import due_of
from chalicelib.domain.petitions.limits import local_date

if TYPE_CHECKING:
    from chalicelib.domain.petitions.petition import Petition
    from chalicelib.domain.petitions.rules import PetitionRules
    from chalicelib.ports.petitions import PetitionDeps


class PetitionStanding(Struct, frozen=True):
    """State and days; `due_on` where the law sets one."""

    code: str
    state: str
    received_on: date
    accepted_on: date | None
    due_on: date | None
    settled_on: date | None
    closed_on: date | None


def standing(petition: Petition, rules: PetitionRules, deps: PetitionDeps) -> PetitionStanding:
    """Return how it stands."""
    calendar = deps.regulation.calendar
    due = due_of(petition, rules, calendar)
    return PetitionStanding(
        code=petition.code,
        state=petition.state,
        received_on=local_date(petition.received_at, calendar),
        accepted_on=petition.accepted_on,
        due_on=due.on if due and due.binding else None,
        settled_on=petition.settled_on,
        closed_on=petition.closed_on,
    )
