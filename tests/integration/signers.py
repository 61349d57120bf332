"""The agencies' keys in the tests: one a unit, always the same, so that two plays of one story sign alike."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chalicelib.domain.signing import TYPE, AgencyKey, thumbprint

SINCE, UNTIL = datetime(2024, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
SIGNER = "Phạm Thị Lan, Chánh Văn phòng"


@cache
def private_key(unit: str) -> Ed25519PrivateKey:
    """Return a unit's private key: EdDSA signs the same words alike, ES256 does not."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"key of {unit}".encode()).digest())


@cache
def agency_key(unit: str) -> AgencyKey:
    """Return a unit's public key as it is registered."""
    jwk = {
        name: value
        for name, value in jwt.algorithms.OKPAlgorithm.to_jwk(private_key(unit).public_key(), as_dict=True).items()
        if name in ("kty", "crv", "x")
    }
    return AgencyKey(
        kid=thumbprint(jwk),
        unit=unit,
        signer=SIGNER,
        algorithm="EdDSA",
        jwk=jwk,
        not_before=SINCE,
        not_after=UNTIL,
        registered_at=SINCE,
        registered_by="qt01",
    )


def signed(message: Any, unit: str, at: datetime, **header: Any) -> str:
    """Sign a message as the unit's software does; a header given replaces what is right."""
    right = {"typ": TYPE, "kid": agency_key(unit).kid, "iat": int(at.timestamp())}
    words = message if isinstance(message, bytes) else json.dumps(message).encode()
    return jwt.PyJWS().encode(words, private_key(unit), "EdDSA", right | header)
