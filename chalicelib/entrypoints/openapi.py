"""The OpenAPI 3.1 document, made of what the endpoints promise and of msgspec's schemas.

    python -m chalicelib.entrypoints.openapi --check docs/openapi.json   (or --write)

Every operation also declares what the layer itself and the gateway before it may answer.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from chalice.app import Chalice

import chalicelib
from chalicelib.entrypoints.http import PUBLIC, Endpoint
from chalicelib.entrypoints.responses import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

ALWAYS: Final = frozenset({400, 422, 429, 500, 503})  # a bad query string; throttling; what nobody foresaw
STAFF_ONLY: Final = frozenset({401, 403})
WITH_BODY: Final = frozenset({413, 415})
DESCRIPTION: Final = (
    "Tiếp nhận, xử lý và công khai phản ánh, kiến nghị của người dân và doanh nghiệp qua tổng đài 1022. "
    "Mọi lời từ chối có dạng application/problem+json (RFC 9457)."
)
SECURITY_SCHEMES: Final = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "Access token of a member of staff, from POST /v1/sessions.",
    },
    "casePin": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Case-Pin",
        "description": "Mã PIN người gửi nhận được cùng mã hồ sơ.",
    },
}
_RETRY: Final = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer", "minimum": 0}}}
_CHALLENGE: Final = {"WWW-Authenticate": {"schema": {"type": "string"}}}
_HEADERS: Final[Mapping[int, Any]] = {401: _CHALLENGE, 429: _RETRY, 503: _RETRY}


@dataclass(frozen=True)
class Operation:
    """An endpoint with its view and the annotations of its path values."""

    endpoint: Endpoint
    view: Callable[..., Any]
    path_types: Mapping[str, Any]

    @property
    def refusals(self) -> frozenset[int]:
        """Every status with a problem for a body."""
        promise = self.endpoint
        found = ALWAYS | frozenset(promise.refuses)
        found |= WITH_BODY if promise.body else frozenset()
        found |= STAFF_ONLY if promise.allow != PUBLIC else frozenset()
        found |= {HTTPStatus.UNAUTHORIZED} if promise.pin else frozenset()
        return found | {HTTPStatus.NOT_FOUND} if self.path_types else found

    @property
    def types(self) -> Iterator[Any]:
        """Every type that needs a schema."""
        promise = self.endpoint
        yield from (kind for kind in (promise.body, promise.query, *promise.returns.values()) if kind is not None)
        yield from self.path_types.values()


class Schemas:
    """JSON schemas by type; types with a name stand once, under #/components/schemas."""

    def __init__(self, types: Sequence[Any]) -> None:
        self.components: dict[str, dict[str, Any]]
        made = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
        found, self.components = msgspec.json.decode(msgspec.json.encode(made))  # a default () is [] in JSON
        self._schemas = list(zip(types, found, strict=True))

    def of(self, kind: Any) -> dict[str, Any]:
        """Return the schema of one of the types."""
        return next(schema for known, schema in self._schemas if known is kind)

    def taken_apart(self, kind: Any) -> dict[str, Any]:
        """Return the schema of a struct itself instead of a reference."""
        return self.components[self.of(kind)["$ref"].rpartition("/")[2]]


def build(app: Chalice) -> dict[str, Any]:
    """Return the document for every endpoint of an application; routes made otherwise are left out."""
    operations = list(_operations(app))
    schemas = Schemas([Problem, *(kind for operation in operations for kind in operation.types)])
    paths: dict[str, dict[str, Any]] = {}
    for operation in sorted(operations, key=lambda each: (each.endpoint.path, each.endpoint.method)):
        described = _describe(operation, schemas)
        paths.setdefault(operation.endpoint.path, {})[operation.endpoint.method.lower()] = described
    refusals = sorted(frozenset[int]().union(*(operation.refusals for operation in operations)))
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tổng Đài 1022", "description": DESCRIPTION, "version": chalicelib.__version__},
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.components.items())),
            "responses": {f"Problem{status}": _problem(status, schemas) for status in refusals},
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _operations(app: Chalice) -> Iterator[Operation]:
    for by_method in app.routes.values():
        for entry in by_method.values():
            view: Any = entry.view_function
            if hasattr(view, "endpoint"):
                yield Operation(view.endpoint, view, view.path_types)


