"""What a unit supervises: follows and urges, and never decides (R54)."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_desk import Worklist
from chalicelib.entrypoints.http import STAFF, Request, endpoint

routes = Blueprint(__name__)


class SupervisedQuery(given.Body, frozen=True):
    """Hồ sơ đang xử lý mà đơn vị giám sát; mặc định là đơn vị của chính người gọi. `late`: chỉ hồ sơ đã quá hạn."""

    unit: given.Slug | None = None
    late: bool = False
    limit: given.Limit = 25
    cursor: given.Cursor = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/supervised",
    allow=STAFF,
    query=SupervisedQuery,
    returns={200: Worklist},
    summary="Hồ sơ đơn vị giám sát, hạn sớm nhất trước",
    tags=("desk",),
)
def supervised(request: Request) -> Worklist:
    """List the open cases that a unit supervises by due time; those that are late come first."""
    from chalicelib.views import worklist

    deps, query, caller = bootstrap.deps(), request.query, request.caller
    unit = worklist.supervisor_of(caller, query.unit, deps)
    if not unit:
        return Worklist(())
    wanted = worklist.Wanted(late=query.late)
    rows, cursor = worklist.supervised(unit, wanted, caller, deps, limit=query.limit, cursor=query.cursor)
    return Worklist(tuple(row.case for row in rows), cursor)
