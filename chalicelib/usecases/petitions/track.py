"""Who is let into the track, and under which rules. Whoever is not sees nothing there: no page, no petition."""

from __future__ import annotations

from chalicelib.domain.actors import PETITION_STAFF, Actor, Role
from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.petitions.rules import PetitionRules
from chalicelib.ports.petitions import PetitionDeps


def rules_of(deps: PetitionDeps) -> PetitionRules:
    """Return what the centre's regulation says of petitions; raises NotFoundError where it does not take them."""
    if deps.petition_rules is None:
        raise not_there()
    return deps.petition_rules


def require_track(actor: Actor, *, head: bool = False) -> None:
    """Raise NotFoundError for who is not of the department; with `head`, for who does not lead it."""
    if actor.role not in PETITION_STAFF or (head and actor.role != Role.PETITION_HEAD):
        raise not_there()


def fingerprint(wish: object, deps: PetitionDeps) -> str:
    """Tell this wish from another by a keyed hash: what is kept beside the key shows nothing of it."""
    return deps.petition_keys.petition_mark(repr(wish))


def not_there() -> NotFoundError:
    """Return what whoever has no business in the track is told: as of any address that is none."""
    return NotFoundError("not_found", "Không tìm thấy nội dung được yêu cầu.")
