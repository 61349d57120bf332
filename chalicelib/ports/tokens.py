"""Who a bearer token speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Claims:
    """What a verified token says."""

    username: str
    groups: tuple[str, ...]


class TokenVerifier(Protocol):
    """Who a bearer token speaks for."""

    def verify(self, token: str, now: datetime) -> Claims:
        """Return the claims of a valid token; raises UnauthenticatedError, UnavailableError."""
