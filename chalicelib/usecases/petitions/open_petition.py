"""Look into a petition: that somebody did is written down before anything is shown (R86)."""

from __future__ import annotations

from collections.abc import Mapping

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.petitions.commands import Open
from chalicelib.domain.petitions.petition import CONTENT, IDENTITY
from chalicelib.ports.petitions import PetitionDeps
from chalicelib.usecases.petitions.act_on_petition import act_on_petition


def open_words(code: str, *, actor: Actor, deps: PetitionDeps) -> Mapping[int, Mapping[str, str]]:
    """Return what was said, by number of the event; raises NotFoundError for who is not of the track."""
    _note(code, Open(part=CONTENT), actor, deps)
    return deps.petitions.words(code)


def open_identity(code: str, reason: str, *, actor: Actor, deps: PetitionDeps) -> Sender:
    """Return who sent it, for a reason; raises InvalidError without one, NotFoundError as open_words."""
    _note(code, Open(part=IDENTITY, reason=reason), actor, deps)
    return deps.petitions.identity(code)


def _note(code: str, wish: Open, actor: Actor, deps: PetitionDeps) -> None:
    """Each look is one of its own: it is noted however often the same person looks."""
    act_on_petition(code, wish, key=deps.ids.nonce(), actor=actor, deps=deps)
