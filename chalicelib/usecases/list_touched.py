"""List whose personal data was touched in a breach, to tell them: who lists them is shown it, too, and written down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.domain.access import CONTACT, Access, period
from chalicelib.domain.actors import Actor
from chalicelib.domain.breaches import Breach, Touch, touches
from chalicelib.domain.errors import NotFoundError
from chalicelib.ports import Deps
from chalicelib.usecases.note_access import note_access

MOST = 1000  # cases: a query each


def list_touched(breach: Breach, *, actor: Actor, deps: Deps) -> tuple[tuple[Touch, ...], bool]:
    """Return them, those opened first first, with whoever sent them; and whether there are more."""
    found = touches(_accesses(breach, deps))
    codes = list(found)[:MOST]
    note_access(codes, actor, "breach", deps, (CONTACT,))
    return tuple(_with_sender(found[code], deps) for code in codes), len(found) > MOST


def _accesses(breach: Breach, deps: Deps) -> Iterator[Access]:
    start, end = period(breach.first, breach.last, deps.regulation.calendar.zone)
    for login in breach.logins:
        yield from deps.access.of_person(login, start, end)


def _with_sender(touch: Touch, deps: Deps) -> Touch:
    try:
        dossier = deps.cases.dossier(touch.code)
    except NotFoundError:
        return touch
    return replace(touch, sender=dossier.sender, anonymised=bool(dossier.case.erased))
