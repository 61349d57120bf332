"""What is learned of a case that is past: what was said, without personal data, and where it came to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.actors import Role, Sender
from chalicelib.domain.case import Case, State
from chalicelib.domain.events import SENDERS_WORDS, Answered, Received, Recorded
from chalicelib.domain.redaction import redact

ENDED = (State.ANSWERED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Past:
    """A case: its words as redacted, kinds with what a report is about (report.conduct), whose it is in the end.

    `sender` tells senders apart; it and the words are for this process alone. `answered_by` is the unit that gave the
    last answer, where that was not the centre's own desk or leadership.
    """

    code: str
    at: datetime
    sender: str
    words: str
    first_kind: str
    first_field: str
    kind: str
    field: str
    unit: str
    answered_by: str
    ended: bool


def past_of(case: Case, sender: Sender, history: Sequence[Recorded], own: Collection[str]) -> Past:
    """Return what is learned of a case; `own` are the centre's units, whose answers say nothing of competence."""
    said = [past.event for past in history if isinstance(past.event, SENDERS_WORDS)]
    first = said[0]
    assert isinstance(first, Received), "a case begins with Received"
    answered = [past.event.unit for past in history if isinstance(past.event, Answered)]
    holder = case.holder.unit if case.holder and case.holder.role in (Role.OFFICER, Role.AGENCY) else ""
    text = "\n".join([first.title, *(event.content for event in said)])
    return Past(
        code=case.code,
        at=case.received_at,
        sender=sender.phone or sender.email or sender.name or case.code,
        words=redact(text, [sender.name], [sender.address]).text,
        first_kind=kind_with(first.kind, first.about),
        first_field=first.field,
        kind=kind_with(case.kind, case.about),
        field=case.field,
        unit=case.agency or holder,
        answered_by=answered[-1] if answered and answered[-1] not in own else "",
        ended=case.state in ENDED,
    )


def kind_with(kind: str, about: str | None) -> str:
    """Name a kind with what a report is about."""
    return f"{kind}.{about}" if about else kind
