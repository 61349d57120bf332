"""Reads the file of who decides what, and names the entry that is wrong."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.authority import Authority, Reserved
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_entries import RegulationError


def from_mapping(data: Any, rules: Regulation) -> Authority:
    """Read the file of a centre whose other rules are known; raises RegulationError."""
    entries.same("authority", set(entries.mapping("authority", data)), {item.name for item in fields(Authority)})
    own = tuple(entries.sequence("authority.own", data["own"]))
    if missing := {rules.operators, rules.leadership} - set(own):
        raise RegulationError(f"authority.own: without {sorted(missing)}, who are the Centre too")
    listed = enumerate(entries.sequence("authority.agency_decides", data["agency_decides"]))
    made = tuple(_reserved(f"authority.agency_decides[{place}]", entry, rules) for place, entry in listed)
    for place, rule in enumerate(made):
        if others := set(rule.competent) - set(own):
            raise RegulationError(f"authority.agency_decides[{place}].competent: {sorted(others)} are none of own")
    return Authority(own, made)


def _reserved(where: str, data: Any, rules: Regulation) -> Reserved:
    made: Reserved = entries.build(Reserved, where, data)
    if not made.article:
        raise RegulationError(f"{where}.article: a rule that refuses names what it rests on")
    if not (made.kinds or made.abouts or made.fields):
        raise RegulationError(f"{where}: would keep the Centre from every answer")
    known = (
        ("kinds", made.kinds, rules.kinds),
        ("abouts", made.abouts, rules.about),
        ("fields", made.fields, rules.fields),
    )
    for name, named, there in known:
        if unknown := set(named) - set(there):
            raise RegulationError(f"{where}.{name}: {sorted(unknown)} are none of {sorted(there)}")
    return made
