"""What has been done already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Receipt:
    """What makes a command idempotent: same key and fingerprint, same result (a case code)."""

    key: str
    fingerprint: str
    result: str = ""


class AlreadyDoneError(Exception):
    """The receipt's key was used before; `receipt` is the one that was kept."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.key)
        self.receipt = receipt


class Inbox(Protocol):
    """What has been done already."""

    def find(self, key: str) -> Receipt | None:
        """Return the receipt kept under a key."""

    def claim(self, key: str, now: datetime, *, lease_seconds: int) -> bool:
        """Take an effect that lies outside the store; False when it is done or another holds it."""

    def is_done(self, key: str) -> bool:
        """Tell whether a claimed effect was confirmed."""

    def confirm(self, key: str) -> None:
        """The effect has happened."""

    def release(self, key: str) -> None:
        """The effect has surely not happened: another may take it."""

    def missing(self, keys: Sequence[str]) -> tuple[str, ...]:
        """Return the keys that have no row."""

    def note_failure(self, key: str, reason: str, now: datetime) -> None:
        """Note why something failed, and that it failed once more."""

    def noted(self, key: str) -> tuple[str, int]:
        """Return the reason noted last and how often; ("", 0) where nothing was."""

    def count_failure(self, key: str, now: datetime, *, window_seconds: int) -> int:
        """Count a failed attempt and return how many there were in this window."""

    def failures(self, key: str, now: datetime, *, window_seconds: int) -> int:
        """Return how many failed attempts there were in this window."""
