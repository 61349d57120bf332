"""What is to be seen to beside the stages: senders whom no letter reached, documents of conduct reports (R69, R75)."""

from __future__ import annotations

from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.errors import ForbiddenError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.views import follow_ups as shown

routes = Blueprint(__name__)


class PageQuery(given.Body, frozen=True):
    """Trang nào."""

    limit: given.Limit = 25
    cursor: given.Cursor = ""


class DutiesQuery(PageQuery, frozen=True):
    """Của cơ quan nào; chỉ những văn bản quá hạn."""

    unit: given.Slug | None = None
    overdue: Annotated[bool, Meta(description="true: chỉ những văn bản đã quá hạn")] = False


@endpoint(
    routes,
    "GET",
    "/v1/desk/phoning",
    allow=STAFF - {Role.AGENCY},
    query=PageQuery,
    returns={200: shown.ToPhone},
    summary="Người gửi cần được gọi điện",
    tags=("desk",),
)
def list_phoning(request: Request) -> shown.ToPhone:
    """List the cases whose sender a letter did not reach."""
    query = request.query
    return shown.to_phone(request.caller, bootstrap.deps(), limit=query.limit, cursor=query.cursor)


@endpoint(
    routes,
    "GET",
    "/v1/desk/duties",
    allow=STAFF,
    query=DutiesQuery,
    returns={200: shown.Duties},
    summary="Thông báo, đề nghị thay cán bộ chưa có kết quả",
    tags=("desk",),
)
def list_duties(request: Request) -> shown.Duties:
    """List the documents of conduct reports that nobody has closed yet; a unit sees its own."""
    query, caller = request.query, request.caller
    own = caller.role in shown.UNITS
    if own and query.unit not in (None, caller.unit):
        raise ForbiddenError("not_your_unit", "Anh/chị chỉ xem được việc của đơn vị mình")
    unit = caller.unit if own else query.unit or ""
    return shown.duties(unit, bootstrap.deps(), overdue=query.overdue, limit=query.limit, cursor=query.cursor)
