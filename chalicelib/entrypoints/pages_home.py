"""The first page: what one can do here, and when somebody is there."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints.pages import PUBLIC, Sheet, Visit, page

routes = Blueprint(__name__)


@page(routes, "GET", "/", allow=PUBLIC)
def welcome(visit: Visit) -> Sheet:
    """Show the ways from here."""
    from chalicelib.domain.opening import opening

    deps = bootstrap.deps()
    now = deps.clock.now()
    return Sheet(
        "home", {"opening": opening(deps.regulation.calendar, now), "now": now, "petitions": deps.takes_petitions}
    )
