"""What happens to what is kept of a case: held back from anonymising, let go, anonymised (R99, R100)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.event import Event, private


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack(Event):
    """Leadership holds a case: it is kept whole, whatever its time, until the hold is lifted."""

    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(Event):
    """Leadership lifts the hold: the time of the case counts again."""

    reason: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderCorrected(Event):
    """The sender had own details set right; words are never changed, only added to."""

    fields: tuple[str, ...]  # of Sender: which, not what
    content: str = private()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restricted(Event):
    """At the sender's wish nothing of the case is published any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymised(Event):
    """From here on nobody is shown these parts of the case; the store is cleared of them within hours.

    The log itself stays: it holds no personal data, and its digests lead nowhere once texts and salts are gone.
    """

    basis: str  # retention, request
    parts: tuple[str, ...]
    article: str = ""
