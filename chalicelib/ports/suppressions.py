"""Addresses that are not written to again: their mail came back for good, or its reader called it unwanted."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Suppressions(Protocol):
    """Known by keyed hashes (Keys.sender): the list shows nobody's address."""

    def add(self, address_key: str, reason: str, at: datetime) -> None:
        """Put an address on the list; one that is on it stays as it is."""

    def holds(self, address_key: str) -> bool:
        """Tell whether an address is on the list."""
