"""What the sender says of an answer, by the case's PIN: a rating, and once that it be looked at again (R93)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import SENDER
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.entrypoints.wording import canonical, receipt
from chalicelib.views import progress

if TYPE_CHECKING:
    from chalicelib.domain.commands import Command

routes = Blueprint(__name__)


class RatingBody(given.Body, frozen=True, kw_only=True):
    """Đánh giá câu trả lời; đánh giá lại thay cho lần trước."""

    rating: Annotated[given.Slug, Meta(description="Mức đánh giá; danh sách ở GET /v1/centre", examples=["satisfied"])]
    comment: Annotated[given.LongText, Meta(description="Ý kiến thêm")] = ""
    criteria: Annotated[
        dict[given.Slug, given.Slug],
        Meta(description="Tiêu chí → mức đánh giá; danh sách ở GET /v1/centre", examples=[{"timeliness": "accepted"}]),
    ] = msgspec.field(default_factory=dict)


class ReopeningBody(given.Body, frozen=True, kw_only=True):
    """Đề nghị xem xét lại câu trả lời."""

    reason: Annotated[given.Words, Meta(description="Điều chưa được trả lời thỏa đáng")]


@endpoint(
    routes,
    "POST",
    "/v1/cases/{code}/rating",
    allow=PUBLIC,
    pin="required",
    body=RatingBody,
    returns={200: progress.Progress},
    summary="Đánh giá câu trả lời, bằng mã PIN",
    tags=("cases",),
    idempotency="optional",
    refuses=(401, 409, 429),
)
def rate_answer(request: Request, code: given.Code) -> progress.Progress:
    """Say how satisfying the last answer is."""
    return _carried_out(request, code, _rate(request.body))


@endpoint(
    routes,
    "POST",
    "/v1/cases/{code}/reopening",
    allow=PUBLIC,
    pin="required",
    body=ReopeningBody,
    returns={200: progress.Progress},
    summary="Đề nghị xem xét lại khi không hài lòng, một lần, bằng mã PIN",
    tags=("cases",),
    idempotency="optional",
    refuses=(401, 409, 429),
)
def reopen_case(request: Request, code: given.Code) -> progress.Progress:
    """Ask for another answer."""
    from chalicelib.domain.commands import Reopen

    return _carried_out(request, code, Reopen(reason=request.body.reason))


def _rate(body: RatingBody) -> Command:
    from chalicelib.domain.commands import Rate

    return Rate(rating=body.rating, comment=body.comment, criteria=body.criteria)


def _carried_out(request: Request, code: str, command: Command) -> progress.Progress:
    from chalicelib.usecases.carry_out import carry_out
    from chalicelib.usecases.open_content import check_pin

    deps, number = bootstrap.deps(), canonical(code)
    check_pin(number, request.pin or "", deps)
    case = carry_out(number, command, actor=SENDER, deps=deps, receipt=receipt(request, number))
    return progress.progress(case, deps)
