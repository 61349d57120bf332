"""Who is speaking: verify the signature of what came by the replies queue, before a word of it is believed (R73)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.actors import Signature
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.signing import TYPE, AgencyKey, check_in_force, refusal, signed_at
from chalicelib.ports import Deps, Envelope

KID_LENGTH = 43


@dataclass(frozen=True, slots=True)
class Proof:
    """What was said, and by whom as far as it is proved.

    `unit` is that of the key named, if there is such a key. Exactly one of `signature` and `refusal` is there.
    """

    text: str
    unit: str = ""
    signature: Signature | None = None
    refusal: InvalidError | None = None


def verify_message(body: str, deps: Deps, purpose: str = TYPE) -> Proof:
    """Verify a message; raises UnavailableError. The algorithm is the registered key's, never the message's choice."""
    body = body.strip()
    envelope = deps.signatures.opened(body)
    if envelope is None:
        return Proof(body, refusal=refusal("unsigned"))
    # What is no UTF-8 is no JSON: told so, once it is clear to whom, and told apart from the next that is none.
    text = envelope.payload.decode(errors="surrogateescape")
    key = _key(envelope, deps)
    if key is None:
        return Proof(text, refusal=refusal("unknown_key"))
    try:
        return Proof(text, key.unit, signature=_verified(body, envelope, key, deps, purpose))
    except InvalidError as error:
        return Proof(text, key.unit, refusal=error)


def _key(envelope: Envelope, deps: Deps) -> AgencyKey | None:
    kid = envelope.header.get("kid")
    return deps.agency_keys.find(kid) if isinstance(kid, str) and len(kid) == KID_LENGTH else None


def _verified(body: str, envelope: Envelope, key: AgencyKey, deps: Deps, purpose: str) -> Signature:
    at = signed_at(envelope.header, key.algorithm, purpose)
    if not deps.signatures.holds(body, key.jwk, key.algorithm):
        raise refusal("bad_signature", kid=key.kid)
    check_in_force(key, at, deps.clock.now())
    return Signature(key.kid, key.signer, at, envelope.digest, envelope.value)
