"""The department's books of petitions: who looked into which, the counts of a month (Biểu 01/XLD), and its help."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import PETITION_STAFF, Role
from chalicelib.entrypoints import petition_bodies as bodies
from chalicelib.entrypoints import petition_sheets as sheets
from chalicelib.entrypoints.pages import File, Sheet, Visit, page

routes = Blueprint(__name__)
HEAD: Final = frozenset({Role.PETITION_HEAD})


class MonthQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Một tháng; để trống là tháng này."""

    month: bodies.Month | Literal[""] = msgspec.field(default="", name="thang")


@page(routes, "GET", f"/{sheets.LIST}/so-mo-xem", allow=HEAD, query=MonthQuery)
def show_openings(visit: Visit) -> Sheet:
    """List who looked into which petition in a month."""
    from chalicelib.views.petitions.register import openings

    sheets.rules()
    shown = openings(visit.query.month or sheets.this_month(), bootstrap.deps())
    return sheets.told("petition_openings", {"shown": shown})


@page(routes, "GET", f"/{sheets.GUIDE}", allow=PETITION_STAFF)
def show_guide(visit: Visit) -> Sheet:
    """Show what the department's work is, its limits, and what to do when."""
    return sheets.told("guide_petition", {})


@page(routes, "GET", f"/{sheets.LIST}/so-lieu", allow=PETITION_STAFF, query=MonthQuery)
def show_report(visit: Visit) -> Sheet:
    """Show the counts of a month."""
    month, made = _report(visit)
    return sheets.told("petition_report", {"shown": made, "month": month})


@page(routes, "GET", f"/{sheets.LIST}/so-lieu.csv", allow=PETITION_STAFF, query=MonthQuery)
def export_report(visit: Visit) -> File:
    """Give the counts of a month to a spreadsheet."""
    from chalicelib.web import spreadsheets
    from chalicelib.web.petition_words import REPORT

    month, made = _report(visit)
    kinds = {f"Nội dung: {sheets.rules().kinds[kind].label}": count for kind, count in made.by_kind.items()}
    rows = {"Đơn vị": made.unit, **{words: getattr(made, name) for name, words in REPORT.items()}, **kinds}
    table = spreadsheets.written(("Chỉ tiêu", f"Tháng {month}"), ((name, str(value)) for name, value in rows.items()))
    name = {"Content-Disposition": f"attachment; filename=don-thu-{month}.csv"}
    return File(table, spreadsheets.MEDIA_TYPE, forever=False, headers=name)


def _report(visit: Visit) -> tuple[str, Any]:
    from chalicelib.views.petitions.register import month_report

    month = visit.query.month or sheets.this_month()
    return month, month_report(month, sheets.rules(), bootstrap.deps())
