"""The department's routes of petitions: facts, words that are asked for, and every step (R82-R86)."""

from __future__ import annotations

from typing import Any, Final, Literal

from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import PETITION_STAFF, Role
from chalicelib.domain.petitions import commands as cmd
from chalicelib.domain.petitions.report import Report
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import petition_bodies as bodies
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views.petitions.register import Openings
from chalicelib.views.petitions.sheets import PetitionList, PetitionSheet

routes = Blueprint(__name__)
TAGS: Final = ("petitions",)
DESK: Final = "/v1/desk/petitions"
HEAD: Final = frozenset({Role.PETITION_HEAD})
READ_AT_MOST: Final = 500


class OpenedIdentity(Struct, frozen=True):
    """Người gửi."""

    kind: str
    name: str
    phone: str
    email: str
    address: str


class PetitionQuery(given.Body, frozen=True):
    """Đang xử lý, hay đã kết thúc trong một tháng."""

    state: Literal["open", "closed"] = "open"
    month: bodies.Month | Literal[""] = ""


class MonthQuery(given.Body, frozen=True, kw_only=True):
    """Một tháng."""

    month: bodies.Month


@endpoint(
    routes,
    "GET",
    DESK,
    allow=PETITION_STAFF,
    query=PetitionQuery,
    returns={200: PetitionList},
    summary="Danh sách đơn",
    tags=TAGS,
    refuses=(404,),
)
def list_petitions(request: Request) -> PetitionList:
    """List those that are open, or were closed in a month."""
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.views.petitions.sheets import listed

    deps, query = bootstrap.deps(), request.query
    rules = rules_of(deps)
    month = query.month or f"{deps.clock.now():%Y-%m}"
    found = deps.petitions.open_ones() if query.state == "open" else deps.petitions.closed_in(month)
    return listed(found, rules, deps, READ_AT_MOST)


@endpoint(
    routes,
    "GET",
    f"{DESK}/{{code}}",
    allow=PETITION_STAFF,
    returns={200: PetitionSheet},
    summary="Một đơn, không có nội dung",
    tags=TAGS,
    refuses=(404,),
)
def show_petition(request: Request, code: given.Code) -> PetitionSheet:
    """Show the facts of one."""
    return _sheet(canonical(code))


@endpoint(
    routes,
    "POST",
    f"{DESK}/{{code}}/words",
    allow=PETITION_STAFF,
    returns={200: PetitionSheet},
    summary="Mở nội dung đơn; việc mở được lưu lại",
    tags=TAGS,
    refuses=(404, 409),
)
def open_words(request: Request, code: given.Code) -> PetitionSheet:
    """Show what was said, after it was noted who asked."""
    from chalicelib.usecases.petitions import open_petition

    number = canonical(code)
    return _sheet(number, open_petition.open_words(number, actor=request.caller, deps=bootstrap.deps()))


@endpoint(
    routes,
    "POST",
    f"{DESK}/{{code}}/identity",
    allow=PETITION_STAFF,
    body=bodies.ReasonBody,
    returns={200: OpenedIdentity},
    summary="Xem người gửi là ai, kèm lý do; việc xem được lưu lại",
    tags=TAGS,
    refuses=(404, 409),
)
def open_identity(request: Request, code: given.Code) -> OpenedIdentity:
    """Show who sent it, after it was noted who asked and why."""
    from chalicelib.usecases.petitions import open_petition

    found = open_petition.open_identity(
        canonical(code), request.body.reason, actor=request.caller, deps=bootstrap.deps()
    )
    return OpenedIdentity(found.kind, found.name, found.phone, found.email, found.address)


@endpoint(
    routes,
    "GET",
    "/v1/desk/petition-openings",
    allow=HEAD,
    query=MonthQuery,
    returns={200: Openings},
    summary="Ai đã mở đơn nào trong tháng",
    tags=TAGS,
    refuses=(404,),
)
def list_openings(request: Request) -> Openings:
    """List who looked into which petition, for the head of the department."""
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.views.petitions.register import openings

    deps = bootstrap.deps()
    rules_of(deps)
    return openings(request.query.month, deps)


@endpoint(
    routes,
    "GET",
    "/v1/desk/petition-report",
    allow=PETITION_STAFF,
    query=MonthQuery,
    returns={200: Report},
    summary="Số liệu đơn thư của tháng, theo Biểu 01/XLD",
    tags=TAGS,
    refuses=(404,),
)
def count_petitions(request: Request) -> Report:
    """Give the counts of a month."""
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.views.petitions.register import month_report

    deps = bootstrap.deps()
    return month_report(request.query.month, rules_of(deps), deps)


def _sheet(code: str, words: Any = None) -> PetitionSheet:
    from chalicelib.usecases.petitions.track import rules_of
    from chalicelib.views.petitions.sheets import sheet

    deps = bootstrap.deps()
    rules = rules_of(deps)
    return sheet(deps.petitions.load(code).petition, deps.petitions.history(code), rules, deps, words)


def _action(kind: type[cmd.Command], summary: str) -> None:
    """Make the route of a command."""

    def act(request: Request, code: given.Code) -> PetitionSheet:
        from chalicelib.usecases.petitions.act_on_petition import act_on_petition

        number, caller = canonical(code), request.caller
        key = f"{caller.name} {request.idempotency_key}"
        command = bodies.command_of(kind, request.body)
        act_on_petition(number, command, key=key, actor=caller, deps=bootstrap.deps())
        return _sheet(number)

    act.__name__ = f"{kind.action}_petition"  # the operation's id
    endpoint(
        routes,
        "POST",
        f"{DESK}/{{code}}/{kind.action}",
        allow=bodies.who_may(kind),
        body=bodies.BODIES[kind],
        returns={200: PetitionSheet},
        summary=summary,
        tags=TAGS,
        idempotency="required",
        refuses=(404, 409),
    )(act)


ACTIONS: Final = {
    cmd.Supplement: "Ghi lời người gửi nói thêm",
    cmd.Classify: "Phân loại đơn",
    cmd.Accept: "Ghi nhận thụ lý",
    cmd.Refuse: "Ghi nhận không thụ lý",
    cmd.Transfer: "Chuyển đơn đến nơi có thẩm quyền",
    cmd.Guide: "Hướng dẫn người gửi",
    cmd.Move: "Chuyển thành phản ánh, kiến nghị",
    cmd.Extend: "Ghi nhận gia hạn",
    cmd.Settle: "Ghi nhận quyết định, kết luận",
    cmd.Follow: "Ghi nhận đôn đốc, kiểm tra",
    cmd.Execute: "Ghi nhận đã thi hành xong",
    cmd.Withdraw: "Ghi nhận rút đơn",
    cmd.HoldBack: "Giữ lại quá thời hạn lưu giữ",
    cmd.LiftHold: "Thôi giữ lại",
}
for _kind, _summary in ACTIONS.items():
    _action(_kind, _summary)
