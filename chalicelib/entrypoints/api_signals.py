"""What the centre learns from its own cases: suggestions for a case, bottlenecks, the forecast (R48, R111–R113)."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import OVERSEERS
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import signals
from chalicelib.views import suggestions as suggested

routes = Blueprint(__name__)


@endpoint(
    routes,
    "GET",
    "/v1/desk/cases/{code}/suggestions",
    allow=STAFF,
    returns={200: suggested.Suggestions},
    summary="Gợi ý phân loại, nơi giải quyết và hồ sơ gần giống",
    tags=("desk",),
)
def read_suggestions(request: Request, code: given.Code) -> suggested.Suggestions:
    """Suggest for a case that the caller may read; what is not sure is left out."""
    from chalicelib.usecases.open_case import open_case

    deps = bootstrap.deps()
    dossier = open_case(canonical(code), actor=request.caller, deps=deps, door="api")
    return suggested.suggestions(dossier, request.caller, deps)


@endpoint(
    routes,
    "GET",
    "/v1/desk/bottlenecks",
    allow=OVERSEERS,
    returns={200: signals.Bottlenecks},
    summary="Điểm nghẽn của bảy ngày qua",
    tags=("desk",),
)
def read_bottlenecks(_: Request) -> signals.Bottlenecks:
    """List what is spoken of more than usual, with the cases behind each number."""
    return signals.bottlenecks(bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/desk/forecast",
    allow=OVERSEERS,
    returns={200: signals.Forecast},
    summary="Dự báo lượng tiếp nhận bốn tuần tới, theo ngày và giờ",
    tags=("desk",),
)
def read_forecast(_: Request) -> signals.Forecast:
    """Foretell what will come in."""
    return signals.forecast(bootstrap.deps())
