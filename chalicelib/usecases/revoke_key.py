"""Revoke an agency's key: from the next message on nothing it signed has an effect, whenever it was signed."""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.domain.signing import AgencyKey, revoked
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps


def revoke_key(kid: str, reason: str, *, actor: Actor, deps: Deps) -> AgencyKey:
    """Return the key as revoked; raises NotFoundError, InvalidError, ConflictError where it was revoked before."""
    key = deps.agency_keys.find(kid)
    if key is None:
        raise NotFoundError("key_not_found", "Không có khóa nào mang mã này", kid=kid)
    if not (why := normalise(reason)):
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/reason")
    made = revoked(key, by=actor.name, reason=why, now=deps.clock.now())
    deps.agency_keys.revoke(made)
    return made
