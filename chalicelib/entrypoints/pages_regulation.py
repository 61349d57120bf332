"""The administrator's page of the regulation in force: all of its file, to be compared with the decision. Read only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints.pages import Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS

routes = Blueprint(__name__)
REGULATION: Final = f"{ADMINISTRATION}/quy-che"
MONDAY: Final = date(2026, 1, 5)  # any Monday: what the week alone gives


@page(routes, "GET", f"/{REGULATION}", allow=ADMINISTRATORS)
def show_regulation(visit: Visit) -> Sheet:
    """Show it."""
    from chalicelib.web.filters import WEEKDAYS

    deps = bootstrap.deps()
    rules, week = deps.regulation, [MONDAY + timedelta(days=ahead) for ahead in range(7)]
    about = {
        "rules": rules,
        "weekdays": WEEKDAYS,
        "week": [(day, rules.calendar.weekly_hours(day)) for day in week],
        "names": {unit.id: unit.name for unit in deps.directory.units()},
    }
    return Sheet("regulation", about)
