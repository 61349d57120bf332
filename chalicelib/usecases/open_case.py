"""Open a case for a member of the staff (R99)."""

from __future__ import annotations

from chalicelib.domain.access import seen
from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.errors import ForbiddenError
from chalicelib.domain.permissions import may_read
from chalicelib.ports import Deps, Dossier


def open_case(code: str, *, actor: Actor, deps: Deps, door: str, parts: tuple[str, ...] = ()) -> Dossier:
    """Return a case with everything, once it is written down who is shown it, and by which door.

    Raises NotFoundError, ForbiddenError for who has nothing to do with it, and UnavailableError: then it is not shown.
    """
    dossier = deps.cases.dossier(code)
    require_reader(dossier.case, actor)
    deps.access.note([seen(dossier.case, actor, door, deps.clock.now(), parts)])
    return dossier


def require_reader(case: Case, actor: Actor) -> None:
    """Refuse who has nothing to do with a case."""
    if not may_read(case, actor):
        raise ForbiddenError("not_your_case", "Hồ sơ này không thuộc đơn vị của anh/chị")
