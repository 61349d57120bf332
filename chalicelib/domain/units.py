"""The units of the administration, and what each was called when: cases keep the names of their day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

KINDS: Final = (
    *("centre", "leadership", "room", "branch", "department", "central", "commune", "district", "enterprise"),
)
NO_AGENCIES: Final = frozenset({"centre", "leadership"})  # kinds of unit that no matter belongs to
_DAY: Final = timedelta(days=1)
_DATES: Final = {"from": "since", "to": "until"}  # what a file calls them
_FACTS: Final = frozenset({"source", "account"})  # of the file alone


class DirectoryError(Exception):
    """The directory is wrong; the message names the unit."""


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name a unit had, up to and with a day."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the directory. `exchange` is "sqs" for an agency with software of its own.

    `since` is its first day and `until` its last, None where it has always been, or still is, as far as is known.
    `formed_from` names the units that came to it when they ended; `area` is the commune it governs.
    """

    id: str
    name: str
    kind: str
    mail: str = ""
    leader_mail: str = ""
    phone: str = ""
    exchange: str = "mail"
    since: date | None = None
    until: date | None = None
    earlier: tuple[FormerName, ...] = ()
    formed_from: tuple[str, ...] = ()
    area: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether it exists on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def name_on(self, day: date) -> str:
        """Return what it was called on a day; before its first day and after its last the nearest name."""
        return next((former.name for former in self.earlier if day <= former.until), self.name)


def successors(unit: Unit, units: Iterable[Unit], day: date) -> tuple[Unit, ...]:
    """Return the units in force that a unit has become, the unit itself while it is in force."""
    if unit.in_force(day):
        return (unit,)
    known = tuple(units)
    heirs = (heir for heir in known if unit.id in heir.formed_from)
    return tuple(dict.fromkeys(found for heir in heirs for found in successors(heir, known, day)))


def names_now(units: Iterable[Unit], day: date) -> Iterator[tuple[str, Unit]]:
    """Say what each name is called today, old ones too; a name divided among several is nobody's."""
    known = tuple(units)
    for unit in known:
        heirs = successors(unit, known, day)
        if len(heirs) == 1:
            yield from ((name, heirs[0]) for name in (unit.name, *(former.name for former in unit.earlier)))


def from_entries(entries: Iterable[Mapping[str, Any]]) -> tuple[Unit, ...]:
    """Read the units of a directory file and check them together; raises DirectoryError."""
    units = tuple(from_entry(entry) for entry in entries)
    check(units)
    return units


def history_of(unit: Unit) -> dict[str, Any]:
    """Write down what `from_entry` reads of a unit's days, names and origin."""
    days = {"from": unit.since, "to": unit.until}
    found: dict[str, Any] = {key: day.isoformat() for key, day in days.items() if day}
    found["earlier"] = [{"name": former.name, "to": former.until.isoformat()} for former in unit.earlier]
    found |= {"formed_from": list(unit.formed_from), "area": unit.area}
    return {key: value for key, value in found.items() if value}


def check(units: Iterable[Unit]) -> None:
    """Hold a directory to be whole: raises DirectoryError naming the first unit that is wrong."""
    known: dict[str, Unit] = {}
    for unit in units:
        if unit.id in known:
            raise DirectoryError(f"{unit.id}: stands there twice")
        known[unit.id] = unit
        _check_alone(unit)
    for unit in known.values():
        _check_heritage(unit, known)
    _check_names(known.values())


def _check_alone(unit: Unit) -> None:
    if unit.kind not in KINDS:
        raise DirectoryError(f"{unit.id}.kind: {unit.kind!r} is none of {', '.join(KINDS)}")
    if unit.until is None and not unit.mail:
        raise DirectoryError(f"{unit.id}.mail: missing; only a unit that is no more has none")
    days = [unit.since, *(former.until for former in unit.earlier), unit.until]
    if any(later <= sooner for sooner, later in pairwise(day for day in days if day is not None)):
        raise DirectoryError(f"{unit.id}: its days are not in order: from, the last day of each earlier name, to")
    if any(one.name == other for one, other in zip(unit.earlier, _names_after(unit), strict=True)):
        raise DirectoryError(f"{unit.id}.earlier: a name follows itself")


def _names_after(unit: Unit) -> Iterator[str]:
    yield from (former.name for former in unit.earlier[1:])
    if unit.earlier:
        yield unit.name


def _check_heritage(unit: Unit, known: Mapping[str, Unit]) -> None:
    for name in unit.formed_from:
        ended = known.get(name)
        if ended is None:
            raise DirectoryError(f"{unit.id}.formed_from: {name} is no unit of the directory")
        if ended.until is None:
            continue
        if unit.since is not None and unit.since > ended.until + _DAY:
            raise DirectoryError(f"{unit.id}: a gap between the end of {name} and its first day")
        if unit.until is not None and unit.until <= ended.until:
            raise DirectoryError(f"{unit.id}: has ended before {name}, which came to it")
    if unit.until is not None and not any(unit.id in heir.formed_from for heir in known.values()):
        raise DirectoryError(f"{unit.id}: has ended and has no successor: no unit has it in formed_from")


def _check_names(units: Iterable[Unit]) -> None:
    spans = sorted((name, since, until, unit.id) for unit in units for name, since, until in _spans(unit))
    for one, other in pairwise(spans):
        if one[0] == other[0] and other[1] <= one[2]:
            raise DirectoryError(f"{other[3]}: bears the name of {one[3]} at the same time")


def _spans(unit: Unit) -> Iterator[tuple[str, date, date]]:
    start = unit.since or date.min
    for former in unit.earlier:
        yield former.name, start, former.until
        start = former.until + _DAY
    yield unit.name, start, unit.until or date.max


def from_entry(entry: Mapping[str, Any]) -> Unit:
    """Read one unit by itself; raises DirectoryError."""
    named = entry.get("id", "?")
    given = {_DATES.get(key, key): value for key, value in entry.items() if key not in _FACTS}
    if unknown := set(given) - {field.name for field in fields(Unit)}:
        raise DirectoryError(f"{named}: {sorted(unknown)} are no keys of a unit")
    if missing := {"id", "name", "kind"} - set(given):
        raise DirectoryError(f"{named}: {sorted(missing)} are missing")
    try:
        former = tuple(FormerName(one["name"], date.fromisoformat(one["to"])) for one in given.pop("earlier", ()))
        days = {key: date.fromisoformat(given[key]) for key in _DATES.values() if key in given}
    except (KeyError, TypeError, ValueError) as error:
        raise DirectoryError(f'{named}: a day is not like "2025-03-01", or an earlier name lacks one') from error
    return Unit(**(given | days | {"earlier": former, "formed_from": tuple(given.get("formed_from", ()))}))
