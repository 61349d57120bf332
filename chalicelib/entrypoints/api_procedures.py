"""The catalogue of procedures: anybody finds and reads them (R87, R88)."""

from __future__ import annotations

from typing import Annotated, Final

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.views import procedures

routes = Blueprint(__name__)
KEPT: Final = 60  # seconds: as long as a process may not have heard of a new version
ProcedureCode = Annotated[
    str, Meta(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{2,39}" + given.END, examples=["1.001193"], description="Mã thủ tục")
]


class ProceduresQuery(given.Body, frozen=True):
    """Câu hỏi bằng lời thường, có dấu hoặc không dấu, hoặc mã thủ tục; để trống thì liệt kê tất cả."""

    q: Annotated[str, Meta(max_length=500, examples=["làm lại sổ đỏ"])] = ""
    field: Annotated[str, Meta(max_length=300, description="Lĩnh vực, như ghi trong danh mục")] = ""
    level: Annotated[str, Meta(max_length=50, examples=["Cấp xã"])] = ""
    limit: Annotated[int, Meta(ge=1, le=50)] = procedures.PAGE
    cursor: given.Cursor = ""


@endpoint(
    routes,
    "GET",
    "/v1/procedures",
    allow=PUBLIC,
    query=ProceduresQuery,
    returns={200: procedures.ProcedurePage},
    summary="Tìm thủ tục hành chính",
    tags=("procedures",),
    max_age=KEPT,
)
def find_procedures(request: Request) -> procedures.ProcedurePage:
    """Find procedures that are in force today by what people call them."""
    asked = request.query
    return procedures.found(
        asked.q, bootstrap.deps(), field=asked.field, level=asked.level, limit=asked.limit, cursor=asked.cursor
    )


@endpoint(
    routes,
    "GET",
    "/v1/procedures/{procedure}",
    allow=PUBLIC,
    returns={200: procedures.ProcedureView},
    summary="Một thủ tục hành chính, với nguồn và ngày hiệu lực",
    tags=("procedures",),
    max_age=KEPT,
)
def read_procedure(request: Request, procedure: ProcedureCode) -> procedures.ProcedureView:
    """Show a procedure as it was published, with its decision and the days on which it holds."""
    return procedures.procedure(procedure, bootstrap.deps())
