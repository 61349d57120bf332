"""The page of what the centre learned: the forecast for whoever plans shifts, bottlenecks, how suggestions did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.pages import Sheet, Visit, page

if TYPE_CHECKING:
    from chalicelib.views.signals import Forecast

routes = Blueprint(__name__)
WEEK: Final = 7


@page(routes, "GET", f"/{desk.FORECAST}", allow=desk.OVERSEERS)
def show_signals(_: Visit) -> Sheet:
    """Show what GET /v1/desk/forecast and GET /v1/desk/bottlenecks tell."""
    from chalicelib.views import signals

    deps = bootstrap.deps()
    forecast = signals.forecast(deps)
    about = {"forecast": forecast, "bottlenecks": signals.bottlenecks(deps), "triage": signals.triage(deps)}
    return Sheet("signals", about | _drawn(forecast))


def _drawn(forecast: Forecast) -> dict[str, Any]:
    from chalicelib.web.charts import Group, bars

    days = forecast.days
    if not days:
        return {}
    next_day = next((one for one in days[1:] if one.worked), days[0])
    by_day = [Group(f"{one.day:%d/%m}", ([("came", one.low), ("usual", one.cases - one.low)],)) for one in days]
    by_hour = [Group(str(hour), ([("usual", number)],)) for hour, number in enumerate(next_day.hours)]
    return {
        "weeks": [days[first : first + WEEK] for first in range(0, len(days), WEEK)],
        "days_chart": bars(by_day),
        "hours_chart": bars(by_hour),
        "next_day": next_day,
    }
