"""A sender's own door for programs: a one-time code, the cases, all that is held, what may be asked (R68, R99)."""

from __future__ import annotations

import hashlib
from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import SENDER
from chalicelib.domain.errors import NotFoundError, UnauthenticatedError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_rights import RightBody
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.entrypoints.identity import bearer
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import my_cases as mine
from chalicelib.views import personal_copy as shown

routes = Blueprint(__name__)


class ContactBody(given.Body, frozen=True):
    """Số điện thoại hoặc thư điện tử đã dùng khi gửi hồ sơ."""

    contact: Annotated[str, Meta(min_length=3, max_length=254, examples=["0912 345 678"])]


class SessionBody(ContactBody, frozen=True, kw_only=True):
    """Mã vừa nhận được."""

    code: Annotated[str, Meta(max_length=30, examples=["123456"])]


class Asked(Struct, frozen=True):
    """Nếu số hoặc địa chỉ này đã gửi hồ sơ, một mã được gửi đến; câu trả lời không cho biết có hay không."""

    good_for_seconds: int


class SenderSession(Struct, frozen=True):
    """Gửi kèm `Authorization: Bearer <session>` khi gọi các địa chỉ /v1/my."""

    session: str
    expires_in: int


class MyCases(Struct, frozen=True):
    """Các hồ sơ của tôi, mới gửi trước."""

    cases: tuple[mine.MyCase, ...]


def whose_session(request: Request) -> str:
    """Return the sender's keyed hash of a session; raises UnauthenticatedError."""
    from chalicelib.usecases.check_code import whose

    found = whose(bearer(request.headers.get("authorization")), bootstrap.deps())
    if not found:
        raise UnauthenticatedError("session_over", "Phiên xem đã hết, xin lấy mã mới")
    return found


@endpoint(
    routes,
    "POST",
    "/v1/my/codes",
    allow=PUBLIC,
    body=ContactBody,
    returns={202: Asked},
    summary="Xin mã để xem mọi hồ sơ của một số điện thoại hoặc thư điện tử",
    tags=("my",),
    idempotency="required",
    refuses=(429,),
)
def ask_for_code(request: Request) -> Asked:
    """Have a one-time code sent, if the number or address is that of a sender (ADR 16)."""
    from chalicelib.entrypoints.pages_my_cases import contact_of
    from chalicelib.usecases.ask_for_code import GOOD_FOR
    from chalicelib.usecases.ask_for_code import ask_for_code as ask

    form = hashlib.sha256((request.idempotency_key or "").encode()).hexdigest()[:32]
    ask(contact_of(request.body.contact), form=form, source_ip=request.source_ip, deps=bootstrap.deps())
    return Asked(GOOD_FOR.seconds)


@endpoint(
    routes,
    "POST",
    "/v1/my/sessions",
    allow=PUBLIC,
    body=SessionBody,
    returns={201: SenderSession},
    summary="Đổi mã lấy một phiên xem nửa giờ",
    tags=("my",),
    idempotency="required",
    refuses=(401, 429),
)
def open_my_session(request: Request) -> SenderSession:
    """Use the code up."""
    from chalicelib.entrypoints.pages_my_cases import contact_of
    from chalicelib.usecases.check_code import check_code, give_session
    from chalicelib.usecases.open_content import PASS_SECONDS

    deps, body = bootstrap.deps(), request.body
    form = hashlib.sha256((request.idempotency_key or "").encode()).hexdigest()[:32]
    return SenderSession(
        give_session(check_code(contact_of(body.contact), body.code, form=form, deps=deps), deps), PASS_SECONDS
    )


@endpoint(
    routes,
    "GET",
    "/v1/my/cases",
    allow=PUBLIC,
    returns={200: MyCases},
    summary="Các hồ sơ của tôi",
    tags=("my",),
    refuses=(401,),
)
def list_mine(request: Request) -> MyCases:
    """List the cases of the sender whose session it is."""
    return MyCases(mine.my_cases(whose_session(request), bootstrap.deps()))


@endpoint(
    routes,
    "GET",
    "/v1/my/data",
    allow=PUBLIC,
    returns={200: shown.PersonalCopy},
    summary="Bản sao mọi dữ liệu đang được lưu về tôi, và ai đã xem",
    tags=("my",),
    refuses=(401,),
)
def copy_mine(request: Request) -> shown.PersonalCopy:
    """Copy all that is held."""
    return copy_of(whose_session(request))


@endpoint(
    routes,
    "POST",
    "/v1/my/requests",
    allow=PUBLIC,
    body=RightBody,
    returns={201: shown.RightView},
    summary="Yêu cầu sửa, xóa, hạn chế dữ liệu về tôi",
    tags=("my",),
    idempotency="required",
    refuses=(401, 409, 429),
)
def ask_mine(request: Request) -> shown.RightView:
    """Ask something of one's own data."""
    body = request.body
    owned = whose_session(request)
    return asked_by(owned, body.kind, canonical(body.case), body.words, request.idempotency_key or "")


def copy_of(owned: str) -> shown.PersonalCopy:
    """Copy all cases of a sender's keyed hash."""
    deps = bootstrap.deps()
    cases = deps.lists.of_sender(owned, limit=mine.MOST)
    return shown.personal_copy([case.code for case in cases], deps)


def asked_by(owned: str, kind: str, code: str, words: str, key: str) -> shown.RightView:
    """Write a sender's request down; raises NotFoundError for a case that is not this sender's."""
    from chalicelib.usecases.ask_right import ask_right

    deps = bootstrap.deps()
    if code not in {case.code for case in deps.lists.of_sender(owned, limit=mine.MOST)}:
        raise NotFoundError("case_not_found", "Không tìm thấy hồ sơ với mã này")
    return shown.shown(ask_right(kind, code, words=words, key=key, deps=deps, actor=SENDER), deps)
