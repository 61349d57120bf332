"""Open a case for a member of the staff (R99)."""

from __future__ import annotations

from chalicelib.domain.case import Actor, Case
from chalicelib.domain.errors import ForbiddenError
from chalicelib.domain.permissions import may_read
from chalicelib.ports import Deps, Dossier


def open_case(code: str, *, actor: Actor, deps: Deps) -> Dossier:
    """Return a case with everything; raises NotFoundError, and ForbiddenError for who has nothing to do with it."""
    dossier = deps.cases.dossier(code)
    require_reader(dossier.case, actor)
    return dossier


def require_reader(case: Case, actor: Actor) -> None:
    """Refuse who has nothing to do with a case."""
    if not may_read(case, actor):
        raise ForbiddenError("not_your_case", "Hồ sơ này không thuộc đơn vị của anh/chị")
