"""Receive a matter: judge it, give it a code, remember it (Điều 6, 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chalicelib.domain import stages
from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.case import Case
from chalicelib.domain.commands import Receive
from chalicelib.domain.decide import Decision, decide
from chalicelib.domain.errors import ConflictError, InvalidError, UnavailableError
from chalicelib.domain.events import Recorded
from chalicelib.domain.phone import InvalidPhoneError, parse
from chalicelib.domain.text import normalise
from chalicelib.ports import AlreadyDoneError, CodeTakenError, Commit, Deps, Receipt
from chalicelib.usecases.assign_supervisor import supervisor_for
from chalicelib.usecases.attach_files import Attaching
from chalicelib.usecases.sender_keys import listed_under

CODE_DRAWS = 3


@dataclass(frozen=True, slots=True)
class Receipted:
    """A received case, its PIN, the last thing its intake said, and whether an earlier call had made it already."""

    case: Case
    pin: str
    said: Recorded
    repeated: bool


def receive_case(
    command: Receive, *, actor: Actor, receipt: Receipt, deps: Deps, uploads: Sequence[str] = (), form: str = ""
) -> Receipted:
    """Store a new case; the same receipt gives the same case again. Raises ConflictError for a key used otherwise.

    `uploads` came by slips for the form of this nonce; InvalidError where one is missing or not what it was said to be.
    """
    sender = clean_sender(command.matter.sender)
    matter = replace(
        command.matter,
        title=normalise(command.matter.title, multiline=False),
        content=normalise(command.matter.content),
        sender=sender,
    )
    command = replace(command, matter=matter, supervisor=supervisor_for(command, matter.sender.kind, deps))
    files = Attaching(uploads, actor, deps, form)
    # Each case has files of its own: who sends the same once more is answered before any are kept for another case.
    if uploads and (done := deps.inbox.find(receipt.key)):
        return _again(done, receipt, deps)
    for _ in range(CODE_DRAWS):
        try:
            made = _store(command, files, actor, receipt, deps)
        except CodeTakenError:
            continue
        except AlreadyDoneError as done:
            return _again(done.receipt, receipt, deps)
        return Receipted(made.case, deps.keys.pin(made.case.code), made.history[-1], repeated=False)
    raise UnavailableError("no_code", "Hệ thống đang bận, vui lòng thử lại", retry_after=1)


def clean_sender(sender: Sender) -> Sender:
    """Normalise a sender's details; raises InvalidError for what is no telephone number."""
    try:
        phone = parse(sender.phone).number if sender.phone.strip() else ""
    except InvalidPhoneError as error:
        raise InvalidError("invalid_phone", "Số điện thoại không hợp lệ", pointer="/sender/phone") from error
    return replace(
        sender,
        name=normalise(sender.name, multiline=False),
        phone=phone,
        email=sender.email.strip(),
        address=normalise(sender.address, multiline=False),
    )


def _store(command: Receive, files: Attaching, actor: Actor, receipt: Receipt, deps: Deps) -> Decision:
    now, code, sender = deps.clock.now(), deps.ids.case_code(), command.matter.sender
    command = files.of_new(command, code)
    made = decide(None, command, actor=actor, code=code, regulation=deps.regulation, now=now)
    files.keep(made.history)
    sender_key, mail_key = listed_under(sender, deps)
    deps.cases.commit(
        Commit(
            case=made.case,
            history=made.history,
            chain="",
            expected=0,
            alarm_at=stages.next_alarm(made.case, deps.regulation),
            sender=sender,
            sender_key=sender_key,
            mail_key=mail_key,
            receipt=replace(receipt, result=code),
        )
    )
    return made


def _again(kept: Receipt, given: Receipt, deps: Deps) -> Receipted:
    if kept.fingerprint != given.fingerprint:
        raise ConflictError("idempotency_key_reused", "Idempotency-Key này đã được dùng cho một yêu cầu khác")
    dossier = deps.cases.dossier(kept.result)
    intake = [recorded for recorded in dossier.history if recorded.at == dossier.case.received_at]
    return Receipted(dossier.case, deps.keys.pin(kept.result), intake[-1], repeated=True)
