"""The `page` decorator: what people see and fill in, without JavaScript; docs/pages.md says how to add one.

@page(routes, "POST", "/tra-loi/{token}/ket-qua", allow=PUBLIC, form=ResultForm)
def give_result(visit: Visit, token: str) -> Sheet: ...
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, Final

import msgspec
from chalice.app import Blueprint, Response
from chalice.app import Request as HttpRequest
from msgspec import Meta

from chalicelib import bootstrap, observability
from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import DomainError, ForbiddenError, NotFoundError, UnauthenticatedError
from chalicelib.entrypoints import browser_session, decoding, desk, forms, responses
from chalicelib.entrypoints.browser_session import Session
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.identity import PUBLIC, STAFF, WHOEVER_LOGS_IN, Admitted
from chalicelib.entrypoints.routing import Route, View, request_id

__all__ = [
    "PUBLIC",
    "STAFF",
    "WHOEVER_LOGS_IN",
    "Elsewhere",
    "File",
    "Form",
    "Onward",
    "Page",
    "Sheet",
    "Visit",
    "page",
    "refused",
    "routes",
]

routes = Blueprint(__name__)
HTML: Final = "text/html; charset=utf-8"
# Our own stylesheet, scripts and pictures, forms to ourselves, and nothing else: no script, no style within a page.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Content-Language": "vi",
}
# Of a page that shows the same to everybody: it may be found by search engines, and kept for a minute.
OPEN: Final = {"X-Robots-Tag": "all", "Cache-Control": "public, max-age=60"}
OUR_OWN: Final = ("same-origin", "none")  # Sec-Fetch-Site of a form that we made, or of one loaded anew by hand
FOREVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
NO_PAGE: Final = "Không mở được trang này"  # never was, or is no more: a page tells nobody which
HEADINGS: Final = {404: NO_PAGE, 410: NO_PAGE, 500: "Hệ thống gặp lỗi"}
OTHERWISE: Final = "Chưa thực hiện được yêu cầu"


class Visit(msgspec.Struct, frozen=True):
    """What a page's view may know. `form` is there where the page takes one, `query` is of the page's type.

    `session` is there on the pages of the staff. `source_ip` is to be kept as a keyed hash or not at all.
    """

    caller: Actor
    query: Any
    form: Form | None = None
    cookies: Mapping[str, str] = msgspec.field(default_factory=dict)
    session: Session | None = None
    source_ip: str = ""


class Sheet(msgspec.Struct, frozen=True):
    """What a view returns: a template of web/pages, what it says, headers beside those of every page."""

    template: str
    context: Mapping[str, Any] = msgspec.field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    sends_to: str = ""  # the one origin beside ours that the page's script may speak with


class File(msgspec.Struct, frozen=True):
    """A file that pages, or their scripts, ask for; `forever` where its name changes with its content."""

    text: str
    media_type: str
    forever: bool
    status: int = 200
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)


class Elsewhere(msgspec.Struct, frozen=True):
    """Where a view sends its visitor: an address outside of the pages, e.g. of a file."""

    url: str


class Onward(msgspec.Struct, frozen=True):
    """Where a view sends its visitor after a form was done: another page, by its path from the first one."""

    path: str
    cookies: Sequence[str] = ()


@dataclass(frozen=True)
class Page(Route):
    """A page; its view returns a Sheet, a File, Elsewhere or Onward. What is refused is a page too, in Vietnamese.

    A page of the staff is opened by the cookies of a browser, never by a token in a header.
    """

    KIND: ClassVar[str] = "page"

    _: KW_ONLY
    form: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._require_strict(self.form, self.query)

    def _admit(self, http: HttpRequest) -> Admitted:
        return browser_session.admit(http)

    def _answer(self, view: View, http: HttpRequest, admitted: Admitted, values: Mapping[str, Any]) -> Response:
        form, session = self._form_sent(http), admitted.session
        if form and session and not session.made(form.seal):
            return _written(refused(foreign(), typed=desk.worth_keeping(form.typed)), http, admitted)
        anyone = self.allow == PUBLIC
        query = (
            decoding.query(http, self.query, others=anyone) if self.query else None
        )  # else what mail programs hang on is let be
        source_ip = http.context["identity"]["sourceIp"]
        visit = Visit(admitted.actor, query, form, decoding.cookies(http), session, source_ip)
        response = _respond(view(visit, **values), http, admitted)
        if session and session.renewed:
            response.headers.setdefault("Set-Cookie", browser_session.keeping(session))
        return response

    def _form_sent(self, http: HttpRequest) -> Form | None:
        # Browsers say where a form was sent from; a stranger's page may send none in our visitor's name (CSRF).
        if self.form and http.headers.get("sec-fetch-site", OUR_OWN[0]) not in OUR_OWN:
            raise foreign()
        return forms.form(http, self.form) if self.form else None

    def _refusal(self, error: DomainError, http: HttpRequest, admitted: Admitted | None) -> Response:
        more = responses.headers_of(responses.status_of(error), error.context)
        if admitted is None and isinstance(error, UnauthenticatedError):
            return _written(Sheet(*desk.stranger(error, http)), http, more=more)
        return _written(refused(error), http, admitted, more)

    def _failure(self, error: Exception, http: HttpRequest) -> Response:
        observability.log_failure(error, request_id=request_id(http), route=self.route)
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        about = {"heading": HEADINGS[status], "words": responses.INTERNAL_TITLE, "reference": request_id(http)}
        return _written(Sheet("refused", about, status), http)


page = Page


def foreign() -> ForbiddenError:
    """Return the refusal of a form that our own page did not make for whoever sends it."""
    title = "Biểu mẫu này không được gửi từ trang đang mở của anh/chị. Xin tải lại trang rồi gửi lại."
    return ForbiddenError("foreign_form", title)


def refused(error: DomainError, **more: object) -> Sheet:
    """Return the page of a refusal."""
    status = responses.status_of(error)
    about = {"heading": HEADINGS.get(status, OTHERWISE), "words": error.title}
    return Sheet("refused", about | more, status)


def root(http: HttpRequest) -> str:
    """Return the relative way from a page to the first one, e.g. `../../`: no page need know what stands before it."""
    asked = str(http.context.get("path") or http.path)
    if http.path == "/":
        last = asked.rpartition("/")[2]  # a stage's name without a slash: the browser takes it for a file
        return f"./{last}/" if last else "./"
    return "../" * (http.path.count("/") - 1 + asked.endswith("/")) or "./"


def _respond(shown: Any, http: HttpRequest, admitted: Admitted) -> Response:
    match shown:
        case File():
            return responses.respond(
                shown.status, shown.text, shown.media_type, dict(shown.headers) | (FOREVER if shown.forever else {})
            )
        case Elsewhere():
            return responses.respond(HTTPStatus.SEE_OTHER, "", HTML, {"Location": shown.url})
        case Onward():
            response = responses.respond(HTTPStatus.SEE_OTHER, "", HTML, {"Location": root(http) + shown.path})
            response.headers |= {"Set-Cookie": list(shown.cookies)} if shown.cookies else {}
            return response
    return _written(shown, http, admitted)


def _written(
    sheet: Sheet, http: HttpRequest, admitted: Admitted | None = None, more: Mapping[str, str] | None = None
) -> Response:
    from chalicelib.web.rendering import render

    given = {"root": root(http), "centre": bootstrap.deps().centre, **desk.shell(admitted, http), **sheet.context}
    policy = POLICY.replace("connect-src 'self'", f"connect-src 'self' {sheet.sends_to}".rstrip())
    headers = {**HEADERS, "Content-Security-Policy": policy, **sheet.headers, **(more or {})}
    return responses.respond(sheet.status, render(sheet.template, given), HTML, headers)


@page(routes, "GET", "/static/{name}", allow=PUBLIC)
def static_file(visit: Visit, name: Annotated[str, Meta(max_length=100)]) -> File:
    """Give a stylesheet or a picture."""
    from chalicelib.web.assets import find

    found = find(name)
    if found is None:
        raise NotFoundError("not_found", "Không tìm thấy nội dung được yêu cầu.")
    asset, current = found
    return File(asset.text, asset.media_type, forever=current)
