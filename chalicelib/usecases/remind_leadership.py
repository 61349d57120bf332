"""Remind the Centre's leadership by mail of something whose hours run, once."""

from __future__ import annotations

from chalicelib.ports import Deps, PermanentDeliveryError
from chalicelib.usecases.once import once


def remind_leadership(claim: str, letter: str, deps: Deps, **about: object) -> bool:
    """Send a letter under a claim; False where it has gone already, or can never be delivered."""
    unit = deps.directory.unit(deps.regulation.leadership)
    with once(claim, deps) as mine:
        if not mine:
            return False
        written = deps.letters.render(letter, {"unit_name": unit.name, **about})
        try:
            deps.mailer.mail(unit.leader_mail or unit.mail, written.subject, written.text, written.html)
        except PermanentDeliveryError:
            return False
    return True
