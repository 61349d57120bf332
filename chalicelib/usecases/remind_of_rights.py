"""Remind the Centre's leadership of a sender's request that is yet to be decided, before its hours are over."""

from __future__ import annotations

from chalicelib.domain.rights import RightRequest, reminder
from chalicelib.ports import Deps
from chalicelib.usecases.addresses import address
from chalicelib.usecases.remind_leadership import remind_leadership

RIGHTS = "ban-lam-viec/quyen-du-lieu"


def remind_of_rights(deps: Deps) -> int:
    """Send what is due, once each; returns how many mails went out now."""
    return sum(_remind(request, deps) for request in deps.rights.all() if request.open)


def _remind(request: RightRequest, deps: Deps) -> bool:
    now = deps.clock.now()
    hours = reminder(request, deps.retention.remind_of_rights, now)
    if hours is None:
        return False
    return remind_leadership(
        f"right#{request.id}#{hours}",
        "right_due",
        deps,
        code=request.code,
        kind=request.kind,
        asked_at=request.asked_at,
        due_at=request.due_at,
        over=now >= request.due_at,
        link=address(deps, RIGHTS, request.id),
    )
