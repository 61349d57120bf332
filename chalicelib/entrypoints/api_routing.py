"""Why a case is suggested to a unit, and what the routing rules would say of any other."""

from __future__ import annotations

from typing import Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import OVERSEERS
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import routing as shown

routes = Blueprint(__name__)
TYPED = ("field", "channel", "sender_kind", "content")


class TryBody(given.Body, frozen=True):
    """Một nội dung giả định; đơn vị được nêu tên tìm trong `content`, nơi cư trú của người gửi không được hỏi đến."""

    kind: given.Slug
    about: Annotated[given.Slug | None, Meta(description="Với loại có phân nhóm")] = None
    field: given.Slug = "khac"
    channel: given.Slug = "phone"
    sender_kind: Literal["individual", "organisation"] = "individual"
    content: Annotated[given.LongText, Meta(description="Lời của người gửi; không được lưu lại")] = ""


@endpoint(
    routes,
    "GET",
    "/v1/desk/cases/{code}/routing",
    allow=STAFF,
    returns={200: shown.RoutingView},
    summary="Đơn vị được gợi ý, theo quy tắc nào và vì sao không theo các quy tắc khác",
    tags=("routing",),
)
def explain_routing(request: Request, code: given.Code) -> shown.RoutingView:
    """Explain the routing of a case (R48, R54)."""
    from chalicelib.usecases.open_case import open_case

    deps = bootstrap.deps()
    return shown.routing_of(open_case(canonical(code), actor=request.caller, deps=deps, door="routing"), deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/routing/try",
    allow=OVERSEERS,
    body=TryBody,
    returns={200: shown.RoutingView},
    summary="Thử quy tắc phân luồng với một nội dung giả định",
    tags=("routing",),
)
def try_routing(request: Request) -> shown.RoutingView:
    """Say what the rules make of facts and a text; nothing is kept."""
    return tried(request.body)


def tried(body: TryBody) -> shown.RoutingView:
    """Explain the routing of what is tried; raises InvalidError for what the regulation does not know."""
    from chalicelib.domain.intake import check_channel, check_kind
    from chalicelib.entrypoints.suggested import suggested

    rules, typed = bootstrap.deps().regulation, {name: getattr(body, name) for name in TYPED}
    check_kind(body.kind, body.about, body.field, rules)
    check_channel(body.channel, rules)
    return suggested(typed, body.kind, body.about)
