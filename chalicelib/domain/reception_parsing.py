"""Reads the file of citizen reception and names the entry that is wrong."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.reception import ReceptionRules
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_entries import RegulationError


def from_mapping(data: Any, rules: Regulation) -> ReceptionRules:
    """Read the file; raises RegulationError."""
    entries.same("reception", set(entries.mapping("reception", data)), {item.name for item in fields(ReceptionRules)})
    made: ReceptionRules = entries.build(ReceptionRules, "reception", data)
    if not made.units:
        raise RegulationError("reception.units: nobody receives")
    entries.count("reception.answer_days", made.answer_days)
    if made.channel not in rules.channels:
        raise RegulationError(f"reception.channel: {made.channel!r} is none of {sorted(rules.channels)}")
    entries.same("reception.basis", set(entries.mapping("reception.basis", made.basis)), set(made.kinds))
    if not made.article or not made.kinds:
        raise RegulationError("reception: needs an article and kinds of session")
    return made
