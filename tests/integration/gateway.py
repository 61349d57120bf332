"""API Gateway in front of the application, as a WSGI application: tools that speak HTTP may call it in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import ForbiddenError, LocalGateway

from infra.gateway import responses

UNKNOWN = responses()["MISSING_AUTHENTICATION_TOKEN"]


class Gateway:
    """Finds the route, makes the event, calls the application; what has no route is answered as the real one does."""

    def __init__(self, app: Chalice) -> None:
        self._gateway = LocalGateway(app, Config())

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, headers, body = self._answer(environ)
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        target = f"{environ['REQUEST_URI'].partition('?')[0]}?{environ['QUERY_STRING']}"
        length = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(length)
        try:
            answer = self._gateway.handle_request(environ["REQUEST_METHOD"], target, _headers(environ), body)
        except ForbiddenError:
            text = UNKNOWN["responseTemplates"]["application/json"]
            return int(UNKNOWN["statusCode"]), [("Content-Type", "application/problem+json")], text.encode()
        headers = answer["headers"] | {name: values[0] for name, values in answer["multiValueHeaders"].items()}
        return answer["statusCode"], list(headers.items()), answer["body"].encode()


def _headers(environ: dict[str, Any]) -> dict[str, str]:
    sent = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    return sent | ({"content-type": environ["CONTENT_TYPE"]} if environ.get("CONTENT_TYPE") else {})
