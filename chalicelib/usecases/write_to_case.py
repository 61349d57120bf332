"""Put the words of a mail into its sender's case (R28, R40): as the details that were asked for, or beside the case."""

from __future__ import annotations

import re

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case, Mailed
from chalicelib.domain.commands import Write
from chalicelib.domain.text import normalise, shorten
from chalicelib.ports import Deps, Dossier, Receipt
from chalicelib.ports.mails import Mail
from chalicelib.usecases.carry_out import change
from chalicelib.usecases.reach_sender import REPLY
from chalicelib.usecases.supply_details import matter_with

LONGEST = 20_000  # characters: as on the portal
HIDDEN = "••••••"


def write_to_case(code: str, words: str, mail: Mail, *, actor: Actor, deps: Deps, receipt: Receipt) -> Case:
    """Return the case after them; the same receipt does nothing twice.

    Raises NotFoundError, UnavailableError and, when others were quicker five times over, StaleVersionError.
    """
    said = shorten(words, LONGEST)

    def plan() -> tuple[Write, None]:
        dossier = deps.cases.dossier(code)
        known = Mailed(_other_address(mail, dossier, deps), files_of(mail), shortened=said != words)
        return Write(content=said, matter=matter_with(dossier, said, dossier.sender), mail=known), None

    return change(code, plan, actor=actor, deps=deps, receipt=receipt)


def words_for(code: str, text: str, deps: Deps) -> str:
    """Return the text without what opens the case: quoted letters bear its PIN and its address for answers."""
    hidden = re.sub(rf"(?<!\d){deps.keys.pin(code)}(?!\d)", HIDDEN, text)
    return normalise(REPLY.sub(HIDDEN, hidden))


def files_of(mail: Mail) -> int:
    """Count the files in a mail; who sends more than is read of one sends a file."""
    return max(len(mail.attachments), int(mail.cut))


def _other_address(mail: Mail, dossier: Dossier, deps: Deps) -> str:
    key = deps.keys.sender(mail.source)
    known = dossier.sender.email
    return "" if known and key == deps.keys.sender(known) else key
