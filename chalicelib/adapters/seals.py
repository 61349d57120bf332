"""Seals texts by envelope: AES-256-GCM under a data key of its own, which only KMS can unwrap.

Each unsealing is one Decrypt at KMS whose encryption context names the petition and the part: it stands in CloudTrail,
whatever the program writes down itself.
"""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Final

import msgspec

from chalicelib.adapters.aws import ask

NONCE_BYTES = 12
REFUSAL: Final = "seals_unavailable"


class _Sealed(msgspec.Struct):
    key: str
    nonce: str
    text: str


class KmsSeals:
    """Seals under one symmetric key of KMS."""

    def __init__(self, key: str) -> None:
        self._key = key

    def seal(self, text: bytes, about: Mapping[str, str]) -> str:
        """Return what nobody can read without the key, bound to what it is about."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        made = ask(
            "kms", "generate_data_key", REFUSAL, KeyId=self._key, KeySpec="AES_256", EncryptionContext=dict(about)
        )
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(made["Plaintext"]).encrypt(nonce, text, _bound(about))
        parts = (b64encode(part).decode() for part in (made["CiphertextBlob"], nonce, sealed))
        return msgspec.json.encode(_Sealed(*parts)).decode()

    def unseal(self, sealed: str, about: Mapping[str, str]) -> bytes:
        """Return the text; raises UnavailableError, or InvalidTag where it is not what was sealed about that."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        kept = msgspec.json.decode(sealed, type=_Sealed)
        asked = {"CiphertextBlob": b64decode(kept.key), "EncryptionContext": dict(about)}
        key = ask("kms", "decrypt", REFUSAL, KeyId=self._key, **asked)["Plaintext"]
        return AESGCM(key).decrypt(b64decode(kept.nonce), b64decode(kept.text), _bound(about))


def _bound(about: Mapping[str, str]) -> bytes:
    return msgspec.json.encode(about, order="sorted")
