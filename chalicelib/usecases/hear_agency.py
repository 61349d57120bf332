"""An agency's word, come by its queue: the same commands as at the desk, once each; refusals go back to the agency."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.case import Actor, Role
from chalicelib.domain.commands import Command
from chalicelib.domain.errors import DomainError, UnavailableError
from chalicelib.domain.exchange import VERSION
from chalicelib.ports import Deps, Message, Receipt
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.once import once


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply that could be read. `message_id` is the agency's own and makes it idempotent."""

    message_id: str
    unit: str
    code: str
    fingerprint: str
    command: Command


def hear_agency(heard: Heard, deps: Deps) -> str:
    """Carry out what the agency asks; return "done" or the code of the refusal it was told. Raises UnavailableError.

    What was refused stays refused: a copy that comes when the case has gone on must not take effect after all.
    """
    if deps.inbox.is_done(_refusal(heard.unit, heard.message_id, heard.fingerprint)):
        return "refused before"
    receipt = Receipt(f"reply#{heard.unit}#{heard.message_id}", heard.fingerprint)
    actor = Actor(Role.AGENCY, heard.unit, "sqs")
    try:
        carry_out(heard.code, heard.command, actor=actor, deps=deps, receipt=receipt)
    except UnavailableError:
        raise
    except DomainError as error:
        reject(heard.unit, heard.message_id, error, deps, fingerprint=heard.fingerprint)
        return error.code
    return "done"


def reject(unit: str, message_id: str, error: DomainError, deps: Deps, *, fingerprint: str) -> None:
    """Tell an agency, once, that a message had no effect and why."""
    body = {
        "version": VERSION,
        "type": "message_rejected",
        "message_id": f"rejected#{message_id}",
        "unit": unit,
        "rejected_message_id": message_id,
        "code": error.code,
        "title": error.title,
        "context": dict(error.context),
    }
    with once(_refusal(unit, message_id, fingerprint), deps) as mine:
        if mine:
            deps.outgoing.to_agency(unit, Message(body, {"type": "message_rejected"}))


def _refusal(unit: str, message_id: str, fingerprint: str) -> str:
    return f"reject#{unit}#{message_id}#{fingerprint[:16]}"
