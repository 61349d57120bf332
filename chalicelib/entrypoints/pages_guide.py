"""Help for the staff: a page for each role, the keyboard map, a first day on the demonstration's data (R13)."""

from __future__ import annotations

from typing import Final

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.pages import STAFF, WHOEVER_LOGS_IN, Sheet, Visit, page

routes = Blueprint(__name__)
GUIDE: Final = f"{desk.HOME}/tro-giup"


@page(routes, "GET", f"/{GUIDE}", allow=STAFF)
def show_guide(visit: Visit) -> Sheet:
    """Show what one's own work is, step by step, its limits, and what to do when."""
    from chalicelib.views.guide import guide

    deps = bootstrap.deps()
    return Sheet(f"guide_{visit.caller.role}", {"about": guide(visit.caller.role, deps), "rules": deps.regulation})


@page(routes, "GET", f"/{GUIDE}/phim-tat", allow=WHOEVER_LOGS_IN)
def show_keyboard(visit: Visit) -> Sheet:
    """Show every key."""
    return Sheet("keyboard")


@page(routes, "GET", f"/{GUIDE}/ngay-dau", allow=STAFF)
def show_first_day(visit: Visit) -> Sheet:
    """Lead somebody new through tasks of the role; what is done is noted on the device."""
    return Sheet("first_day", {"rules": bootstrap.deps().regulation})
