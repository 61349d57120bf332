"""Signatures by PyJWT on cryptography; loaded when first used, for most functions never meet one."""

from __future__ import annotations

from collections.abc import Mapping


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
