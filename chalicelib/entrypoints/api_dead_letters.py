"""Messages that did not arrive: operators see them, administrators have them sent again or close them."""

from __future__ import annotations

from typing import Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.errors import NotFoundError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.views import dead_letters as shown

routes = Blueprint(__name__)
WATCHERS = frozenset({Role.OPERATOR, Role.ADMINISTRATOR})
LetterId = Annotated[str, Meta(pattern=r"^[0-9]{13}-[A-Za-z0-9_-]{1,120}" + given.END)]
Queue = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_-]{0,79}" + given.END, examples=["notices"])]
Reason = Annotated[
    str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,79}" + given.END, examples=["store_unavailable"], description="Mã lỗi")
]


class LettersQuery(given.Body, frozen=True):
    """Của hàng đợi nào, vì lỗi nào; còn chờ xử lý hay đã xử lý xong."""

    queue: Queue | None = None
    reason: Reason | None = None
    state: Literal["standing", "settled"] = "standing"
    limit: given.Limit = 50
    cursor: given.Cursor = ""


class RedriveBody(given.Body, frozen=True, kw_only=True):
    """Gửi lại mọi thông điệp hỏng vì một lỗi; `dry_run` là chỉ xem trước, không gửi."""

    reason: Reason
    queue: Queue | None = None
    dry_run: bool


class CloseBody(given.Body, frozen=True, kw_only=True):
    """Vì sao không gửi lại; không ghi dữ liệu cá nhân ở đây."""

    note: Annotated[str, Meta(min_length=1, max_length=1000, examples=["Đã gọi điện báo Sở, hồ sơ xử lý xong"])]


@endpoint(
    routes,
    "GET",
    "/v1/desk/dead-letters",
    allow=WATCHERS,
    query=LettersQuery,
    returns={200: shown.DeadLetters},
    summary="Thông điệp không đến nơi",
    tags=("operations",),
)
def list_letters(request: Request) -> shown.DeadLetters:
    """List the dead letters that stand, or those that are settled."""
    from chalicelib.usecases.decide_dead_letters import matching

    deps, query = bootstrap.deps(), request.query
    letters = matching(deps, query.reason or "", query.queue or "", query.cursor, settled=query.state == "settled")
    return shown.page(letters, deps, limit=query.limit)


@endpoint(
    routes,
    "GET",
    "/v1/desk/dead-letters/{letter}",
    allow=WATCHERS,
    returns={200: shown.DeadLetter},
    summary="Một thông điệp không đến nơi",
    tags=("operations",),
)
def show_letter(request: Request, letter: LetterId) -> shown.DeadLetter:
    """Show one, whether it stands or is settled."""
    deps = bootstrap.deps()
    found = deps.dead_letters.find(letter)
    if found is None:
        raise NotFoundError("letter_not_found", "Không tìm thấy thông điệp này")
    return shown.dead_letter(found, deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/dead-letters/redrive",
    allow={Role.ADMINISTRATOR},
    body=RedriveBody,
    returns={200: shown.RedrivenLetters},
    summary="Gửi lại mọi thông điệp hỏng vì một lỗi",
    tags=("operations",),
)
def redrive_all(request: Request) -> shown.RedrivenLetters:
    """Have all letters of a reason sent again by the next run, at most 200 a call; or say which these would be."""
    from chalicelib.usecases.decide_dead_letters import redrive_letters

    deps, body = bootstrap.deps(), request.body
    done = redrive_letters(body.reason, body.queue or "", request.caller, deps, dry_run=body.dry_run)
    letters = tuple(shown.dead_letter(letter, deps) for letter in done.letters)
    return shown.RedrivenLetters(body.dry_run, len(letters), letters, done.more)


@endpoint(
    routes,
    "POST",
    "/v1/desk/dead-letters/{letter}/redrive",
    allow={Role.ADMINISTRATOR},
    returns={200: shown.DeadLetter},
    summary="Đã khắc phục: gửi lại một thông điệp",
    tags=("operations",),
    refuses=(409,),
)
def redrive_one(request: Request, letter: LetterId) -> shown.DeadLetter:
    """Have a letter sent again by the next run; asking twice asks once."""
    from chalicelib.usecases.decide_dead_letters import redrive_letter

    deps = bootstrap.deps()
    return shown.dead_letter(redrive_letter(letter, request.caller, deps), deps)


@endpoint(
    routes,
    "POST",
    "/v1/desk/dead-letters/{letter}/close",
    allow={Role.ADMINISTRATOR},
    body=CloseBody,
    returns={200: shown.DeadLetter},
    summary="Đóng một thông điệp không gửi lại",
    tags=("operations",),
    refuses=(409,),
)
def close(request: Request, letter: LetterId) -> shown.DeadLetter:
    """Give a letter up, with a note; its message is erased."""
    from chalicelib.usecases.decide_dead_letters import close_letter

    deps = bootstrap.deps()
    return shown.dead_letter(close_letter(letter, request.body.note, request.caller, deps), deps)
