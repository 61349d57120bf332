"""Signatures by PyJWT on cryptography; loaded when first used, for most functions never meet one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from chalicelib.ports import Envelope


class JoseSignatures:
    """Keeps the port Signatures."""

    def canonical(self, public: Mapping[str, str], algorithm: str) -> Mapping[str, str] | None:
        """Read the key and write it again, each number the one way it is written; None where it is no key."""
        import jwt

        try:
            key = jwt.PyJWK(dict(public), algorithm=algorithm)
            written = key.Algorithm.to_jwk(key.key, as_dict=True)
        except (jwt.PyJWTError, ValueError):
            return None
        return {name: str(written[name]) for name in public}

    def opened(self, message: str) -> Envelope | None:
        """Take a JWS apart; None where it is none. Its header is not judged: what is wrong with it is told back."""
        from jwt.utils import base64url_decode, base64url_encode

        signing_input, _, value = message.rpartition(".")
        head, _, payload = signing_input.partition(".")
        try:
            header = json.loads(base64url_decode(head))
            content, signature = base64url_decode(payload), base64url_decode(value)
        except (ValueError, RecursionError):
            return None
        if not isinstance(header, dict):
            return None
        digest = hashlib.sha256(signing_input.encode()).digest()
        return Envelope(header, content, base64url_encode(digest).decode(), base64url_encode(signature).decode())

    def holds(self, message: str, public: Mapping[str, str], algorithm: str) -> bool:
        """Verify with the key's own algorithm; the header's must be the same."""
        import jwt

        try:
            key = jwt.PyJWK(dict(public), algorithm=algorithm)
            jwt.PyJWS().decode_complete(message, key, algorithms=[algorithm])
        except (jwt.PyJWTError, ValueError):
            return False
        return True
