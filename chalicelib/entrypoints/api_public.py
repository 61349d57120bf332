"""What citizens ask for: send a case, follow it, complete it, read the board.

Every function of the application imports every route: a use case and its rules are imported when first asked for.
"""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import SENDER
from chalicelib.domain.case import NORMAL
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import queries
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.entrypoints.wording import canonical, receipt, sender
from chalicelib.views import board, case_file, centre, centre_keys, progress

routes = Blueprint(__name__)
KEYS_KEPT = 3600  # seconds; an agency that meets a new key asks at once


@endpoint(
    routes, "GET", "/v1/health", allow=PUBLIC, returns={200: given.Health}, summary="Máy chủ trả lời", tags=("centre",)
)
def health(request: Request) -> given.Health:
    """Answer without touching anything."""
    return given.Health()


@endpoint(
    routes, "GET", "/v1/centre", allow=PUBLIC, returns={200: centre.CentreView}, summary="Tổng đài", tags=("centre",)
)
def about_centre(request: Request) -> centre.CentreView:
    """Show contact, choices and office hours."""
    return centre.centre(bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/exchange/keys",
    allow=PUBLIC,
    returns={200: centre_keys.KeySet},
    summary="Khóa công khai của Trung tâm, để kiểm tra chữ ký trên thông điệp gửi cơ quan",
    tags=("exchange",),
    max_age=KEYS_KEPT,
)
def show_centre_keys(request: Request) -> centre_keys.KeySet:
    """Show the keys with which the centre signs what agencies are told, as a JWK Set (RFC 7517)."""
    return centre_keys.key_set(bootstrap.deps())


@endpoint(
    routes,
    "POST",
    "/v1/cases",
    allow=PUBLIC,
    body=given.CaseBody,
    returns={201: progress.Created, 200: progress.Created},
    summary="Gửi câu hỏi, phản ánh, kiến nghị, yêu cầu dịch vụ",
    tags=("cases",),
    idempotency="required",
    refuses=(409,),
)
def send_case(request: Request) -> tuple[int, progress.Created]:
    """Receive a case; the same key and body give the same case again, with status 200."""
    return receive(request, request.body)


@endpoint(
    routes,
    "GET",
    "/v1/cases/{code}",
    allow=PUBLIC,
    returns={200: progress.Progress},
    summary="Tiến độ của hồ sơ",
    tags=("cases",),
)
def follow_case(request: Request, code: given.Code) -> progress.Progress:
    """Show state, holder and times to whoever has the code (R68)."""
    deps = bootstrap.deps()
    return progress.progress(deps.cases.load(canonical(code)).case, deps)


@endpoint(
    routes,
    "GET",
    "/v1/cases/{code}/content",
    allow=PUBLIC,
    pin="required",
    returns={200: case_file.Content},
    summary="Nội dung và trả lời, bằng mã PIN",
    tags=("cases",),
    refuses=(401, 429),
)
def read_case(request: Request, code: given.Code) -> case_file.Content:
    """Show everything the sender may read."""
    from chalicelib.usecases.open_content import check_pin

    deps, number = bootstrap.deps(), canonical(code)
    check_pin(number, request.pin or "", deps)
    return case_file.content(deps.cases.dossier(number), deps)


@endpoint(
    routes,
    "POST",
    "/v1/cases/{code}/details",
    allow=PUBLIC,
    pin="required",
    body=given.DetailsBody,
    returns={200: progress.Progress},
    summary="Bổ sung thông tin, bằng mã PIN",
    tags=("cases",),
    idempotency="optional",
    refuses=(401, 409, 429),
)
def complete_case(request: Request, code: given.Code) -> progress.Progress:
    """Add what was asked for; the clock goes on."""
    from chalicelib.usecases.open_content import check_pin
    from chalicelib.usecases.supply_details import supply_details

    deps, number = bootstrap.deps(), canonical(code)
    check_pin(number, request.pin or "", deps)
    case = supply_details(
        number,
        content=request.body.content,
        sender=sender(request.body.sender),
        actor=SENDER,
        deps=deps,
        uploads=request.body.attachments,
        receipt=receipt(request, number),
    )
    return progress.progress(case, deps)


@endpoint(
    routes,
    "GET",
    "/v1/board",
    allow=PUBLIC,
    query=queries.BoardQuery,
    returns={200: board.BoardPage},
    summary="Kết quả đã công khai",
    tags=("board",),
)
def read_board(request: Request) -> board.BoardPage:
    """List published answers of a month (default: this one)."""
    deps, query = bootstrap.deps(), request.query
    month = query.month or this_month()
    return board.board_page(month, deps, field=query.field, agency=query.agency, limit=query.limit, cursor=query.cursor)


@endpoint(
    routes,
    "GET",
    "/v1/board/{posting}",
    allow=PUBLIC,
    returns={200: board.PostingView},
    summary="Một kết quả đã công khai",
    tags=("board",),
)
def read_posting(request: Request, posting: given.BoardId) -> board.PostingView:
    """Show one published answer."""
    deps = bootstrap.deps()
    return board.shown(deps.board.get(posting), deps)


def receive(request: Request, body: given.CaseBody) -> tuple[int, progress.Created]:
    """Receive a case for the caller, citizen or desk."""
    from chalicelib.domain.commands import Receive
    from chalicelib.domain.eligibility import Matter
    from chalicelib.usecases.receive_case import receive_case

    deps = bootstrap.deps()
    matter = Matter(body.title, body.content, sender(body.sender), body.anonymous, body.declared_petition)
    command = Receive(
        matter=matter,
        kind=body.kind,
        about=body.about,
        channel=body.channel,
        field=body.field,
        priority=getattr(body, "priority", NORMAL),  # the desk's alone to give
    )
    kept = receipt(request, "")
    assert kept is not None, "the route requires a key"
    made = receive_case(command, actor=request.caller, receipt=kept, deps=deps)
    shown = progress.created(made.case, made.pin, made.said, deps, repeated=made.repeated)
    return 200 if made.repeated else 201, shown


def this_month() -> str:
    """Return the present month in the office's zone."""
    deps = bootstrap.deps()
    return f"{deps.clock.now().astimezone(deps.regulation.calendar.zone):%Y-%m}"
