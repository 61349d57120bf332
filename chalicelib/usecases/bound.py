"""Bound how often something is done in a window of time; each is counted before it is looked at (R99)."""

from __future__ import annotations

from chalicelib.domain.errors import TooManyError
from chalicelib.ports import Deps


def bound(key: str, most: int, refusal: tuple[str, str], deps: Deps, *, window_seconds: int) -> None:
    """Count once more; raises TooManyError, with the code and title of `refusal`, beyond `most` in the window.

    A hundred at the same moment are a hundred.
    """
    if deps.inbox.count_failure(key, deps.clock.now(), window_seconds=window_seconds) > most:
        code, title = refusal
        raise TooManyError(code, title, retry_after=window_seconds)
