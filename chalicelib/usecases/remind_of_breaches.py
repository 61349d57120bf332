"""Remind the Centre's leadership, by the clock and at any hour, of a breach that the authority is yet to be told of."""

from __future__ import annotations

from chalicelib.domain.breaches import Breach, reminder
from chalicelib.ports import Deps
from chalicelib.usecases.addresses import address
from chalicelib.usecases.remind_leadership import remind_leadership

BREACHES = "ban-lam-viec/quan-tri/su-co"


def remind_of_breaches(deps: Deps) -> int:
    """Send what is due, once each; returns how many mails went out now."""
    return sum(_remind(breach, deps) for breach in deps.breaches.all() if breach.open)


def _remind(breach: Breach, deps: Deps) -> bool:
    rule, now = deps.retention.breach, deps.clock.now()
    hours = reminder(breach, rule, now)
    if hours is None:
        return False
    return remind_leadership(
        f"breach#{breach.id}#{hours}",
        "breach",
        deps,
        discovered_at=breach.discovered_at,
        due_at=breach.due_at,
        over=now >= breach.due_at,
        authority=rule.authority,
        link=address(deps, BREACHES, breach.id),
    )
