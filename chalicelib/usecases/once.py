"""Do an effect outside the store once: claim, do, confirm.

Between doing and confirming lies the one window: a crash there does it again after the lease. To be told twice is
better than not to be told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chalicelib.domain.errors import UnavailableError
from chalicelib.ports import Deps

LEASE_SECONDS = 60


class HeldElsewhereError(UnavailableError):
    """Another worker holds the effect and has not confirmed it: look again after its lease."""

    def __init__(self, key: str) -> None:
        super().__init__("held_elsewhere", "Đang được xử lý", key=key)


@contextmanager
def once(key: str, deps: Deps) -> Iterator[bool]:
    """Yield True to the one who shall do it, False when it is done.

    Raises HeldElsewhereError while another holds it. An UnavailableError inside releases the claim: surely not done.
    """
    if not deps.inbox.claim(key, deps.clock.now(), lease_seconds=LEASE_SECONDS):
        if not deps.inbox.is_done(key):
            raise HeldElsewhereError(key)
        yield False
        return
    try:
        yield True
    except UnavailableError:
        deps.inbox.release(key)
        raise
    deps.inbox.confirm(key)
