"""A mail came in: its words go into the case that its address names, or it waits for an operator. Nothing is lost."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from chalicelib.domain.actors import SENDER
from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError
from chalicelib.domain.permissions.keeping import ANONYMISED
from chalicelib.domain.unassigned_mail import (
    CASE_NOT_FOUND,
    FILES,
    NO_WORDS,
    TOO_MANY,
    UNKNOWN_ADDRESS,
    UNREADABLE,
    UnassignedMail,
)
from chalicelib.ports import Deps, Receipt
from chalicelib.ports.mails import Mail
from chalicelib.usecases.reach_sender import REPLY
from chalicelib.usecases.write_to_case import files_of, words_for, write_to_case

HEARD, BEFORE, AUTOMATIC = "heard", "heard before", "automatic"
MOST, WINDOW_SECONDS = 30, 24 * 3600  # mails into one case; more are of a machine that does not say so


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the mail service says of a mail. `id` is its own; `verdict` says why it must not be believed, or nothing."""

    id: str
    key: str
    at: datetime
    source: str  # of the envelope: empty for what bounces
    recipients: tuple[str, ...]  # of the envelope
    verdict: str = ""


def hear_mail(arrived: Arrived, deps: Deps) -> tuple[str, ...]:
    """Return what became of it, for each case it was written to; may be repeated.

    Raises NotFoundError where the mail is not in the bucket, UnavailableError and StaleVersionError.
    """
    try:
        mail = deps.mails.read(arrived.key)
    except InvalidError:
        return (_set_aside(arrived, UNREADABLE, deps),)
    if mail.automatic or not arrived.source:  # two machines would never stop
        return (AUTOMATIC,)
    if arrived.verdict:
        return (_set_aside(arrived, arrived.verdict, deps, mail=mail),)
    codes = _codes(arrived.recipients, deps) or _codes(mail.recipients, deps)
    if not codes:
        return (_set_aside(arrived, UNKNOWN_ADDRESS, deps, mail=mail),)
    return tuple(_hear(code, mail, arrived, deps) for code in codes)


def _hear(code: str, mail: Mail, arrived: Arrived, deps: Deps) -> str:
    words = words_for(code, mail.words, deps)
    receipt = _receipt(code, words, mail, arrived)
    window, now = f"mails#{code}", deps.clock.now()
    if deps.inbox.find(receipt.key):
        return _with_files(BEFORE, code, mail, arrived, deps)
    if not words:
        return _set_aside(arrived, NO_WORDS, deps, mail=mail, code=code)
    if deps.inbox.failures(window, now, window_seconds=WINDOW_SECONDS) >= MOST:
        return _set_aside(arrived, TOO_MANY, deps, mail=mail, code=code)
    try:
        write_to_case(code, words, mail, actor=SENDER, deps=deps, receipt=receipt)
    except (NotFoundError, ConflictError) as error:
        if isinstance(error, ConflictError) and error.code != ANONYMISED:
            raise
        return _set_aside(arrived, CASE_NOT_FOUND, deps, mail=mail)
    deps.inbox.count_failure(window, now, window_seconds=WINDOW_SECONDS)
    return _with_files(HEARD, code, mail, arrived, deps)


def _with_files(outcome: str, code: str, mail: Mail, arrived: Arrived, deps: Deps) -> str:
    # After the words, and again when the mail comes again: whoever died between has told no operator.
    if files_of(mail):
        _set_aside(arrived, FILES, deps, mail=mail, code=code)
    return outcome


def _receipt(code: str, words: str, mail: Mail, arrived: Arrived) -> Receipt:
    """Make one of what the writer's program calls the mail and of its words: some give every mail the same name."""
    named = f"{mail.message_id or arrived.id}\n{words}"
    return Receipt(f"mail#{code}#{hashlib.sha256(named.encode()).hexdigest()}", "")


def _codes(addresses: Iterable[str], deps: Deps) -> tuple[str, ...]:
    tokens = chain.from_iterable(REPLY.findall(address) for address in addresses)
    found = (deps.keys.code_of_mail_token(token) for token in tokens)
    return tuple(dict.fromkeys(code for code in found if code))


def _set_aside(arrived: Arrived, reason: str, deps: Deps, *, mail: Mail | None = None, code: str = "") -> str:
    files = files_of(mail) if mail else 0
    place = f"{int(arrived.at.timestamp() * 1000):013d}-{arrived.id}"
    deps.unassigned_mails.add(UnassignedMail(place, arrived.key, arrived.at, reason, code, files))
    return reason
