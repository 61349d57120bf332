"""The sender writes by mail: to what was asked, unasked, or when all is over (R28, R40, R43). Nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import intake
from chalicelib.domain.case import Case, State
from chalicelib.domain.eligibility import assess
from chalicelib.domain.regulation import Regulation

PAUSE = timedelta(days=1)  # between two letters that say what becomes of a mail


def write(case: Case, command: cmd.Write, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Take what was asked for as details; keep everything else beside the case, which goes on as it went."""
    if case.state is State.AWAITING_DETAILS:
        return _details(case, command, regulation, now)
    words = ev.SenderWrote(
        holder=case.holder,
        clock=case.stage,
        written_back=_worth_a_letter(case, command, now),
        mail=command.mail,
        content=intake.kept(command.content, assess(command.matter, regulation)),
    )
    return [words]


def _details(case: Case, command: cmd.Write, regulation: Regulation, now: datetime) -> list[ev.Event]:
    asked = cmd.SupplyDetails(content=command.content, matter=command.matter)
    supplied, *others = intake.supply_details(case, asked, regulation, now)
    assert isinstance(supplied, ev.DetailsSupplied)
    # A letter has no fields: an address told in its words is missing to the rules. A person reads before asking again.
    consequences = [event for event in others if not isinstance(event, ev.DetailsRequested)]
    return [replace(supplied, mail=command.mail), *consequences]


def _worth_a_letter(case: Case, command: cmd.Write, now: datetime) -> bool:
    surprising = not case.open or command.mail.attachments > 0
    return surprising and (case.written_back_at is None or now - case.written_back_at >= PAUSE)
