"""The pages that anyone may read: where to go."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints.pages import OPEN, PUBLIC, Sheet, Visit, page

routes = Blueprint(__name__)


@page(routes, "GET", "/lien-he", allow=PUBLIC)
def show_contact(visit: Visit) -> Sheet:
    """Show how the centre is reached, when it is open, and where else to go."""
    from chalicelib.views.contact import contact

    return Sheet("contact", {"about": contact(bootstrap.deps())}, headers=OPEN)
