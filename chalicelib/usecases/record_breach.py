"""Write a breach of personal data down, and that the authority was told of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from chalicelib.domain.actors import Actor
from chalicelib.domain.breaches import Breach, check, end
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps


def record_breach(  # noqa: PLR0913 - each by its name
    *,
    discovered_at: datetime,
    happened: str,
    logins: Sequence[str],
    first: date,
    last: date,
    measures: str,
    key: str,
    actor: Actor,
    deps: Deps,
) -> Breach:
    """Return it as it is kept; the same `key` of the same person writes one. Raises InvalidError."""
    now, discovered_at = deps.clock.now(), discovered_at.astimezone(UTC)
    sent = hashlib.sha256(f"{actor.name}\n{key}".encode()).hexdigest()[:12]
    breach = Breach(
        id=f"{int(discovered_at.timestamp()):010d}-{sent}",
        discovered_at=discovered_at,
        due_at=end(discovered_at, deps.retention.breach),
        happened=normalise(happened),
        logins=tuple(dict.fromkeys(login.strip().lower() for login in logins if login.strip())),
        first=first,
        last=last,
        by=actor.name,
        recorded_at=now,
        measures=normalise(measures),
    )
    return deps.breaches.add(check(breach, now))


def note_notice(breach: str, *, at: datetime, measures: str, actor: Actor, deps: Deps) -> Breach:
    """Note that the authority was told, and what was done; raises NotFoundError, InvalidError, ConflictError."""
    before = deps.breaches.find(breach)
    after = before.notified(at.astimezone(UTC), normalise(measures) or before.measures, actor.name, deps.clock.now())
    if after is not before:
        deps.breaches.save(after)
    return after
