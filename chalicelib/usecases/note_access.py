"""Write down that somebody is about to be shown personal data of several cases at once (R99)."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.domain.access import CONTACT, CONTENT, Access
from chalicelib.domain.actors import Actor
from chalicelib.ports import Deps


def note_access(
    codes: Iterable[str], actor: Actor, door: str, deps: Deps, parts: tuple[str, ...] = (CONTACT, CONTENT)
) -> None:
    """Raise UnavailableError where it cannot be written: then it is not to be shown."""
    now = deps.clock.now()
    deps.access.note([Access(now, actor.name, actor.role, actor.unit, code, parts, door) for code in codes])
