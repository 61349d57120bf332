"""The centre's own keys, in KMS: it signs a digest, so a message of any length is one short call."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.adapters.aws import ask
from chalicelib.domain.signing import CENTRE_TYPE, PARTS, thumbprint
from chalicelib.ports import CentreKey, Clock

ALGORITHM = "ES256"
REFUSAL: Final = "signing_unavailable"


class KmsKeys:
    """Keeps the port CentreKeys. `keys`: ARN and end of each, the one that signs first; ECC_NIST_P256, SIGN_VERIFY."""

    def __init__(self, keys: Sequence[tuple[str, datetime | None]], clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._known: dict[str, CentreKey] = {}

    def sign(self, body: bytes) -> str:
        """Sign now, by the first key."""
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1
        from jwt.utils import base64url_encode, der_to_raw_signature

        signing, until = self._keys[0]
        at, kid = int(self._clock.now().timestamp()), self._public(signing, until).kid
        header = {"alg": ALGORITHM, "typ": CENTRE_TYPE, "kid": kid, "iat": at}
        head = base64url_encode(json.dumps(header, separators=(",", ":")).encode())
        digest = hashlib.sha256(head + b"." + base64url_encode(body)).digest()
        asked = {"Message": digest, "MessageType": "DIGEST", "SigningAlgorithm": "ECDSA_SHA_256"}
        der = ask("kms", "sign", REFUSAL, KeyId=signing, **asked)["Signature"]
        return f"{head.decode()}..{base64url_encode(der_to_raw_signature(der, SECP256R1())).decode()}"

    def shown(self, now: datetime) -> tuple[CentreKey, ...]:
        """Ask KMS for each once; those that are over are not asked for, and may be gone."""
        return tuple(self._public(arn, until) for arn, until in self._keys if until is None or now < until)

    def _public(self, arn: str, until: datetime | None) -> CentreKey:
        if arn not in self._known:
            from cryptography.hazmat.primitives.serialization import load_der_public_key
            from jwt.algorithms import ECAlgorithm

            key: Any = load_der_public_key(ask("kms", "get_public_key", REFUSAL, KeyId=arn)["PublicKey"])
            written = ECAlgorithm.to_jwk(key, as_dict=True)
            jwk = {name: str(written[name]) for name in PARTS["EC"]}
            self._known[arn] = CentreKey(thumbprint(jwk), jwk, until)
        return self._known[arn]
