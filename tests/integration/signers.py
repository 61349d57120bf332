"""Signatures in the tests. The agencies' keys are one a unit, always the same: two plays of one story sign alike."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from chalicelib.domain.signing import CENTRE_TYPE, TYPE, AgencyKey, thumbprint

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


def decoded(text: str) -> bytes:
    """Read base64url as JOSE writes it."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def believed(message: Any, keys: Mapping[str, Mapping[str, str]]) -> bool:
    """Tell whether the centre signed a received message, by ECDSA itself: no library for JWS is asked."""
    head, nothing, value = message["MessageAttributes"]["signature"]["StringValue"].split(".")
    header, raw = json.loads(decoded(head)), decoded(value)
    assert (nothing, header["alg"], header["typ"], len(raw)) == ("", "ES256", CENTRE_TYPE, 64)
    point = [int.from_bytes(decoded(keys[header["kid"]][name]), "big") for name in "xy"]
    payload = base64.urlsafe_b64encode(message["Body"].encode()).rstrip(b"=")
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicNumbers(*point, ec.SECP256R1()).public_key()
    try:
        key.verify(der, head.encode() + b"." + payload, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
