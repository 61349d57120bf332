"""What the clock starts; imported when it runs, as in queues.py."""

from __future__ import annotations

import time

from chalice.app import Blueprint, CloudWatchEvent, Cron, Rate

from chalicelib import bootstrap, observability

timers = Blueprint(__name__)
CASES_A_SWEEP = 500
SWEEP_SECONDS = 40  # the function has 50: what is left over is the next minute's


@timers.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> None:
    """Flag what is due."""
    from chalicelib.usecases.sweep_due import sweep_due

    until = time.monotonic() + SWEEP_SECONDS
    swept = sweep_due(bootstrap.deps(), limit=CASES_A_SWEEP, go_on=lambda: time.monotonic() < until)
    for code, error in swept.failed:
        observability.log_failure(error, worker="sweep", case=code)
    observability.metric("SweepFailures", len(swept.failed))
    observability.log("swept", worker="sweep", count=swept.looked_at, status=len(swept.failed))


@timers.schedule(Rate(5, unit=Rate.MINUTES), name="recover")
def recover(event: CloudWatchEvent) -> None:
    """Relay what the stream lost."""
    from chalicelib.usecases.recover_events import recover_events

    relayed = recover_events(bootstrap.deps())
    observability.metric("RecoveredEvents", relayed)
    observability.log("recovered", worker="recover", count=relayed)


@timers.schedule(Cron(15, 0, "*", "*", "?", "*"), name="digest")
def digest(event: CloudWatchEvent) -> None:
    """Send the morning's digests: 00:15 UTC is 07:15 in Vietnam."""
    from chalicelib.usecases.send_digest import send_digest

    observability.log("digests", worker="digest", count=send_digest(bootstrap.deps()))
