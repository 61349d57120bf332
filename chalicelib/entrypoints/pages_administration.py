"""The administrator's first page: what there is to look after, and what waits there."""

from __future__ import annotations

from typing import Final

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.pages import Sheet, Visit, page

routes = Blueprint(__name__)
ADMINISTRATION: Final = f"{desk.HOME}/quan-tri"
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})


@page(routes, "GET", f"/{ADMINISTRATION}", allow=ADMINISTRATORS)
def show_administration(visit: Visit) -> Sheet:
    """Show what an administrator looks after."""
    from chalicelib.views.administration import MOST, waiting

    return Sheet("administration", {"waiting": waiting(bootstrap.deps()), "most": MOST})
