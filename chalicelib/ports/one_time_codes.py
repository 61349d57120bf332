"""One-time codes for senders: which one is good now. Kept is not the code but the nonce that it is made of."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class OneTimeCodes(Protocol):
    """By the keyed hash of a sender's number or address, of which at most one is good. All raise UnavailableError."""

    def ask(self, sender: str, form: str, nonce: str, now: datetime, until: datetime) -> str:
        """Make the code of this nonce good and end any other; a form sent again gets the nonce that it got before."""

    def nonce(self, sender: str, now: datetime) -> str:
        """Return what the sender's code is made of; empty where none is good."""

    def use(self, sender: str, nonce: str, form: str, now: datetime) -> bool:
        """Use it up; False where it is over or another form was quicker."""
