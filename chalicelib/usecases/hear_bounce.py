"""A mail came back for good, or its reader called it unwanted: its address is not written to again (R69).

The mails of the staff carry no tags: their addresses are the directory's, and mending it is the administrator's.
"""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.ports import Deps
from chalicelib.usecases.reach_sender import EMAIL, note_undelivered


@dataclass(frozen=True, slots=True)
class Bounce:
    """What SES reports of one mail. `reason` is bounce or complaint; `code` is empty for a mail to the staff."""

    message_id: str
    reason: str
    addresses: tuple[str, ...]
    code: str = ""
    letter: str = ""


def hear_bounce(bounce: Bounce, deps: Deps) -> str:
    """Return what became of it; may be repeated. Raises NotFoundError, UnavailableError and StaleVersionError."""
    if not bounce.code:
        return "staff"
    for address in bounce.addresses:
        deps.suppressed.add(deps.keys.sender(address), bounce.reason, deps.clock.now())
    note_undelivered(EMAIL, bounce.reason, bounce.letter, bounce.code, bounce.message_id, deps)
    return bounce.reason
