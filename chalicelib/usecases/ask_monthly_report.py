"""Ask for last month's report on the first working day (Điều 15), and again for what was asked for and never made."""

from __future__ import annotations

from datetime import datetime, timedelta

from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.reporting.period import DAY, month_of
from chalicelib.domain.reporting.report import REPORT, asked
from chalicelib.ports import Deps, local_day
from chalicelib.usecases.ask_report import settled, want

LOST = timedelta(
    hours=1
)  # longer than a report takes with all the tries of its message: then the message was never sent
LOOKED_AT = 50  # of the newest


def ask_monthly_report(deps: Deps) -> int:
    """Return how many reports were asked for; run often, it asks once for each month."""
    now = deps.clock.now()
    asked_for = _of_month(now, deps)
    for report in deps.reports.all(limit=LOOKED_AT)[0]:
        if not report.made and now - report.as_of > LOST:
            want(report.name, deps)
            asked_for += 1
    return asked_for


def _of_month(now: datetime, deps: Deps) -> int:
    today = local_day(now, deps.regulation)
    # The first working day of a month, or any later one where nothing ran on it; never before.
    if not deps.report_rules.monthly or not deps.regulation.calendar.is_open(now):
        return 0
    period = month_of(today.replace(day=1) - DAY)
    report = asked(f"{period.last}-thang", REPORT, period, SYSTEM, settled(deps))
    if not deps.reports.add(report):
        return 0
    want(report.name, deps)
    return 1
