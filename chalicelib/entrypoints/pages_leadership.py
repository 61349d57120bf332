"""The leadership's page: what needs an opinion, what is late by agency, what will be, today and the week in numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.api_public import this_month
from chalicelib.entrypoints.pages import Sheet, Visit, page
from chalicelib.ports import local_day

if TYPE_CHECKING:
    from chalicelib.domain.weekly import Days
    from chalicelib.views.trend import Inflow, Week

routes = Blueprint(__name__)
OVERVIEW: Final = f"{desk.HOME}/lanh-dao"
RISKS: Final = 25


class OverviewQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Tuần này đến hôm nay, hoặc tuần trước."""

    week: Literal["nay", "truoc"] = msgspec.field(default="nay", name="tuan")


@page(routes, "GET", f"/{OVERVIEW}", allow={Role.LEADERSHIP}, query=OverviewQuery)
def show_overview(visit: Visit) -> Sheet:
    """Show it all; the numbers are those of GET /v1/desk/tallies, the week's those of the Monday letter."""
    from chalicelib.usecases.foresee_late import foresee_late
    from chalicelib.usecases.send_week import week_context
    from chalicelib.views import leadership, risk, tally, trend

    deps, caller = bootstrap.deps(), visit.caller
    month, today = tally.tallies(this_month(), deps), local_day(deps.clock.now(), deps.regulation)
    opinions, more = leadership.waiting(caller, deps)
    return Sheet(
        "leadership",
        {
            "now": deps.clock.now(),
            "articles": deps.regulation.articles,
            "opinions": opinions,
            "more_opinions": more,
            "late": leadership.late_units(month, caller, deps),
            "risk": risk.risk(foresee_late(deps), deps, limit=RISKS),
            "queue": leadership.queue(month, deps),
            "satisfaction": leadership.satisfaction(month, deps),
            **_charts(trend.inflow(month, deps), trend.weeks(month, deps)),
            "counts": (("Hôm nay", leadership.of_day(month, today)), ("Tháng này", leadership.count(month.totals))),
            "week": week_context(_days(visit.query.week), deps),
            "which": visit.query.week,
        },
    )


def _charts(inflow: Inflow, weeks: tuple[Week, ...]) -> dict[str, Any]:
    from chalicelib.web.charts import Group, bars

    hours = [Group(f"{one.hour}", ([("usual", one.usual)], [("came", one.today or 0)])) for one in inflow.hours]
    done = [
        Group(f"{one.first:%d/%m}", ([("came", one.received)], [("good", one.on_time), ("bad", one.late)]))
        for one in weeks
    ]
    return {"inflow": inflow, "inflow_chart": bars(hours), "weeks": weeks, "weeks_chart": bars(done)}


def _days(week: str) -> Days:
    from chalicelib.domain.weekly import WEEK, Days

    deps = bootstrap.deps()
    today = local_day(deps.clock.now(), deps.regulation)
    start = today - timedelta(days=(today.weekday() - deps.regulation.digests.week_begins) % 7)
    return Days(start, today) if week == "nay" else Days(start - WEEK, start - timedelta(days=1))
