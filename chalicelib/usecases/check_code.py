"""Let whoever has the one-time code see all cases of the number or address that it was sent to; guessing is bounded."""

from __future__ import annotations

import hmac
from typing import Final

from chalicelib.domain.errors import UnauthenticatedError
from chalicelib.ports import Deps
from chalicelib.usecases.bound import bound
from chalicelib.usecases.open_content import PASS_SECONDS, TRIES, WINDOW_SECONDS, holds

LOCKED: Final = ("code_locked", "Mã đã được thử quá nhiều lần, vui lòng thử lại sau 15 phút hoặc gọi tổng đài")


def check_code(contact: str, digits: str, *, form: str, deps: Deps) -> str:
    """Use the code up and return the sender's keyed hash; the form that used it may come again.

    Raises UnauthenticatedError, and TooManyError after five tries in 15 minutes.
    """
    now, sender = deps.clock.now(), deps.keys.sender(contact)
    bound(f"code-tried#{sender}", TRIES, LOCKED, deps, window_seconds=WINDOW_SECONDS)
    nonce = deps.codes.nonce(sender, now)
    right = hmac.compare_digest(deps.keys.one_time_code(sender, nonce).encode(), digits.strip().encode())
    if not (nonce and right and deps.codes.use(sender, nonce, form, now)):
        raise UnauthenticatedError("wrong_code", "Mã không đúng hoặc đã hết hạn")
    return sender


def give_session(sender: str, deps: Deps) -> str:
    """Return what a browser may keep in place of the code, whose holder has just given it."""
    return f"{sender}.{deps.keys.sender_pass(sender, int(deps.clock.now().timestamp()) + PASS_SECONDS)}"


def whose(session: str, deps: Deps) -> str:
    """Return the sender of a session that was made here and is not over; else nothing."""
    sender, _, shown = session.partition(".")
    return sender if holds(shown, lambda until: deps.keys.sender_pass(sender, until), deps) else ""
