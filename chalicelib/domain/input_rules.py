"""How units are asked for input inside a case: `<regulation>.inputs.yaml`; without the file they are not."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.regulation_entries import RegulationError


@dataclass(frozen=True, slots=True)
class InputRules:
    """Working minutes that a unit has: as a rule, at least; and between reminders once they are over."""

    label: str
    symbol: str  # of its document's number
    minutes: int
    least: int
    remind_every: int
    article: str


def from_mapping(data: Any) -> InputRules:
    """Read the file; raises RegulationError naming the entry that is wrong."""
    entries.same("inputs", set(entries.mapping("inputs", data)), {item.name for item in fields(InputRules)})
    for name in ("minutes", "least", "remind_every"):
        entries.minutes(f"inputs.{name}", data[name])
    for name in ("label", "symbol", "article"):
        if not isinstance(data[name], str) or not data[name]:
            raise RegulationError(f"inputs.{name}: {data[name]!r} is no text")
    if data["least"] > data["minutes"]:
        raise RegulationError("inputs.least: is more than inputs.minutes")
    return InputRules(**data)
