"""What only this centre can compute: PINs, keyed hashes. One secret, read once per process."""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import cached_property

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws import client
from chalicelib.domain.errors import UnavailableError

PIN_DIGITS = 6


class SecretKeys:
    """Keeps the port Keys. The secret is JSON with a `key`; each use has its own key derived from it."""

    def __init__(self, secret_id: str) -> None:
        self._secret_id = secret_id

    @cached_property
    def _key(self) -> bytes:
        try:
            secret = client("secretsmanager").get_secret_value(SecretId=self._secret_id)
        except (ClientError, BotoCoreError) as error:
            raise UnavailableError("keys_unavailable", "Hệ thống đang bận, vui lòng thử lại", retry_after=2) from error
        key: str = json.loads(secret["SecretString"])["key"]
        return key.encode()

    def pin(self, code: str) -> str:
        """Return the six digits that open a case's content."""
        return f"{int.from_bytes(self._mac('pin', code)[:8], 'big') % 10**PIN_DIGITS:0{PIN_DIGITS}d}"

    def sender(self, contact: str) -> str:
        """Return a keyed hash of a phone number or mail address."""
        return self._mac("sender", contact.strip().casefold()).hex()[:32]

    def public_name(self, code: str) -> str:
        """Return the name a case's answer is published under."""
        return self._mac("board", code).hex()[:12]

    def _mac(self, use: str, value: str) -> bytes:
        return hmac.new(self._key, f"{use}\n{value}".encode(), hashlib.sha256).digest()
