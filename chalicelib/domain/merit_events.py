"""What a matter turns out to be worth: a conduct report that is judged (Điều 14; R105)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.event import Event, private


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged(Event):
    """Leadership says whether a conduct report was founded; a later word replaces an earlier one."""

    verdict: str  # founded, unfounded
    leader: str
    reason: str = private()
