"""What those who run the service see and do, beside the alarms: docs/operations.md."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import aside
from chalicelib.views import rejections as told_back

routes = Blueprint(__name__)


class PageQuery(given.Body, frozen=True):
    """Một trang."""

    limit: given.Limit = 50
    cursor: given.Cursor = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/aside",
    allow={Role.ADMINISTRATOR},
    query=PageQuery,
    returns={200: aside.AsideCases},
    summary="Hồ sơ hệ thống không tự theo dõi thời hạn được",
    tags=("operations",),
)
def list_aside(request: Request) -> aside.AsideCases:
    """List the cases that the sweep has set aside."""
    return aside.aside(bootstrap.deps(), limit=request.query.limit, cursor=request.query.cursor)


@endpoint(
    routes,
    "POST",
    "/v1/desk/aside/{code}/retry",
    allow={Role.ADMINISTRATOR},
    returns={204: None},
    summary="Đã khắc phục: theo dõi lại thời hạn của hồ sơ",
    tags=("operations",),
)
def retry(request: Request, code: given.Code) -> None:
    """Let the next sweep look at a case again; 404 where it is not set aside."""
    deps = bootstrap.deps()
    deps.alarms.put_back(canonical(code), deps.clock.now())


@endpoint(
    routes,
    "GET",
    "/v1/desk/exchange/rejections",
    allow={Role.OPERATOR, Role.ADMINISTRATOR},
    query=PageQuery,
    returns={200: told_back.RejectionViews},
    summary="Thông điệp của cơ quan không có hiệu lực",
    tags=("operations",),
)
def list_rejections(request: Request) -> told_back.RejectionViews:
    """List what agencies were told had no effect, newest first, for 90 days."""
    return told_back.rejections(bootstrap.deps(), limit=request.query.limit, cursor=request.query.cursor)
