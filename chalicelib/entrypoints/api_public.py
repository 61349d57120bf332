"""What anyone may ask over HTTP."""

from typing import Any

from chalice.app import Blueprint

routes = Blueprint(__name__)


@routes.route("/v1/health", methods=["GET"])
def health() -> dict[str, Any]:
    """Answer without touching anything."""
    return {"status": "ok"}
