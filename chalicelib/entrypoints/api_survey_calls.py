"""Surveys by telephone and at the counter, by whoever surveys (R95, R96)."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_surveys import SurveyId
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.entrypoints.wording import telephone
from chalicelib.ports import unit_name

routes = Blueprint(__name__)
MarkText = Annotated[str, Meta(pattern=r"^([A-Za-z0-9_-]{20})?" + given.END)]
ContactText = Annotated[str, Meta(max_length=254, description="Số điện thoại hoặc thư điện tử người được hỏi nêu")]


class NextBody(given.Body, frozen=True, kw_only=True):
    """Người tiếp theo, sau người có dấu này; trống là người đầu tiên."""

    after: MarkText = ""


class OpinionBody(given.Body, frozen=True, kw_only=True):
    """Ý kiến của một người được hỏi: theo dấu của cuộc gọi, hoặc theo số điện thoại, thư điện tử họ nêu."""

    mark: MarkText = ""
    contact: ContactText = ""
    outcome: Literal["answered", "declined"] = "answered"
    rating: given.Slug | None = None
    criteria: dict[given.Slug, given.Slug] = msgspec.field(default_factory=dict)
    comment: given.LongText = ""


class CallView(Struct, frozen=True):
    """Người cần gọi, hỏi về câu trả lời của đơn vị nào; `waiting`: còn bao nhiêu người. Trống khi không còn ai."""

    waiting: int = 0
    mark: str = ""
    name: str = ""
    phone: str = ""
    unit_name: str = ""


class Recorded(Struct, frozen=True):
    """Đã ghi; ý kiến không kèm tên, số điện thoại hay mã hồ sơ."""

    recorded: Literal["answered", "declined"]


@endpoint(
    routes,
    "POST",
    "/v1/desk/surveys/{survey}/calls",
    allow=STAFF,
    body=NextBody,
    returns={200: CallView},
    summary="Người cần gọi tiếp theo; việc xem được ghi vào nhật ký",
    tags=("surveys",),
    refuses=(404,),
)
def next_call(request: Request, survey: SurveyId) -> CallView:
    """Tell whom to telephone next."""
    return call_view(survey, request.body.after, request.caller)


@endpoint(
    routes,
    "POST",
    "/v1/desk/surveys/{survey}/opinions",
    allow=STAFF,
    body=OpinionBody,
    returns={200: Recorded},
    summary="Ghi ý kiến nêu qua điện thoại hoặc tại quầy",
    tags=("surveys",),
    refuses=(404, 409),
)
def record(request: Request, survey: SurveyId) -> Recorded:
    """Write down what a drawn sender says, or that nothing is said."""
    from chalicelib.usecases.answer_survey import Said
    from chalicelib.usecases.record_opinion import record_opinion, record_silence

    body, deps = request.body, bootstrap.deps()
    mark = body.mark or mark_of(survey, body.contact)
    if body.outcome == "declined":
        record_silence(survey, mark, request.caller, deps)
    else:
        record_opinion(survey, mark, Said(body.rating or "", body.criteria, body.comment), request.caller, deps)
    return Recorded(body.outcome)


def call_view(survey: str, after: str, caller: Actor) -> CallView:
    """Tell whom to telephone, once it is noted; nobody where there is none left."""
    from chalicelib.usecases.hand_out_call import hand_out_call

    deps = bootstrap.deps()
    call = hand_out_call(survey, after, caller, deps)
    if call is None:
        return CallView()
    return CallView(call.waiting, call.mark, call.name, call.phone, unit_name(call.unit, deps))


def mark_of(survey: str, contact: str) -> str:
    """Return the mark of whom a number or address belongs to; raises InvalidError for what is neither."""
    typed = contact.strip()
    if not typed:
        raise InvalidError("contact_missing", "Xin nêu số điện thoại hoặc thư điện tử", pointer="/contact")
    return bootstrap.deps().keys.survey_mark(survey, typed if "@" in typed else telephone(typed, "/contact"))
