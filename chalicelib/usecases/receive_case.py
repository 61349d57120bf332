"""Receive a matter: judge it, give it a code, remember it (Điều 6, 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chalicelib.domain import stages
from chalicelib.domain.case import Actor, Case, Sender
from chalicelib.domain.commands import Receive
from chalicelib.domain.decide import Decision, decide
from chalicelib.domain.errors import ConflictError, InvalidError, UnavailableError
from chalicelib.domain.events import Recorded
from chalicelib.domain.phone import InvalidPhoneError, parse
from chalicelib.domain.text import normalise
from chalicelib.ports import AlreadyDoneError, CodeTakenError, Commit, Deps, Receipt

CODE_DRAWS = 3


@dataclass(frozen=True, slots=True)
class Receipted:
    """A received case, its PIN, the last thing its intake said, and whether an earlier call had made it already."""

    case: Case
    pin: str
    said: Recorded
    repeated: bool


def receive_case(command: Receive, *, actor: Actor, receipt: Receipt, deps: Deps) -> Receipted:
    """Store a new case; the same receipt gives the same case again. Raises ConflictError for a key used otherwise."""
    sender = clean_sender(command.matter.sender)
    matter = replace(
        command.matter,
        title=normalise(command.matter.title, multiline=False),
        content=normalise(command.matter.content),
        sender=sender,
    )
    command = replace(command, matter=matter)
    for _ in range(CODE_DRAWS):
        try:
            made = _store(command, actor, receipt, deps)
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


def listed_under(sender: Sender, deps: Deps) -> tuple[str, str]:
    """Return the keyed hashes under which a sender's cases are found; empty where there is no (other) contact."""
    first, second, *_ = (*(deps.keys.sender(contact) for contact in (sender.phone, sender.email) if contact), "", "")
    return first, second


def _store(command: Receive, actor: Actor, receipt: Receipt, deps: Deps) -> Decision:
    now, code, sender = deps.clock.now(), deps.ids.case_code(), command.matter.sender
    made = decide(None, command, actor=actor, code=code, regulation=deps.regulation, now=now)
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
