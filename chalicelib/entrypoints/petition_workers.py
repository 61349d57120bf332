"""The track's own functions: for its addresses, for its limits, for what is past its time; each with its own rights."""

from __future__ import annotations

import time
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib import bootstrap, observability

workers = Blueprint(__name__)
SHRED_SECONDS = 40  # the function has 50


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


@workers.schedule(Rate(1, unit=Rate.HOURS), name="shred")
def shred(event: CloudWatchEvent) -> None:
    """Take away what is sealed of petitions whose time is over."""
    from chalicelib.usecases.petitions.shred_petitions import shred_petitions

    until = time.monotonic() + SHRED_SECONDS
    run = shred_petitions(bootstrap.deps(), go_on=lambda: time.monotonic() < until)
    for _, error in run.failed:
        observability.log_failure(error, worker="shred")
    observability.log("shredded", worker="shred", count=run.anonymised, status=len(run.failed))
    if run.failed:
        raise run.failed[-1][1]  # the function's alarm hears it; all others were seen to
