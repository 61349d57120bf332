"""Who has which case open before them right now: a courtesy among colleagues, never part of the case."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.actors import Actor

BEAT: Final = timedelta(seconds=60)  # so often an open page says so
STALE: Final = BEAT * 2.5  # one word may be lost


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody who looks at a case, since when, and when that was last said."""

    name: str
    role: str
    unit: str
    code: str
    since: datetime
    at: datetime

    def here(self, now: datetime) -> bool:
        """Tell whether it still holds."""
        return now - self.at < STALE


def look(actor: Actor, code: str, before: Looking | None, now: datetime) -> Looking:
    """Return what is so now; one person looks at one case, whichever page was last before them."""
    if before and before.code == code and before.here(now):
        return replace(before, at=now)
    return Looking(actor.name, actor.role, actor.unit, code, now, now)
