"""Where to go: how the centre is reached, when it is open, and who takes what it does not (Điều 5, 7.2; R39)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.opening import OfficeDay, Opening, office_days, opening

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation
    from chalicelib.ports import Deps

DAYS = 7


class Elsewhere(Struct, frozen=True):
    """What the centre does not take, for which reasons, and where to go with it."""

    reasons: tuple[str, ...]
    guidance: str
    articles: tuple[str, ...]


class Competent(Struct, frozen=True):
    """A unit, its telephone if that is public, and the fields it is competent for (Điều 7.3)."""

    name: str
    phone: str
    fields: tuple[str, ...]


class Contact(Struct, frozen=True):
    """The whole page."""

    now: datetime
    opening: Opening
    days: tuple[OfficeDay, ...]
    channels: dict[str, str]
    elsewhere: tuple[Elsewhere, ...]
    competent: tuple[Competent, ...]


def contact(deps: Deps) -> Contact:
    """Show it, now."""
    rules, now = deps.regulation, deps.clock.now()
    return Contact(
        now=now,
        opening=opening(rules.calendar, now),
        days=office_days(rules.calendar, now, DAYS),
        channels=dict(rules.channels),
        elsewhere=_elsewhere(rules),
        competent=_competent(deps),
    )


def _elsewhere(rules: Regulation) -> tuple[Elsewhere, ...]:
    """Two refusals with one guidance are one matter to whoever reads."""
    refusals = [rule for rule in rules.eligibility if rule.outcome == "refuse"]
    return tuple(
        Elsewhere(
            reasons=tuple(dict.fromkeys(rule.reason for rule in refusals if rule.guidance == guidance)),
            guidance=guidance,
            articles=tuple(dict.fromkeys(rule.article for rule in refusals if rule.guidance == guidance)),
        )
        for guidance in dict.fromkeys(rule.guidance for rule in refusals)
    )


def _competent(deps: Deps) -> tuple[Competent, ...]:
    fields: dict[str, list[str]] = {}
    for field in deps.regulation.fields.values():
        if field.unit:
            fields.setdefault(field.unit, []).append(field.label)
    units = (unit for unit in deps.directory.units() if unit.id in fields)
    return tuple(Competent(unit.name, unit.phone, tuple(fields[unit.id])) for unit in units)
