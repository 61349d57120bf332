"""The world's time and chance."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from chalicelib.domain.case_code import from_number

CODES = 10**11


class SystemClock:
    """Keeps the port Clock."""

    def now(self) -> datetime:
        """Return the present moment in UTC, to the millisecond that the store keeps."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


class RandomIds:
    """Keeps the port Ids."""

    def case_code(self) -> str:
        """Return a code nobody can guess."""
        return from_number(secrets.randbelow(CODES))

    def upload(self) -> str:
        """Return a name of 128 bits."""
        return secrets.token_hex(16)

    def nonce(self) -> str:
        """Return 128 bits."""
        return secrets.token_hex(16)
