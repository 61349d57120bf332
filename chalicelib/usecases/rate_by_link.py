"""The sender's word on an answer, come by the link in its letter (R93): a rating, and that it be looked at again.

A link is good for the last answer, as long as it may be rated. To follow it changes nothing: programs that look at
mails follow every link.
"""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.actors import SENDER
from chalicelib.domain.case import ENDED, Case
from chalicelib.domain.commands import Rate, Reopen
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.events import Answered
from chalicelib.domain.reply_links import LinkOverError, LinkUnknownError
from chalicelib.domain.satisfaction import window_ends
from chalicelib.ports import Deps, Dossier, Receipt
from chalicelib.usecases.carry_out import change, tidy

USE = "rating"


def follow_rating_link(token: str, deps: Deps) -> Dossier:
    """Return the case whose answer a link is for; raises LinkUnknownError, LinkOverError."""
    return _opened(token, deps)


def used(dossier: Dossier, deps: Deps) -> bool:
    """Tell whether the link to the last answer has rated it."""
    return deps.inbox.find(_receipt(dossier.case.code, _last_answer(dossier), Rate.action)) is not None


def rate_by_link(token: str, command: Rate | Reopen, fingerprint: str, deps: Deps) -> Case:
    """Carry it out and return the case after it; the same form sent again changes nothing more.

    A link rates once: its receipt, in the transaction of the rating, is the link's. Raises LinkUnknownError,
    LinkOverError, what `decide` raises, StaleVersionError and UnavailableError.
    """
    code, seq = _named(token, deps)

    def plan() -> tuple[Rate | Reopen, None]:
        _opened(token, deps)  # read after the case that is decided on: if it went on between the two, all is done again
        return tidy(command), None

    receipt = Receipt(_receipt(code, seq, command.action), fingerprint)
    try:
        return change(code, plan, actor=replace(SENDER, name="link"), deps=deps, receipt=receipt)
    except ConflictError as error:
        if error.code == "idempotency_key_reused":
            raise LinkOverError from error
        raise


def _named(token: str, deps: Deps) -> tuple[str, int]:
    named = deps.keys.opened_link(USE, token)
    if named is None:
        raise LinkUnknownError
    return named


def _opened(token: str, deps: Deps) -> Dossier:
    code, seq = _named(token, deps)
    dossier = deps.cases.dossier(code)
    last = _last_answer(dossier) == seq and dossier.case.state in ENDED
    if not last or deps.clock.now() > window_ends(dossier.case, deps.regulation):
        raise LinkOverError
    return dossier


def _last_answer(dossier: Dossier) -> int:
    return max((past.seq for past in dossier.history if isinstance(past.event, Answered)), default=0)


def _receipt(code: str, seq: int, action: str) -> str:
    return f"{USE}-link#{code}#{seq}#{action}"
