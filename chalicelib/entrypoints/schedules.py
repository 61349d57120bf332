"""What the clock starts; imported when it runs, as in queues.py."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Cron, Rate

from chalicelib import bootstrap, observability

timers = Blueprint(__name__)
CASES_A_SWEEP = 10_000
SWEEP_SECONDS = 40  # the function has 50: what is left over is the next minute's
SWEEPERS = 8  # threads: a look at a case is mostly waiting for the store
MANY_ASIDE = 1000  # counted no further
REMIND_SECONDS = 40  # as the sweep
LAKE_SECONDS = 200  # the function has 300, and one day takes a minute at most
COLLECT_SECONDS = 40  # same
FORGET_SECONDS = 240  # the function has 300


@timers.schedule(Rate(1, unit=Rate.MINUTES), name="sweep")
def sweep(event: CloudWatchEvent) -> None:
    """Flag what is due."""
    from chalicelib.usecases.sweep_due import sweep_due

    deps, until = bootstrap.deps(), time.monotonic() + SWEEP_SECONDS
    with _each() as each:
        swept = sweep_due(deps, limit=CASES_A_SWEEP, go_on=lambda: time.monotonic() < until, each=each)
    for code, error in swept.failed:
        observability.log_failure(error, worker="sweep", case=code)
    stage = deps.settings.stage
    observability.metric("SweepFailures", len(swept.failed), stage=stage)
    observability.metric("SweepLag", swept.lag.total_seconds(), "Seconds", stage=stage)
    observability.metric("CasesAside", deps.alarms.count_aside(up_to=MANY_ASIDE), stage=stage)
    observability.log("swept", worker="sweep", count=swept.looked_at, status=len(swept.failed))


@contextmanager
def _each() -> Iterator[Any]:
    """Give a `map` that looks at several cases at once; with one sweeper, the plain one."""
    if SWEEPERS == 1:
        yield map
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(SWEEPERS) as pool:
        yield pool.map


@timers.schedule(Rate(1, unit=Rate.MINUTES), name="remind")
def remind(event: CloudWatchEvent) -> None:
    """Send what waits: to senders the SMS of the night, to the staff reminders."""
    from chalicelib.usecases.send_reminders import send_reminders
    from chalicelib.usecases.send_waiting_sms import send_waiting_sms

    until = time.monotonic() + REMIND_SECONDS
    texts = send_waiting_sms(bootstrap.deps(), go_on=lambda: time.monotonic() < until)
    for code, state in texts.told:
        observability.log("texted", worker="remind", case=code, state=state)
    for code, error in texts.failed:
        observability.log_failure(error, worker="remind", case=code)
    run = send_reminders(bootstrap.deps(), go_on=lambda: time.monotonic() < until)
    for told in run.told:
        observability.log("reminded", worker="remind", unit=told.to, state=told.outcome, count=told.listed)
        for code in told.unreadable:
            observability.log("unreadable", worker="remind", unit=told.to, case=code)
    for to, error in run.failed:
        observability.log_failure(error, worker="remind", unit=to)
    unreadable = sum(len(told.unreadable) for told in run.told)
    observability.metric("ReminderFailures", len(texts.failed) + len(run.failed) + unreadable)


@timers.schedule(Rate(5, unit=Rate.MINUTES), name="survey")
def survey(event: CloudWatchEvent) -> None:
    """Ask whom the surveys have drawn."""
    from chalicelib.usecases.run_surveys import run_surveys

    until = time.monotonic() + REMIND_SECONDS
    run = run_surveys(bootstrap.deps(), go_on=lambda: time.monotonic() < until)
    for _, error in run.failed:
        observability.log_failure(error, worker="survey")
    observability.log("surveyed", worker="survey", count=run.asked, status=run.left_out)


@timers.schedule(Cron(30, 17, "*", "*", "?", "*"), name="lake")  # half past midnight in Việt Nam
def lake(event: CloudWatchEvent) -> None:
    """Write yesterday's events for those who ask of years."""
    from chalicelib.usecases.fill_lake import fill_lake
    from chalicelib.views.lake import rows

    deps, until = bootstrap.deps(), time.monotonic() + LAKE_SECONDS
    written = fill_lake(lambda day: rows(day, deps), deps, go_on=lambda: time.monotonic() < until)
    for day, count in written.items():
        observability.log("filled", worker="lake", day=f"{day}", count=count)


