"""The page of what the centre learned: the forecast for whoever plans shifts, bottlenecks, how suggestions did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import OVERSEERS
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.pages import Sheet, Visit, page

if TYPE_CHECKING:
    from chalicelib.views.signals import DayView, Forecast

routes = Blueprint(__name__)
WEEK: Final = 7


class ForecastQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Ngày xem theo giờ; mặc định là ngày làm việc sắp tới."""

    day: date | None = msgspec.field(default=None, name="ngay")


@page(routes, "GET", f"/{desk.FORECAST}", allow=OVERSEERS, query=ForecastQuery)
def show_signals(visit: Visit) -> Sheet:
    """Show what GET /v1/desk/forecast and GET /v1/desk/bottlenecks tell."""
    from chalicelib.views import signals

    deps = bootstrap.deps()
    forecast = signals.forecast(deps)
    about = {"forecast": forecast, "bottlenecks": signals.bottlenecks(deps), "triage": signals.triage(deps)}
    return Sheet("signals", about | _drawn(forecast, visit.query.day))


def _drawn(forecast: Forecast, wanted: date | None) -> dict[str, Any]:
    from chalicelib.web.charts import Group, bars

    days = forecast.days
    if not days:
        return {}
    soonest = next((one for one in days[1:] if one.worked), days[0])
    chosen = next((one for one in days if one.day == wanted), soonest)
    return {
        "weeks": [days[first : first + WEEK] for first in range(0, len(days), WEEK)],
        "days_chart": bars([Group(f"{one.day:%d/%m}", (_span(one),)) for one in days]),
        "hours_chart": bars([Group(str(hour), ([("usual", number)],)) for hour, number in enumerate(chosen.hours)]),
        "chosen": chosen,
    }


def _span(one: DayView) -> list[tuple[str, float]]:
    least, most = min(one.low, one.cases), max(one.high, one.cases)
    return [("came", least), ("usual", one.cases - least), ("may", most - one.cases)]
