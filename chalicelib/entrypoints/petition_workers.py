"""The track's own functions: one answers its addresses with its own rights, one looks after its limits (ADR 18)."""

from __future__ import annotations

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib import bootstrap, observability

workers = Blueprint(__name__)


@workers.lambda_function(name="petitions")
def petitions(event: Any, context: Any) -> Any:
    """Answer a request: the same application, by the one function that may touch petitions."""
    from app import app

    return app(event, context)


@workers.schedule(Rate(15, unit=Rate.MINUTES), name="urge")
def urge(event: CloudWatchEvent) -> None:
    """Tell the department what is due, once a working day."""
    from chalicelib.usecases.petitions.urge_department import urge_department

    sent = urge_department(bootstrap.deps())
    observability.log("urged", worker="urge", state="sent" if sent else "nothing")
