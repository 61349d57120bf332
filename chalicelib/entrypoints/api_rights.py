"""What senders asked of the data held about them: written down at the counter, decided by leadership (R99)."""

from __future__ import annotations

from typing import Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Actor, Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical, sender
from chalicelib.views import personal_copy as shown

routes = Blueprint(__name__)
COUNTER = frozenset({Role.OPERATOR, Role.LEADERSHIP})
DECIDERS = frozenset({Role.LEADERSHIP})
RightId = Annotated[str, Meta(pattern=r"^[0-9a-f]{12}" + given.END)]
RightKind = Annotated[
    Literal["copy", "correction", "erasure", "restriction"],
    Meta(description="Bản sao; sửa thông tin liên hệ (lời đã gửi chỉ được bổ sung); xóa; không công khai"),
]
Identity = Annotated[str, Meta(min_length=1, max_length=200, examples=["Căn cước, đã đối chiếu bản gốc"])]


Parts = Annotated[list[Literal["contact", "matter"]], Meta(max_length=2)]


class RightBody(given.Body, frozen=True, kw_only=True):
    """Yêu cầu về dữ liệu của một hồ sơ."""

    kind: RightKind
    case: given.Code
    words: given.LongText = ""


class CounterBody(RightBody, frozen=True, kw_only=True):
    """Yêu cầu tại quầy, sau khi kiểm tra giấy tờ."""

    identity: Identity


class CopyBody(given.Body, frozen=True, kw_only=True):
    """Cấp bản sao tại quầy: đã kiểm tra giấy tờ nào."""

    identity: Identity


class DecisionBody(given.Body, frozen=True, kw_only=True):
    """Quyết định; từ chối phải nêu điều luật và lý do. `parts` khi xóa (trống là tất cả), `sender` khi sửa."""

    granted: bool
    article: given.ShortText = ""
    reason: given.LongText = ""
    parts: Parts = []  # noqa: RUF012 msgspec copies it
    sender: given.SenderBody = given.SenderBody()


class Requests(Struct, frozen=True):
    """Các yêu cầu, hạn sớm nhất trước."""

    requests: tuple[shown.RightView, ...]


@endpoint(
    routes,
    "GET",
    "/v1/desk/rights",
    allow=COUNTER,
    returns={200: Requests},
    summary="Các yêu cầu về dữ liệu cá nhân",
    tags=("personal-data",),
)
def list_requests(request: Request) -> Requests:
    """List what senders asked, what is open first."""
    return Requests(requests())


@endpoint(
    routes,
    "POST",
    "/v1/desk/rights",
    allow=COUNTER,
    body=CounterBody,
    returns={201: shown.RightView},
    summary="Ghi nhận yêu cầu tại quầy",
    tags=("personal-data",),
    idempotency="required",
    refuses=(404, 409, 429),
)
def write_request(request: Request) -> shown.RightView:
    """Write down what somebody at the counter asks."""
    from chalicelib.usecases.ask_right import ask_right

    body, deps = request.body, bootstrap.deps()
    made = ask_right(
        body.kind,
        canonical(body.case),
        words=body.words,
        key=f"{request.caller.name}#{request.idempotency_key}",
        deps=deps,
        actor=request.caller,
        door="counter",
        identity=body.identity,
    )
    return shown.shown(made, deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/rights/{right}/decision",
    allow=DECIDERS,
    body=DecisionBody,
    returns={200: shown.RightView},
    summary="Quyết định một yêu cầu",
    tags=("personal-data",),
    idempotency="optional",
    refuses=(404, 409),
)
def decide(request: Request, right: RightId) -> shown.RightView:
    """Grant or refuse."""
    from chalicelib.domain.case import PARTS
    from chalicelib.usecases.decide_right import Decision, decide_right

    body, deps = request.body, bootstrap.deps()
    decision = Decision(body.granted, body.article, body.reason, tuple(body.parts) or PARTS, sender(body.sender))
    return shown.shown(decide_right(right, decision, actor=request.caller, deps=deps), deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/cases/{code}/copy",
    allow=COUNTER,
    body=CopyBody,
    returns={200: shown.PersonalCopy},
    summary="Cấp bản sao dữ liệu của một hồ sơ tại quầy; việc cấp được ghi vào nhật ký",
    tags=("personal-data",),
)
def copy_at_counter(request: Request, code: given.Code) -> shown.PersonalCopy:
    """Copy a case for its sender, who stands at the counter."""
    return counter_copy(canonical(code), request.body.identity, request.caller)


def requests() -> tuple[shown.RightView, ...]:
    """Return all requests, open ones first, the one that ends soonest before the others."""
    deps = bootstrap.deps()
    found = sorted(deps.rights.all(), key=lambda one: (not one.open, one.due_at if one.open else one.asked_at))
    return tuple(shown.shown(one, deps) for one in found)


def counter_copy(code: str, identity: str, caller: Actor) -> shown.PersonalCopy:
    """Copy a case at the counter; who hands it out, by which paper, is kept first, as a request that was granted."""
    from chalicelib.usecases.hand_out_copy import hand_out_copy

    deps = bootstrap.deps()
    hand_out_copy(code, identity=identity, actor=caller, deps=deps)
    return shown.personal_copy([code], deps)
