"""The `endpoint` decorator: who may call, what arrives, what leaves, and one shape for every refusal.

    @endpoint(routes, "POST", "/v1/desk/cases/{code}/answer", allow={"officer"}, body=AnswerBody,
              returns={200: CaseView}, summary="Trả lời hồ sơ", idempotency="required", refuses=(409,))
    def answer(request: Request, code: Annotated[str, Meta(pattern=…)]) -> CaseView: ...

What every route has is in routing.py; errors are in docs/errors.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from http import HTTPStatus
from typing import Any, ClassVar, Literal

import msgspec
from chalice.app import Request as HttpRequest
from chalice.app import Response

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import decoding, identity, responses
from chalicelib.entrypoints.identity import PUBLIC, STAFF, WHOEVER_LOGS_IN, Admitted
from chalicelib.entrypoints.routing import Route, View, request_id

__all__ = ["PUBLIC", "STAFF", "WHOEVER_LOGS_IN", "Endpoint", "Request", "endpoint", "rim"]

Need = Literal["optional", "required"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a view may know. `body` and `query` are of the endpoint's types; header names are in lower case.

    `fingerprint` (SHA-256, hex) tells apart two requests with one idempotency key; empty where no key is taken.
    """

    caller: Actor
    body: Any
    query: Any
    headers: Mapping[str, str]
    source_ip: str
    request_id: str
    pin: str | None = None
    idempotency_key: str | None = None
    fingerprint: str = ""


@dataclass(frozen=True)
class Endpoint(Route):
    """A route and its promises, read by the OpenAPI document and the structural tests.

    The view returns a value of `returns`' first status, or (status, value), or None for 204.
    `refuses` names the statuses the use case adds to those every such route has. `max_age` is how many seconds anybody
    may keep what is answered; nothing is kept where it is not given.
    """

    KIND: ClassVar[str] = "endpoint"

    _: KW_ONLY
    returns: Mapping[int, Any]
    summary: str
    tags: tuple[str, ...] = ()
    body: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] | None = None
    idempotency: Need | None = None
    pin: Need | None = None
    refuses: tuple[int, ...] = ()
    max_age: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self._require_strict(self.body, self.query)

    def _admit(self, http: HttpRequest) -> Admitted:
        return Admitted(identity.authenticate(identity.bearer(http.headers.get("authorization"))))

    def _answer(self, view: View, http: HttpRequest, admitted: Admitted, values: Mapping[str, Any]) -> Response:
        return self._reply(view(self._request(http, admitted.actor, values), **values))

    def _refusal(self, error: DomainError, http: HttpRequest, admitted: Admitted | None) -> Response:  # noqa: ARG002
        return responses.refusal(error, request_id(http))

    def _failure(self, error: Exception, http: HttpRequest) -> Response:
        return responses.failure(error, request_id(http), self.route)

    def _request(self, http: HttpRequest, caller: Actor, values: Mapping[str, Any]) -> Request:
        key = decoding.idempotency_key(http.headers, self.idempotency)
        pin = decoding.pin(http.headers, self.pin)
        query = decoding.query(http, self.query)
        body = decoding.body(http, self.body) if self.body else None
        return Request(
            caller=caller,
            body=body,
            query=query,
            headers={name.lower(): value for name, value in http.headers.items()},
            source_ip=http.context["identity"]["sourceIp"],
            request_id=request_id(http),
            pin=pin,
            idempotency_key=key,
            fingerprint=self._fingerprint(values, body) if self.idempotency else "",
        )

    def _fingerprint(self, values: Mapping[str, Any], body: object) -> str:
        canonical = msgspec.json.encode([self.method, self.path, values, body], order="sorted")
        return hashlib.sha256(canonical).hexdigest()

    def _reply(self, result: Any) -> Response:
        status, value = result if isinstance(result, tuple) else (next(iter(self.returns)), result)
        if status not in self.returns:
            raise ValueError(f"{self.route} does not promise {status}")
        text = "" if value is None else msgspec.json.encode(value).decode()
        headers = {"Cache-Control": f"public, max-age={self.max_age}"} if self.max_age else {}
        return responses.respond(status, text, "application/json", headers)


endpoint = Endpoint


def rim(event: HttpRequest, get_response: Callable[[HttpRequest], Response]) -> Response:
    """Give Chalice's own refusals (405) our shape: `app.register_middleware(http.rim, "http")`."""
    response = get_response(event)
    if not isinstance(response.body, dict) or "Code" not in response.body:
        return response
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return responses.method_not_allowed(str(response.headers["Allow"]), request_id(event))
    return responses.internal_error(request_id(event))
