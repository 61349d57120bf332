"""The leadership's page of what reports and suggestions led to, and of the rewards for it (Điều 16.1; R108)."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.pages import Sheet, Visit, page
from chalicelib.ports import local_day

routes = Blueprint(__name__)
REWARDS: Final = f"{desk.HOME}/khen-thuong"
ROWS: Final = 25


class RewardsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Năm nào, trang nào; mặc định là năm nay."""

    year: Annotated[int, Meta(ge=2000, le=2999)] | None = msgspec.field(default=None, name="nam")
    after: given.Cursor = msgspec.field(default="", name="sau")


@page(routes, "GET", f"/{REWARDS}", allow={Role.LEADERSHIP}, query=RewardsQuery)
def show_rewards(visit: Visit) -> Sheet:
    """Show what GET /v1/desk/rewards tells."""
    from chalicelib.views.rewards import rewards

    deps = bootstrap.deps()
    this_year = local_day(deps.clock.now(), deps.regulation).year
    shown = rewards(visit.query.year or this_year, deps, limit=ROWS, cursor=visit.query.after)
    return Sheet("rewards", {"shown": shown, "this_year": this_year, "kinds": deps.regulation.kinds})
