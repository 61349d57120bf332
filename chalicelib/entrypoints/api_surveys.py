"""Independent surveys: planned and published by whoever surveys, read by the staff once they are published (R95)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.views import surveys as shown

routes = Blueprint(__name__)
SurveyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{12}" + given.END)]


class SurveyBody(given.Body, frozen=True, kw_only=True):
    """Khảo sát mới: hỏi ngẫu nhiên người đã được trả lời trong kỳ, mỗi đơn vị nhiều nhất từng này người."""

    title: Annotated[str, Meta(min_length=1, max_length=200, examples=["Khảo sát quý IV năm 2026"])]
    first: date
    last: date
    per_unit: Annotated[int, Meta(ge=1, le=10_000)]


class Surveys(given.Body, frozen=True):
    """Các cuộc khảo sát, mới nhất trước."""

    surveys: tuple[shown.SurveyRow, ...]


@endpoint(
    routes,
    "GET",
    "/v1/desk/surveys",
    allow=STAFF,
    returns={200: Surveys},
    summary="Các cuộc khảo sát sự hài lòng",
    tags=("surveys",),
)
def list_surveys(request: Request) -> Surveys:
    """List them: all to whoever surveys, the published ones to the others."""
    return Surveys(shown.rows(request.caller, bootstrap.deps()))


@endpoint(
    routes,
    "POST",
    "/v1/desk/surveys",
    allow=STAFF,
    body=SurveyBody,
    returns={201: shown.SurveyView},
    summary="Mở một cuộc khảo sát",
    tags=("surveys",),
    idempotency="required",
    refuses=(404,),
)
def plan(request: Request) -> shown.SurveyView:
    """Plan one; senders are asked from the next minutes on."""
    from chalicelib.usecases.plan_survey import Wish, plan_survey

    body, deps = request.body, bootstrap.deps()
    wish = Wish(body.title, body.first, body.last, body.per_unit)
    made = plan_survey(wish, request.idempotency_key or "", request.caller, deps)
    return shown.survey(made.id, request.caller, deps)


@endpoint(
    routes,
    "GET",
    "/v1/desk/surveys/{survey}",
    allow=STAFF,
    returns={200: shown.SurveyView},
    summary="Kết quả một cuộc khảo sát",
    tags=("surveys",),
)
def show_survey(request: Request, survey: SurveyId) -> shown.SurveyView:
    """Show what was measured."""
    return shown.survey(survey, request.caller, bootstrap.deps())


@endpoint(
    routes,
    "POST",
    "/v1/desk/surveys/{survey}/publication",
    allow=STAFF,
    returns={200: shown.SurveyView},
    summary="Công bố kết quả khảo sát trong toàn hệ thống",
    tags=("surveys",),
    refuses=(409,),
)
def publish(request: Request, survey: SurveyId) -> shown.SurveyView:
    """Publish the results of one that is closed."""
    from chalicelib.usecases.publish_survey import publish_survey

    deps = bootstrap.deps()
    publish_survey(survey, request.caller, deps)
    return shown.survey(survey, request.caller, deps)
