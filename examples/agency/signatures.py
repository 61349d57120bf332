"""Who is speaking: the centre's signature is verified, ours is made. docs/agency-exchange.md, docs/agency-keys.md."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

KEEP_SECONDS = 3600


class NotTheCentreError(Exception):
    """No signature of the centre's fits these words."""


class KeysAwayError(Exception):
    """The centre's keys cannot be fetched now, so nothing can be said of a signature."""


class Centre:
    """Knows the centre by its public keys: kept an hour, fetched once more where a message names an unknown one."""

    def __init__(self, keys_url: str) -> None:
        self._keys = jwt.PyJWKClient(keys_url, lifespan=KEEP_SECONDS)

    def verify(self, body: str, signature: str) -> None:
        """Return if the centre signed exactly this body; raises NotTheCentreError, KeysAwayError."""
        payload = base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")
        try:
            header, detached, value = signature.split(".")
            token = f"{header}.{payload}.{value}"
            opened = jwt.PyJWS().decode_complete(
                token, self._keys.get_signing_key_from_jwt(token), algorithms=["ES256"]
            )
        except jwt.PyJWKClientConnectionError as error:
            raise KeysAwayError from error
        except (ValueError, jwt.PyJWTError) as error:
            raise NotTheCentreError(type(error).__name__) from error
        if detached or opened["header"].get("typ") != "tongdai-message":
            raise NotTheCentreError("not a message's signature")


class Pen:
    """Signs what we say, by our registered key. The same message may be signed any number of times."""

    def __init__(self, pem: Path, kid: str, clock: Callable[[], float] = time.time) -> None:
        self._key: Any = load_pem_private_key(pem.read_bytes(), None)
        self._algorithm = "EdDSA" if isinstance(self._key, Ed25519PrivateKey) else "ES256"
        self._kid, self._clock = kid, clock

    def sign(self, message: dict[str, Any]) -> str:
        """Return the message as a JWS in compact form: the body of the SQS message."""
        header = {"typ": "tongdai-reply", "kid": self._kid, "iat": int(self._clock())}
        return jwt.PyJWS().encode(json.dumps(message).encode(), self._key, self._algorithm, header)
