"""What reports and suggestions led to, and the rewards for it (Điều 16.1; R108)."""

from __future__ import annotations

from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.views import rewards as shown

routes = Blueprint(__name__)
Year = Annotated[int, Meta(ge=2000, le=2999, description="Năm ghi nhận việc sửa đổi")]


class RewardsQuery(given.Body, frozen=True, kw_only=True):
    """Năm nào, trang nào."""

    year: Year
    limit: given.Limit = 25
    cursor: given.Cursor = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/rewards",
    allow={Role.LEADERSHIP},
    query=RewardsQuery,
    returns={200: shown.Rewards},
    summary="Phản ánh, kiến nghị đã dẫn đến sửa đổi và khen thưởng cho người gửi",
    tags=("desk",),
)
def list_rewards(request: Request) -> shown.Rewards:
    """List what led to a change in a year, the newest first, with what was proposed and decided."""
    asked = request.query
    return shown.rewards(asked.year, bootstrap.deps(), limit=asked.limit, cursor=asked.cursor)
