"""Mails that no case was found for: operators read them, put them into a case, or dismiss them."""

from __future__ import annotations

from typing import Annotated, Literal

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import Request, endpoint
from chalicelib.entrypoints.wording import canonical
from chalicelib.views import unassigned_mails as shown

routes = Blueprint(__name__)
DESK = frozenset({Role.OPERATOR})
MailId = Annotated[str, Meta(pattern=r"^[0-9]{13}-[A-Za-z0-9_-]{1,120}" + given.END)]


class MailsQuery(given.Body, frozen=True):
    """Thư đang chờ, đã đưa vào hồ sơ hay đã bỏ qua."""

    state: Literal["open", "attached", "dismissed"] = "open"
    limit: given.Limit = 50
    cursor: given.Cursor = ""


class AttachBody(given.Body, frozen=True, kw_only=True):
    """Đưa thư vào hồ sơ nào; `content` để trống thì lấy lời của người viết trong thư."""

    code: given.Code
    content: given.LongText = ""


class DismissBody(given.Body, frozen=True, kw_only=True):
    """Vì sao thư không thuộc hồ sơ nào; không ghi dữ liệu cá nhân ở đây."""

    note: Annotated[str, Meta(min_length=1, max_length=1000, examples=["Thư quảng cáo"])]


@endpoint(
    routes,
    "GET",
    "/v1/desk/mails",
    allow=DESK | {Role.ADMINISTRATOR},
    query=MailsQuery,
    returns={200: shown.UnassignedMails},
    summary="Thư chưa vào hồ sơ nào",
    tags=("desk",),
)
def list_mails(request: Request) -> shown.UnassignedMails:
    """List the mails that wait, or those that were seen to, the earliest first."""
    query = request.query
    return shown.page(bootstrap.deps().unassigned_mails.all(query.cursor), query.state, limit=query.limit)


@endpoint(
    routes,
    "GET",
    "/v1/desk/mails/{mail}",
    allow=DESK,
    returns={200: shown.OpenedMail},
    summary="Mở một thư để đọc",
    tags=("desk",),
    refuses=(409,),
)
def open_mail(request: Request, mail: MailId) -> shown.OpenedMail:
    """Show a mail; who opens it is noted."""
    from chalicelib.usecases.decide_unassigned_mail import read_mail

    return shown.opened(*read_mail(mail, request.caller, bootstrap.deps()))


@endpoint(
    routes,
    "POST",
    "/v1/desk/mails/{mail}/attach",
    allow=DESK,
    body=AttachBody,
    returns={200: shown.UnassignedMail},
    summary="Đưa thư vào hồ sơ",
    tags=("desk",),
    refuses=(409,),
)
def attach(request: Request, mail: MailId) -> shown.UnassignedMail:
    """Put a mail's words into a case, as if its address had named it; asking twice does it once."""
    from chalicelib.usecases.decide_unassigned_mail import attach_mail

    body = request.body
    return shown.unassigned(attach_mail(mail, canonical(body.code), body.content, request.caller, bootstrap.deps()))


@endpoint(
    routes,
    "POST",
    "/v1/desk/mails/{mail}/dismiss",
    allow=DESK,
    body=DismissBody,
    returns={200: shown.UnassignedMail},
    summary="Bỏ qua một thư",
    tags=("desk",),
    refuses=(409,),
)
def dismiss(request: Request, mail: MailId) -> shown.UnassignedMail:
    """Say that a mail belongs into no case, and why."""
    from chalicelib.usecases.decide_unassigned_mail import dismiss_mail

    return shown.unassigned(dismiss_mail(mail, request.body.note, request.caller, bootstrap.deps()))
