"""Reads a centre's file of retention, laid over its country's, and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.domain.regulation_entries import RegulationError, build, count, mapping, same, sequence
from chalicelib.domain.retention import LIFETIMES, RIGHTS, YEARS, Breach, Days, Hours, Retention, Years

REMIND = "remind_before"


def from_mapping(own: Any, country: Any = None) -> Retention:
    """Read the files; raises RegulationError naming the entry that is wrong."""
    data = _laid_over(mapping("retention", own), mapping("retention", country or {}))
    same("retention", set(data), {"first_day", *YEARS, "lifetimes", "rights", "breach"})
    if type(data["first_day"]) is not date:
        raise RegulationError(f"first_day: {data['first_day']!r} is no day like 2019-08-01")
    rights = dict(mapping("rights", data["rights"]))
    remind = _hours("rights.remind_before", rights.pop(REMIND, []))
    same("rights", set(rights), set(RIGHTS))
    lifetimes = mapping("lifetimes", data["lifetimes"])
    same("lifetimes", set(lifetimes), set(LIFETIMES))
    return Retention(
        first_day=data["first_day"],
        **{name: _period(Years, name, data[name], "years") for name in YEARS},
        lifetimes={name: _period(Days, f"lifetimes.{name}", each, "days") for name, each in lifetimes.items()},
        rights={name: _period(Hours, f"rights.{name}", each, "hours") for name, each in rights.items()},
        remind_of_rights=remind,
        breach=_breach(data["breach"]),
    )


def _laid_over(own: Mapping[str, Any], country: Mapping[str, Any]) -> dict[str, Any]:
    """Lay a centre's entries over the country's, section by section."""
    merged = dict(country)
    for name, value in own.items():
        both = isinstance(value, Mapping) and isinstance(country.get(name), Mapping)
        merged[name] = {**country[name], **value} if both else value
    merged.pop("defaults", None)
    return merged


def _period(kind: type[Any], where: str, data: Any, unit: str) -> Any:
    made = build(kind, where, data)
    count(f"{where}.{unit}", getattr(made, unit))
    if not isinstance(made.source, str) or not made.source:
        raise RegulationError(f"{where}.source: say which article, or whose setting it is")
    return made


def _breach(data: Any) -> Breach:
    made: Breach = build(Breach, "breach", data)
    count("breach.hours", made.hours)
    _hours("breach.remind_before", list(made.remind_before))
    return made


def _hours(where: str, data: Any) -> tuple[int, ...]:
    """Read hours before an end, the earliest first."""
    hours = tuple(count(where, each, least=0) for each in sequence(where, data))
    if list(hours) != sorted(set(hours), reverse=True):
        raise RegulationError(f"{where}: {list(hours)} do not go down")
    return hours
