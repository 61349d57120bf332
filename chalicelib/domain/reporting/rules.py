"""What a centre's reports look like, what counts as what, and how long they are kept: `<regulation>.reports.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

COMPLIANCE, GOVERNANCE = "COMPLIANCE", "GOVERNANCE"  # the two modes of an object lock


@dataclass(frozen=True, slots=True)
class Kept:
    """How what is signed off is locked: mode, and for how many years."""

    mode: str
    years: int

    def until(self, signed: datetime) -> datetime:
        """Return until when a report that is signed at this moment may not be changed or removed."""
        day = 28 if (signed.month, signed.day) == (2, 29) else signed.day
        return signed.replace(year=signed.year + self.years, day=day)


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The agency (upper and own), symbol of the number, place, title and opening words, who gets it, who signs.

    `pakn` are the kinds that are reports and suggestions (phản ánh, kiến nghị), `online` the channels that count as
    such, `sign_off` the roles that may sign a report off.
    """

    head: tuple[str, str]
    symbol: str
    place: str
    title: str
    basis: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: str
    monthly: bool
    sign_off: tuple[str, ...]
    pakn: tuple[str, ...]
    online: tuple[str, ...]
    kept: Kept
