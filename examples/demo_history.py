"""What came in before the demonstration began: last night, last weekend, or too long ago.

The API takes no time from its callers, so these first steps are made here, by the centre's own use cases on the
centre's own tables, with a clock set to the moment in question. Streams, letters, tallies and the sweep see no
difference. Everything after them goes through the API and the queues.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from chalicelib.bootstrap import LiveDeps
from chalicelib.config import Settings
from chalicelib.domain import actors
from chalicelib.domain import commands as cmd
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.working_time import WorkingCalendar
from chalicelib.ports import Receipt
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.forward_case import forward_case
from chalicelib.usecases.receive_case import receive_case
from chalicelib.views.progress import created
from examples.demo_cases import Case

STEP = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)
MARGIN = 20  # working minutes beyond the limit
NOT_OFFICE = ("night", "weekend")
NIGHT, MORNING = 22, 9  # hours
SATURDAY = 5
LATE = {"left_late_at_officer": "officer", "left_late_at_agency": "agency"}  # path → the stage that runs over


@dataclass
class ChosenClock:
    """A clock that shows what it is set to."""

    at: datetime

    def now(self) -> datetime:
        """Return the chosen moment."""
        return self.at


def in_past(case: Case) -> bool:
    """Tell whether the case came in before the demonstration."""
    return case.path in LATE or case.arrives in NOT_OFFICE


def worked_before(now: datetime, minutes: float, calendar: WorkingCalendar) -> datetime:
    """Return an open moment at least so many working minutes before `now`."""
    at = now
    while not calendar.is_open(at) or calendar.elapsed_minutes(at, now) < minutes:
        at -= STEP
    return at


def last_night(now: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the last half past ten in the evening before `now`."""
    return _last(now, calendar, NIGHT, days_off=False)


def last_weekend(now: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the last half past nine of a Saturday or Sunday without office hours."""
    return _last(now, calendar, MORNING, days_off=True)


def moments(case: Case, number: int, now: datetime, rules: Regulation) -> tuple[datetime, datetime]:
    """Return when a case comes in and when it is forwarded at the earliest; its number keeps it from its neighbours.

    A late one was forwarded in office hours, longer ago than its stage may take.
    """
    came = forwarded = now
    if case.path in LATE:
        limit = rules.stages[LATE[case.path]].minutes
        forwarded = worked_before(now, limit + MARGIN + 3 * (number % 20), rules.calendar)
        came = forwarded - MINUTE
    if case.arrives not in NOT_OFFICE:
        return came, forwarded
    last = last_night if case.arrives == "night" else last_weekend
    return last(forwarded, rules.calendar) + (number % 60) * MINUTE, forwarded


def write(cases: Sequence[Case], settings: Settings, now: datetime) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Receive every case of the past and hand the late ones over; yield each with the receipt its sender has."""
    clock, deps = ChosenClock(now), LiveDeps(settings)
    deps.__dict__["clock"] = clock
    for number, case in enumerate(cases):
        if in_past(case):
            clock.at, forwarded = (at.astimezone(UTC) for at in moments(case, number, now, deps.regulation))
            yield case, _written(case, clock, forwarded, deps)


def _written(case: Case, clock: ChosenClock, forwarded: datetime, deps: LiveDeps) -> dict[str, Any]:
    operator = actors.Actor(actors.Role.OPERATOR, deps.regulation.operators, "operator")
    receipt = Receipt(f"key#demo##{uuid.uuid4()}", "")
    sender = operator if case.at_desk else actors.SENDER
    made = receive_case(command(case), actor=sender, receipt=receipt, deps=deps)
    stands, code = made.case, made.case.code
    if case.path in LATE:
        clock.at = forwarded
        stands = forward_case(code, cmd.ForwardToOfficer(unit=case.unit), actor=operator, deps=deps)
    if LATE.get(case.path) == "agency":
        clock.at += MINUTE
        officer = actors.Actor(actors.Role.OFFICER, case.unit, f"officer.{case.unit}")
        stands = carry_out(code, cmd.ForwardToAgency(unit=case.agency), actor=officer, deps=deps)
    receipted: dict[str, Any] = msgspec.to_builtins(created(stands, made.pin, made.said, deps, repeated=False))
    return receipted


def command(case: Case) -> cmd.Receive:
    """Return the command that `POST /v1/cases` makes of the case."""
    sender = actors.Sender(**case.body()["sender"])
    matter = Matter(case.title, case.content, sender, case.anonymous, case.declared_petition)
    return cmd.Receive(matter=matter, kind=case.kind, about=case.about, channel=case.channel, field=case.field)


def _last(now: datetime, calendar: WorkingCalendar, hour: int, *, days_off: bool) -> datetime:
    at = now.astimezone(calendar.zone).replace(hour=hour, minute=30, second=0, microsecond=0)
    # An hour of minutes is added to it, and all of it must lie behind.
    while at + timedelta(hours=1) > now or calendar.is_open(at) or (days_off and at.weekday() < SATURDAY):
        at -= timedelta(days=1)
    return at
