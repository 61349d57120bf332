"""An agency's word, come by its queue: the same commands as at the desk, once each; refusals go back to the agency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.actors import Actor, Role, Signature
from chalicelib.domain.commands import Command, SubmitResult
from chalicelib.domain.errors import DomainError, UnavailableError
from chalicelib.domain.exchange import SOFTWARE, check_assignment
from chalicelib.exchange.fields import VERSION
from chalicelib.exchange.rejections import code_of, explained
from chalicelib.exchange.told import MessageRejected
from chalicelib.ports import Deps, Message, Receipt, Rejection, StaleVersionError
from chalicelib.usecases.attach_files import Attaching
from chalicelib.usecases.carry_out import change, tidy
from chalicelib.usecases.once import once

REFUSED_BEFORE = "refused before"


@dataclass(frozen=True, slots=True)
class Heard:
    """A reply that could be read. `message_id` is the agency's own and makes it idempotent."""

    message_id: str
    unit: str
    code: str
    fingerprint: str
    command: Command
    assigned_at: datetime | None = None
    signature: Signature | None = None
    files: tuple[str, ...] = ()  # ids of uploads


def hear_agency(heard: Heard, deps: Deps) -> str:
    """Carry out what the agency asks; return "done" or the code of the refusal it was told.

    What was refused stays refused: a copy that comes when the case has gone on must not take effect after all.
    Raises UnavailableError and StaleVersionError, after which the message is to be heard again.
    """
    if was_refused(heard.unit, heard.message_id, deps, fingerprint=heard.fingerprint):
        return REFUSED_BEFORE
    receipt = Receipt(f"reply#{heard.unit}#{heard.message_id}", heard.fingerprint)
    actor = Actor(Role.AGENCY, heard.unit, SOFTWARE, heard.signature)
    try:
        command, files = tidy(heard.command), Attaching(heard.files, actor, deps)
        change(
            heard.code,
            lambda: (_in_place(heard, command, files, deps), None),
            actor=actor,
            deps=deps,
            receipt=receipt,
            keep=files.keep,
        )
    except (UnavailableError, StaleVersionError):  # a neighbour is away, or every race was lost: not the agency's fault
        raise
    except DomainError as error:
        reject(heard.unit, heard.message_id, error, deps, fingerprint=heard.fingerprint, case=heard.code)
        return code_of(error)
    return "done"


def _in_place(heard: Heard, command: Command, files: Attaching, deps: Deps) -> Command:
    # Read after the case that is decided on: if it went on between the two, the commit fails and all is done again.
    if heard.assigned_at is not None:
        check_assignment(deps.cases.load(heard.code).case, heard.assigned_at)
    if isinstance(command, SubmitResult) and heard.files:
        return files.with_files(command, deps.cases.dossier(heard.code))
    return command


def was_refused(unit: str, message_id: str, deps: Deps, *, fingerprint: str) -> bool:
    """Tell whether an agency was told that this message had no effect."""
    return deps.inbox.is_done(_refusal(unit, message_id, fingerprint))


def reject(unit: str, message_id: str, error: DomainError, deps: Deps, *, fingerprint: str, case: str = "") -> None:
    """Show the desk that a message had no effect and why, then tell the agency, once."""
    body = MessageRejected(
        version=VERSION,
        message_id=f"rejected#{message_id}#{fingerprint[:16]}",
        unit=unit,
        sent_at=deps.clock.now(),
        rejected_message_id=message_id,
        **explained(error),
    )
    with once(_refusal(unit, message_id, fingerprint), deps) as mine:
        if mine:
            # First: where it failed after the telling, the agency would be told twice.
            deps.rejections.add(_shown(body, fingerprint, case))
            deps.outgoing.to_agency(unit, Message(body, {"type": "message_rejected", "message_id": body.message_id}))


def _shown(told: MessageRejected, fingerprint: str, case: str) -> Rejection:
    # The name of a field that is not the contract's is the agency's own words: it may hold anything.
    pointer = "" if told.code == "unknown_field" else told.pointer
    return Rejection(
        unit=told.unit,
        message_id=told.rejected_message_id,
        at=told.sent_at,
        code=told.code,
        reason=told.reason.vi,
        fingerprint=fingerprint[:16],
        pointer=pointer,
        case=case,
    )


def _refusal(unit: str, message_id: str, fingerprint: str) -> str:
    return f"reject#{unit}#{message_id}#{fingerprint[:16]}"
