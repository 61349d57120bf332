"""Show a sender how the petition stands, by code and PIN; guessing is bounded (R99)."""

from __future__ import annotations

import hmac

from chalicelib.domain.errors import NotFoundError, TooManyError, UnauthenticatedError
from chalicelib.domain.petitions.petition import Petition
from chalicelib.ports.petitions import PetitionDeps
from chalicelib.usecases.open_content import TRIES, WINDOW_SECONDS
from chalicelib.usecases.petitions.track import rules_of

WRONG = "Mã đơn hoặc mã PIN không đúng"


def follow_petition(code: str, pin: str, deps: PetitionDeps) -> Petition:
    """Return the petition to who has its PIN; raises UnauthenticatedError, TooManyError after five wrong ones.

    A code that does not exist answers as a wrong PIN.
    """
    rules_of(deps)
    now, key = deps.clock.now(), f"petition-pin#{deps.petition_keys.petition_mark(code)}"
    if deps.inbox.failures(key, now, window_seconds=WINDOW_SECONDS) >= TRIES:
        title = "Mã PIN sai quá nhiều lần, vui lòng thử lại sau 15 phút hoặc gọi tổng đài"
        raise TooManyError("pin_locked", title, retry_after=WINDOW_SECONDS)
    if not hmac.compare_digest(deps.petition_keys.petition_pin(code).encode(), pin.strip().encode()):
        deps.inbox.count_failure(key, now, window_seconds=WINDOW_SECONDS)
        raise UnauthenticatedError("wrong_pin", WRONG)
    try:
        return deps.petitions.load(code).petition
    except NotFoundError as error:
        raise UnauthenticatedError("wrong_pin", WRONG) from error
