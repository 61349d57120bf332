"""How answers leave: one set of headers, and one shape for every refusal (RFC 9457, application/problem+json)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

import msgspec
from chalice.app import Response

from chalicelib import observability
from chalicelib.domain import errors

SECURITY_HEADERS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
}
STATUSES: Final[Mapping[type[errors.DomainError], int]] = {
    errors.InvalidError: 422,
    errors.UnauthenticatedError: 401,
    errors.ForbiddenError: 403,
    errors.NotFoundError: 404,
    errors.ConflictError: 409,
    errors.TooManyError: 429,
    errors.UnavailableError: 503,
}
RETRY_AFTER: Final[Mapping[int, int]] = {429: 60, 503: 5}  # seconds, unless the error knows better
NO_CONTENT: Final = HTTPStatus.NO_CONTENT
INTERNAL_TITLE: Final = "Hệ thống gặp lỗi ngoài dự kiến. Xin thử lại sau hoặc báo mã yêu cầu cho Trung tâm."
METHOD_TITLE: Final = "Địa chỉ này không hỗ trợ phương thức đã dùng."


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One place in the request that cannot be accepted: `pointer` into the body, or `parameter` of the query."""

    detail: Annotated[str, msgspec.Meta(description="Lý do, bằng tiếng Việt.", examples=["Thiếu trường này."])]
    pointer: Annotated[str, msgspec.Meta(description="JSON Pointer (RFC 6901)", examples=["/sender/phone"])] = ""
    parameter: Annotated[str, msgspec.Meta(description="Name of the query parameter", examples=["limit"])] = ""


class Problem(msgspec.Struct, frozen=True):
    """A refusal (RFC 9457). Further members depend on `code`; docs/errors.md lists them."""

    type: Annotated[str, msgspec.Meta(description="/problems/<code>", examples=["/problems/invalid_request"])]
    title: Annotated[str, msgspec.Meta(description="Câu trả lời cho người dùng, bằng tiếng Việt.")]
    status: Annotated[int, msgspec.Meta(ge=400, le=599)]
    code: Annotated[str, msgspec.Meta(description="Stable, for programs", pattern="^[a-z][a-z0-9_]*$")]
    detail: str | msgspec.UnsetType = msgspec.UNSET
    instance: Annotated[str, msgspec.Meta(description="urn:uuid of the request, as in the log")] | msgspec.UnsetType = (
        msgspec.UNSET
    )
    errors: list[FieldError] | msgspec.UnsetType = msgspec.UNSET


def respond(status: int, body: str, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Make a response; `headers` win over the security headers, so that a page may bring its own policy."""
    content = {} if status == NO_CONTENT else {"Content-Type": media_type}
    return Response(body=body, status_code=status, headers={**SECURITY_HEADERS, **content, **(headers or {})})


def refusal(error: errors.DomainError, request_id: str = "") -> Response:
    """Translate a refusal."""
    members = {name: value for name, value in error.context.items() if name != "status"}
    status = status_of(error)
    if "pointer" in members:
        members["errors"] = [{"pointer": members.pop("pointer"), "detail": error.detail or error.title}]
    if error.detail is not None:
        members["detail"] = error.detail
    return _problem(status, error.code, error.title, members | _instance(request_id))


def failure(error: Exception, request_id: str, route: str) -> Response:
    """Log what nobody foresaw and tell the caller nothing but the request's id."""
    observability.log_failure(error, request_id=request_id, route=route)
    return internal_error(request_id)


def internal_error(request_id: str) -> Response:
    """Answer 500."""
    return _problem(500, "internal_error", INTERNAL_TITLE, _instance(request_id))


def method_not_allowed(allowed: str, request_id: str) -> Response:
    """Answer 405 with the methods that would do."""
    response = _problem(405, "method_not_allowed", METHOD_TITLE, _instance(request_id))
    response.headers["Allow"] = allowed
    return response


def _problem(status: int, code: str, title: str, members: Mapping[str, object]) -> Response:
    head = {"type": f"/problems/{code}", "title": title, "status": status, "code": code}
    text = msgspec.json.encode({**head, **members, **head}, enc_hook=str).decode()  # head comes first and wins
    return respond(status, text, "application/problem+json", headers_of(status, members))


def headers_of(status: int, members: Mapping[str, object]) -> dict[str, str]:
    """Return the headers that a refusal's status asks for."""
    if status in RETRY_AFTER:
        return {"Retry-After": str(members.get("retry_after", RETRY_AFTER[status]))}
    return {"WWW-Authenticate": 'Bearer realm="tongdai"'} if status == STATUSES[errors.UnauthenticatedError] else {}


def status_of(error: errors.DomainError) -> int:
    """Return a refusal's status; `status` in its context (400, 410, 413, 415) wins over that of its class."""
    wanted = error.context.get("status")
    if isinstance(wanted, int):
        return wanted
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


def _instance(request_id: str) -> dict[str, str]:
    try:
        return {"instance": UUID(request_id).urn}
    except ValueError:
        return {}
