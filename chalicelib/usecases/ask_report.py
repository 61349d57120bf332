"""Ask for a report: put it down, and let the worker make it."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from chalicelib.domain.actors import Actor
from chalicelib.domain.reporting.period import Period
from chalicelib.domain.reporting.report import Report, asked
from chalicelib.ports import Deps, Message

REPORT_WANTED: Final = "ReportWanted"  # type of the message
QUEUE: Final = "reports"
SETTLED: Final = timedelta(minutes=2)  # what is younger may still be on its way into the log's index


def ask_report(kind: str, period: Period, actor: Actor, deps: Deps, *, key: str, replaces: str = "") -> Report:
    """Return a report that will be made; asked for again with the same key, it is the same.

    Raises InvalidError, NotFoundError (nothing to replace), UnavailableError.
    """
    if replaces:
        deps.reports.get(replaces)
    wish = "\n".join((key, actor.name, kind, f"{period.first}", f"{period.last}", replaces))
    name = f"{period.last}-{sha256(wish.encode()).hexdigest()[:10]}"
    report = asked(name, kind, period, actor, settled(deps), replaces)
    if not deps.reports.add(report):
        report = deps.reports.get(name)
    want(name, deps)
    return report


def want(name: str, deps: Deps) -> None:
    """Wake the worker; woken twice it works once."""
    deps.outgoing.relay(QUEUE, [Message({"type": REPORT_WANTED, "name": name})])


def settled(deps: Deps) -> datetime:
    """Return up to when the log is surely whole."""
    now = deps.clock.now()
    return (now - SETTLED).replace(microsecond=now.microsecond // 1000 * 1000)
