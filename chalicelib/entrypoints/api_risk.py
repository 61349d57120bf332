"""Early warning: what will be late at the present pace of each holder (R111)."""

from __future__ import annotations

from typing import Literal

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import OVERSEERS
from chalicelib.domain.errors import ForbiddenError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.views import risk

routes = Blueprint(__name__)


class RiskQuery(given.Body, frozen=True):
    """Lọc theo vai trò, đơn vị; mặc định là đơn vị của người gọi, với Tổng đài và lãnh đạo là tất cả."""

    role: Literal["operator", "officer", "agency", "leadership"] | None = None
    unit: given.Slug | None = None
    limit: given.Limit = 25


@endpoint(
    routes,
    "GET",
    "/v1/desk/risk",
    allow=STAFF,
    query=RiskQuery,
    returns={200: risk.Risk},
    summary="Hồ sơ sẽ trễ hạn theo nhịp xử lý hiện nay",
    tags=("desk",),
)
def read_risk(request: Request) -> risk.Risk:
    """List what will be late, worst first; units see their own."""
    from chalicelib.usecases.foresee_late import foresee_late

    deps, query, caller = bootstrap.deps(), request.query, request.caller
    everything = caller.role in OVERSEERS
    unit = query.unit or (None if everything else caller.unit)
    if not everything and unit != caller.unit:
        raise ForbiddenError("not_your_unit", "Anh/chị chỉ xem được việc của đơn vị mình")
    return risk.risk(foresee_late(deps, role=query.role, unit=unit), deps, limit=query.limit)
