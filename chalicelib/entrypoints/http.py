"""The `endpoint` decorator: who may call, what arrives, what leaves, and one shape for every refusal.

Chalice stays at the rim: it routes, everything else happens here (its own errors, decoding and serialising have
other shapes; see docs/errors.md).

    @endpoint(routes, "POST", "/v1/desk/cases/{code}/answer", allow={"officer"}, body=AnswerBody,
              returns={200: CaseView}, summary="Trả lời hồ sơ", idempotency="required", refuses=(409,))
    def answer(request: Request, code: Annotated[str, Meta(pattern=…)]) -> CaseView: ...
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import KW_ONLY, dataclass
from http import HTTPStatus
from typing import Any, Literal, TypeVar

import msgspec
from chalice.app import Blueprint, Response
from chalice.app import Request as HttpRequest

from chalicelib import observability
from chalicelib.domain.case import Actor
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import decoding, identity, responses
from chalicelib.entrypoints.identity import PUBLIC, STAFF

__all__ = ["PUBLIC", "STAFF", "Endpoint", "Request", "endpoint", "rim"]

Need = Literal["optional", "required"]
View = TypeVar("View", bound=Callable[..., Any])


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
class Endpoint:
    """A route and its promises, read by the OpenAPI document and the structural tests.

    The view returns a value of `returns`' first status, or (status, value), or None for 204; path values come as
    keyword arguments and are checked against the view's annotations (404 when they cannot be).
    `refuses` names the statuses the use case adds to those every such route has. `max_age` is how many seconds anybody
    may keep what is answered; nothing is kept where it is not given.
    """

    blueprint: Blueprint
    method: str
    path: str
    _: KW_ONLY
    allow: AbstractSet[str]
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
        if not self.allow or not (self.allow == PUBLIC or self.allow <= STAFF):
            raise ValueError(f"{self.route}: allow is PUBLIC or some of {sorted(STAFF)}")
        loose = [kind for kind in (self.body, self.query) if kind and not kind.__struct_config__.forbid_unknown_fields]
        if loose:
            raise ValueError(f"{self.route}: {loose} must forbid unknown fields")

    @property
    def route(self) -> str:
        """Name the route as the log does, e.g. `GET /v1/cases/{code}`."""
        return f"{self.method} {self.path}"

    def __call__(self, view: View) -> View:
        """Register the view with Chalice and give it back unchanged, so that tests may call it."""
        types = decoding.path_types(view, self.path)

        @functools.wraps(view)
        def guarded(**raw: str) -> Response:
            return self._guard(view, types, raw)

        guarded.__dict__.update(endpoint=self, allow=frozenset(self.allow), path_types=types)
        # Any media type passes Chalice, whose own 415 has another shape; decoding.body refuses what is not JSON.
        self.blueprint.route(self.path, methods=[self.method], content_types=["*/*"])(guarded)
        return view

    def _guard(self, view: View, types: Mapping[str, Any], raw: Mapping[str, str]) -> Response:
        """Turn every outcome into a response here: Chalice swallows exceptions before any middleware sees them."""
        started = time.perf_counter()
        http = self.blueprint.current_request
        request_id = _request_id(http)
        role = ""
        try:
            caller = identity.authenticate(http.headers.get("authorization"), self.allow)
            role = caller.role
            values = decoding.path_values(raw, types)
            response = self._reply(view(self._request(http, caller, values), **values))
        except DomainError as error:
            response = responses.refusal(error, request_id)
        except Exception as error:  # noqa: BLE001 the rim: nothing may pass
            response = responses.failure(error, request_id, self.route)
        spent = round((time.perf_counter() - started) * 1000, 1)
        observability.log(
            "request", route=self.route, status=response.status_code, ms=spent, role=role, request_id=request_id
        )
        return response

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
            request_id=_request_id(http),
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
    request_id = _request_id(event)
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return responses.method_not_allowed(str(response.headers["Allow"]), request_id)
    return responses.internal_error(request_id)


def _request_id(http: HttpRequest) -> str:
    assert http.lambda_context is not None
    return str(http.lambda_context.aws_request_id)
