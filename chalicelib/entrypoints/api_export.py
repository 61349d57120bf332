"""The log of a period for those who answer for the centre: to reckon elsewhere, or replay under other rules."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.views import export

routes = Blueprint(__name__)
Day = Annotated[date, Meta(examples=["2026-11-01"])]


class ExportQuery(given.Body, frozen=True, rename={"first": "from", "last": "to"}):
    """Hồ sơ tiếp nhận từ ngày nào đến hết ngày nào (giờ Việt Nam), dài nhất một năm."""

    first: Day
    last: Day
    limit: Annotated[int, Meta(ge=1, le=export.LARGEST_PAGE, description="Số sự kiện một trang")] = export.LARGEST_PAGE
    cursor: given.Cursor = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/export",
    allow={Role.LEADERSHIP, Role.ADMINISTRATOR},
    query=ExportQuery,
    returns={200: export.Export},
    summary="Xuất sự kiện của các hồ sơ tiếp nhận trong một khoảng ngày",
    tags=("desk",),
)
def export_events(request: Request) -> export.Export:
    """List every event of the cases received in a period, case by case; no texts, no personal data (docs/replay.md)."""
    query = request.query
    return export.export(query.first, query.last, query.cursor, query.limit, bootstrap.deps())