@timers.schedule(Rate(1, unit=Rate.MINUTES), name="retime")
def retime(event: CloudWatchEvent) -> None:
    """Move the deadlines that a change of the calendar moves."""
    from chalicelib.usecases.retime_cases import retime_cases

    deps, until = bootstrap.deps(), time.monotonic() + SWEEP_SECONDS
    with _each() as each:
        retimed = retime_cases(deps, go_on=lambda: time.monotonic() < until, each=each)
    for code, error in retimed.failed:
        observability.log_failure(error, worker="retime", case=code)
    observability.metric("RetimeAge", retimed.age.total_seconds(), "Seconds", stage=deps.settings.stage)
    observability.log("retimed", worker="retime", count=retimed.looked_at, status=len(retimed.failed))


@timers.schedule(Rate(5, unit=Rate.MINUTES), name="recover")
def recover(event: CloudWatchEvent) -> None:
    """Relay what the stream lost."""
    from chalicelib.usecases.recover_events import recover_events

    relayed = recover_events(bootstrap.deps())
    observability.metric("RecoveredEvents", relayed)
    observability.log("recovered", worker="recover", count=relayed)


@timers.schedule(Rate(1, unit=Rate.MINUTES), name="collect")
def collect(event: CloudWatchEvent) -> None:
    """See to what died."""
    from chalicelib.usecases.collect_dead_letters import collect_dead_letters

    deps, until = bootstrap.deps(), time.monotonic() + COLLECT_SECONDS
    run = collect_dead_letters(deps, go_on=lambda: time.monotonic() < until)
    for queue, error in run.failed:
        observability.log_failure(error, worker="collect", queue=queue)
    stage = deps.settings.stage
    observability.metric("DeadLetters", run.standing, stage=stage)
    observability.metric("DeadLettersOverdue", run.overdue, stage=stage)
    observability.metric("OldestDeadLetter", run.oldest * 60, "Seconds", stage=stage)  # of working time
    observability.log("collected", worker="collect", count=run.recorded, status=len(run.failed))


@timers.schedule(Rate(1, unit=Rate.HOURS), name="forget")
def forget(event: CloudWatchEvent) -> None:
    """Anonymise what is past its time."""
    from chalicelib.usecases.forget_past import forget_past
    from chalicelib.usecases.forget_receptions import forget_receptions
    from chalicelib.usecases.forget_surveys import forget_surveys

    deps, until = bootstrap.deps(), time.monotonic() + FORGET_SECONDS
    few = (("surveys", forget_surveys(deps)), ("receptions", forget_receptions(deps)))  # in a moment: so they are first
    cases = forget_past(deps, go_on=lambda: time.monotonic() < until)
    failed = [failure for _, run in (*few, ("cases", cases)) for failure in run.failed]
    for code, error in failed:
        observability.log_failure(error, worker="forget", case=code)
    observability.metric("ForgetFailures", len(failed), stage=deps.settings.stage)
    for what, run in (*few, ("cases", cases)):
        observability.log("forgotten", worker="forget", state=what, count=run.anonymised, status=len(run.failed))


@timers.schedule(Rate(1, unit=Rate.HOURS), name="learn")
def learn(event: CloudWatchEvent) -> None:
    """Sketch what came in; once a day look for bottlenecks and foretell; once a week learn to suggest."""
    from chalicelib.usecases.learn import learn as run

    deps = bootstrap.deps()
    with _each() as each:
        learned = run(deps, each=each)
    for what, error in learned.failed:
        observability.log_failure(error, worker="learn", state=what)
    for what, number in learned.published.items():
        observability.log("learned", worker="learn", state=what, count=number)
    if learned.failed:
        raise learned.failed[-1][1]  # the function's alarm hears it; what was published stays


@timers.schedule(Rate(1, unit=Rate.HOURS), name="month")
def month(event: CloudWatchEvent) -> None:
    """Ask for last month's report; once it is asked for it is."""
    from chalicelib.usecases.ask_monthly_report import ask_monthly_report

    observability.log("reports", worker="month", count=ask_monthly_report(bootstrap.deps()))


@timers.schedule(Cron("0/15", "*", "*", "*", "?", "*"), name="digest")
def digest(event: CloudWatchEvent) -> None:
    """Send the morning's and the week's digests; the regulation says at which hour, and once it is done it is done."""
    from chalicelib.usecases.remind_of_breaches import remind_of_breaches
    from chalicelib.usecases.remind_of_rights import remind_of_rights
    from chalicelib.usecases.send_digest import send_digest
    from chalicelib.usecases.send_week import send_week

    deps = bootstrap.deps()
    reminded = remind_of_breaches(deps) + remind_of_rights(deps)  # first: by the clock, whatever becomes of the others
    observability.log("digests", worker="digest", count=reminded + send_digest(deps) + send_week(deps))
