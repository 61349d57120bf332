"""Under what a sender's cases are found."""

from __future__ import annotations

from chalicelib.domain.actors import Sender
from chalicelib.ports import Deps


def listed_under(sender: Sender, deps: Deps) -> tuple[str, str]:
    """Return the keyed hashes under which a sender's cases are found; empty where there is no (other) contact."""
    first, second, *_ = (*(deps.keys.sender(contact) for contact in (sender.phone, sender.email) if contact), "", "")
    return first, second
