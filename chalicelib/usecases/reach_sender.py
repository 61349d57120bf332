"""How the sender of a case is reached: by mail, by SMS where there is none or it does not arrive, else by a person.

And where the sender's answers to these mails go.
"""

from __future__ import annotations

import re

from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.commands import NoteUndelivered
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.events import Recorded
from chalicelib.domain.permissions.keeping import ANONYMISED
from chalicelib.ports import Deps, Dossier, Receipt
from chalicelib.usecases.carry_out import carry_out

REPLY_TO = "tra-loi+{token}@{domain}"
REPLY = re.compile(r"tra-loi\+([a-z2-7]{24})@", re.IGNORECASE)  # how one is known again
EMAIL, SMS, NOBODY, SUPPRESSED = "email", "sms", "unreachable", "suppressed"


def reach_sender(dossier: Dossier, deps: Deps) -> tuple[str, str]:
    """Return the channel and the address or number; without one, why: "unreachable" or "suppressed", and ""."""
    mail = dossier.sender.email
    failed = bool(mail) and deps.suppressed.holds(deps.keys.sender(mail))
    if mail and not failed:
        return EMAIL, mail
    if "sms" in dossier.case.reachable:
        return SMS, dossier.sender.phone
    return (SUPPRESSED if failed else NOBODY), ""


def reply_address(code: str, deps: Deps) -> str:
    """Return where an answer to a letter goes: into its case or, where the centre takes no mails, to its mailbox."""
    if not deps.mail_domain:
        return deps.regulation.centre["email"]
    return REPLY_TO.format(token=deps.keys.mail_token(code), domain=deps.mail_domain)


def tags_of(letter: str, recorded: Recorded) -> dict[str, str]:
    """Return what a mail to a sender carries, so that one that comes back finds its case."""
    return {"case": recorded.code, "event": str(recorded.seq), "letter": letter}


def note_undelivered(channel: str, reason: str, letter: str, code: str, mail: str, deps: Deps) -> None:
    """Put on a case's record, once for each `mail`, that a letter did not arrive; the operators are asked to telephone.

    Raises NotFoundError, UnavailableError and, when others were quicker five times over, StaleVersionError.
    """
    command = NoteUndelivered(channel=channel, reason=reason, letter=letter)
    try:
        carry_out(code, command, actor=SYSTEM, deps=deps, receipt=Receipt(f"undelivered#{mail}", ""))
    except ConflictError as error:
        if error.code != ANONYMISED:  # else there is nobody left to telephone
            raise
