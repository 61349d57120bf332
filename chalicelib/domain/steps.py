"""What people did to something that waits for them at the desk: a dead letter, a mail without a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.actors import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """Who did what to it, when, and why. `state` is the one it came to, or the deed where it stayed as it was."""

    state: str
    by: Actor
    at: datetime
    note: str = ""
