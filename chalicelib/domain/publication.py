"""The public board: proposed by the desk, approved by the leadership (R70, R110)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain.actors import Sender
from chalicelib.domain.case import Case
from chalicelib.domain.regulation import Regulation

if TYPE_CHECKING:
    from chalicelib.domain.redaction import Redaction


def propose(case: Case, command: cmd.ProposePublication, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Lay a text before the leadership; a later proposal replaces an earlier one."""
    return [ev.PublicationProposed(question=command.question, answer=command.answer)]


def approve(case: Case, command: cmd.ApprovePublication, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Put the approved text on the board."""
    return [ev.Published(unit=case.agency or regulation.operators, question=command.question, answer=command.answer)]


def withdraw(case: Case, command: cmd.WithdrawPublication, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Refuse a proposal, or take an answer off the board."""
    return [ev.PublicationWithdrawn(reason=command.reason)]


def drafted(
    history: Sequence[ev.Recorded], sender: Sender, question: str | None = None, answer: str | None = None
) -> tuple[Redaction, Redaction]:
    """Return question and answer, the case's own where none are given, without the sender and other personal data."""
    first = next(past.event for past in history if isinstance(past.event, ev.Received))
    said = next((past.event.answer for past in reversed(history) if isinstance(past.event, ev.Answered)), "")
    return _without_person(question or f"{first.title}\n\n{first.content}", sender), _without_person(
        answer or said, sender
    )


def _without_person(text: str, sender: Sender) -> Redaction:
    from chalicelib.domain.redaction import redact  # noqa: PLC0415 its patterns cost every cold start 8 ms

    names = (sender.name,) if sender.name else ()
    addresses = (sender.address,) if sender.address else ()
    return redact(text, names=names, addresses=addresses)
