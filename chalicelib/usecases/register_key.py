"""Register a public key of an agency's software (R73). Keys of a unit may overlap: that is how they are changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from chalicelib.domain.actors import Actor
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.signing import AgencyKey, check_dates, public_part, thumbprint
from chalicelib.ports import Deps
from chalicelib.usecases.carry_out import tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What an administrator gives: whose key, who answers for what it signs, the JWK, and from when until when."""

    unit: str
    signer: str
    jwk: Mapping[str, object]
    not_after: datetime
    not_before: datetime | None = None  # now


def register_key(wanted: Registration, *, actor: Actor, deps: Deps) -> AgencyKey:
    """Keep the key; raises InvalidError, NotFoundError for the unit, ConflictError where it was registered before."""
    wanted, now = tidy(wanted), deps.clock.now()
    algorithm, parts = public_part(wanted.jwk)
    public = deps.signatures.canonical(parts, algorithm)
    if public is None:
        raise InvalidError("key_unreadable", "Không đọc được khóa công khai này", pointer="/jwk")
    not_before = wanted.not_before or now
    check_dates(not_before, wanted.not_after, now)
    key = AgencyKey(
        kid=thumbprint(public),
        unit=deps.directory.unit(wanted.unit).id,
        signer=wanted.signer,
        algorithm=algorithm,
        jwk=public,
        not_before=not_before.astimezone(UTC),
        not_after=wanted.not_after.astimezone(UTC),
        registered_at=now,
        registered_by=actor.name,
    )
    deps.agency_keys.add(key)
    return key
