"""Remind the Centre's leadership of a sender's request that is yet to be decided, before its hours are over."""

from __future__ import annotations

from chalicelib.domain.rights import RightRequest, reminder
from chalicelib.ports import Deps, PermanentDeliveryError
from chalicelib.usecases.addresses import address
from chalicelib.usecases.once import once

RIGHTS = "ban-lam-viec/quyen-du-lieu"


def remind_of_rights(deps: Deps) -> int:
    """Send what is due, once each; returns how many mails went out now."""
    return sum(_remind(request, deps) for request in deps.rights.all() if request.open)


def _remind(request: RightRequest, deps: Deps) -> bool:
    now = deps.clock.now()
    hours = reminder(request, deps.retention.remind_of_rights, now)
    if hours is None:
        return False
    unit = deps.directory.unit(deps.regulation.leadership)
    with once(f"right#{request.id}#{hours}", deps) as mine:
        if not mine:
            return False
        about = {
            "unit_name": unit.name,
            "code": request.code,
            "kind": request.kind,
            "asked_at": request.asked_at,
            "due_at": request.due_at,
            "over": now >= request.due_at,
            "link": address(deps, RIGHTS, request.id),
        }
        letter = deps.letters.render("right_due", about)
        try:
            deps.mailer.mail(unit.leader_mail or unit.mail, letter.subject, letter.text, letter.html)
        except PermanentDeliveryError:
            return False
    return True
