"""What is published of what the centre learned, beside the model itself: findings, a forecast, and how a model did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.bottlenecks import FIELD, UNIT, WORDS, Bottleneck
from chalicelib.domain.forecast import Expected


@dataclass(frozen=True, slots=True)
class Found:
    """A bottleneck and, for one of words, how people wrote them."""

    bottleneck: Bottleneck
    words: str = ""

    def named(self, fields: Mapping[str, str], unit_name: Callable[[str], str]) -> str:
        """Say what it is, with the labels of fields and the names of units."""
        name, value = self.bottleneck.subject
        if name == WORDS:
            return f"“{self.words}”"
        if name == FIELD:
            return fields.get(value, value)
        return unit_name(value) if name == UNIT else f"Phản ánh hành vi: {unit_name(value)}"


@dataclass(frozen=True, slots=True)
class Findings:
    """The bottlenecks of the week before `today`, out of so many cases of that week."""

    today: date
    cases: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Foretold:
    """The days from `today` on; none where too little is known."""

    today: date
    days: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """How a task's suggestions did: cases with an end, those told something, those told right."""

    cases: int
    told: int
    right: int
