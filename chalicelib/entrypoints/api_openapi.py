"""The OpenAPI document, served."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec
from chalice.app import Blueprint

from chalicelib.entrypoints.http import PUBLIC, Request, endpoint

if TYPE_CHECKING:
    from chalice.app import Chalice

routes = Blueprint(__name__)


@endpoint(
    routes,
    "GET",
    "/openapi.json",
    allow=PUBLIC,
    returns={200: dict[str, Any]},
    summary="Tài liệu OpenAPI",
    tags=("service",),
)
def openapi_document(request: Request) -> msgspec.Raw:
    """Return this document; made when first asked for."""
    return _made(routes.current_app)


@cache
def _made(app: Chalice) -> msgspec.Raw:
    from chalicelib.entrypoints import openapi
    from chalicelib.entrypoints.application import Application

    if isinstance(app, Application):
        app.serve_all()
    return msgspec.Raw(msgspec.json.encode(openapi.build(app)))