def _describe(operation: Operation, schemas: Schemas) -> dict[str, Any]:
    promise = operation.endpoint
    described: dict[str, Any] = {
        "operationId": operation.view.__name__,
        "summary": promise.summary,
        "description": inspect.getdoc(operation.view) or promise.summary,
        "tags": list(promise.tags),
        "parameters": [*_path(operation, schemas), *_query(promise, schemas), *_idempotency_key(promise)],
        "responses": {
            **{str(status): _answer(status, kind, schemas) for status, kind in promise.returns.items()},
            **{str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in operation.refusals},
        },
        "security": _security(promise),
    }
    if promise.body:
        described["requestBody"] = {"required": True, "content": _content("application/json", schemas.of(promise.body))}
    described["responses"] = dict(sorted(described["responses"].items()))
    return described


def _path(operation: Operation, schemas: Schemas) -> Iterator[dict[str, Any]]:
    for name, kind in operation.path_types.items():
        yield _parameter("path", name, schemas.of(kind), required=True)


def _query(promise: Endpoint, schemas: Schemas) -> Iterator[dict[str, Any]]:
    if promise.query:
        struct = schemas.taken_apart(promise.query)
        for name, schema in struct["properties"].items():
            yield _parameter("query", name, schema, required=name in struct.get("required", ()))


def _idempotency_key(promise: Endpoint) -> Iterator[dict[str, Any]]:
    if promise.idempotency:
        schema = {
            "type": "string",
            "pattern": "^[!-~]([ -~]{0,253}[!-~])?$",
            "description": "The same key with the same content has its effect once.",
            "examples": ["9f1c2f9e-6d0f-4a43-8f0c-3c1b5d7a2e10"],
        }
        yield _parameter("header", "Idempotency-Key", schema, required=promise.idempotency == "required")


def _parameter(place: str, name: str, schema: Mapping[str, Any], *, required: bool) -> dict[str, Any]:
    described = {"description": schema["description"]} if "description" in schema else {}
    return {"name": name, "in": place, "required": required, **described, "schema": schema}


def _answer(status: int, kind: Any, schemas: Schemas) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    return described if kind is None else described | {"content": _content("application/json", schemas.of(kind))}


def _problem(status: int, schemas: Schemas) -> dict[str, Any]:
    content = _content("application/problem+json", schemas.of(Problem))
    headers = {"headers": _HEADERS[status]} if status in _HEADERS else {}
    return {"description": HTTPStatus(status).phrase, **headers, "content": content}


def _content(media_type: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {media_type: {"schema": schema}}


def _security(promise: Endpoint) -> list[dict[str, list[str]]]:
    if promise.allow != PUBLIC:
        return [{"bearer": []}]
    if promise.pin:
        return [{"casePin": []}] if promise.pin == "required" else [{}, {"casePin": []}]
    return []


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the document of the whole application to a file, or check that the file holds it."""
    import argparse

    from app import app

    parser = argparse.ArgumentParser(description="The OpenAPI document as a file")
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--write", type=Path, metavar="FILE")
    choice.add_argument("--check", type=Path, metavar="FILE")
    options = parser.parse_args(arguments)
    text = json.dumps(build(app), ensure_ascii=False, indent=2) + "\n"
    if options.write:
        options.write.write_text(text, encoding="utf-8")
    elif not options.check.exists() or options.check.read_text(encoding="utf-8") != text:
        sys.exit(f"{options.check} is not what the routes promise: run with --write {options.check}")


if __name__ == "__main__":
    main()
