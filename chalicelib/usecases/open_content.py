"""Show a case's content to whoever holds its PIN; guessing is bounded (R99)."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from chalicelib.domain.errors import TooManyError, UnauthenticatedError
from chalicelib.ports import Deps

TRIES, WINDOW_SECONDS = 5, 900
PASS_SECONDS = 1800  # so long a browser need not ask for the PIN again


def check_pin(code: str, pin: str, deps: Deps) -> None:
    """Return if the PIN is right; raises UnauthenticatedError, or TooManyError after five wrong ones in 15 minutes.

    A code that does not exist answers the same, so that nobody learns which codes do.
    """
    now, key = deps.clock.now(), f"pin#{code}"
    if deps.inbox.failures(key, now, window_seconds=WINDOW_SECONDS) >= TRIES:
        raise TooManyError(
            "pin_locked",
            "Mã PIN sai quá nhiều lần, vui lòng thử lại sau 15 phút hoặc gọi tổng đài",
            retry_after=WINDOW_SECONDS,
        )
    if not hmac.compare_digest(deps.keys.pin(code).encode(), pin.strip().encode()):
        deps.inbox.count_failure(key, now, window_seconds=WINDOW_SECONDS)
        raise UnauthenticatedError("wrong_pin", "Mã hồ sơ hoặc mã PIN không đúng")


def give_pass(code: str, deps: Deps) -> str:
    """Return what a browser may keep in place of the PIN, whose holder has just given it."""
    return deps.keys.case_pass(code, int(deps.clock.now().timestamp()) + PASS_SECONDS)


def opens(code: str, shown: str, deps: Deps) -> bool:
    """Tell whether a pass is one of this case, made here, and not over."""
    return holds(shown, lambda until: deps.keys.case_pass(code, until), deps)


def holds(shown: str, made: Callable[[int], str], deps: Deps) -> bool:
    """Tell whether a pass, which begins with its end, is the one made of that, and not over."""
    until, _, _ = shown.partition(".")
    if not (until.isascii() and until.isdigit()) or int(until[:12]) <= deps.clock.now().timestamp():
        return False
    return hmac.compare_digest(made(int(until[:12])).encode(), shown.encode())
