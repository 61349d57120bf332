"""The public board: proposed by the desk, approved by the leadership (R70, R110)."""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.case import Case
from chalicelib.domain.regulation import Regulation


def propose(case: Case, command: cmd.ProposePublication, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Lay a text before the leadership; a later proposal replaces an earlier one."""
    return [ev.PublicationProposed(question=command.question, answer=command.answer)]


def approve(case: Case, command: cmd.ApprovePublication, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Put the approved text on the board."""
    return [ev.Published(unit=case.agency or regulation.operators, question=command.question, answer=command.answer)]


def withdraw(case: Case, command: cmd.WithdrawPublication, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Refuse a proposal, or take an answer off the board."""
    return [ev.PublicationWithdrawn(reason=command.reason)]
