"""Reads the file of points and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.places import Commune, Gazetteer
from chalicelib.domain.points import Point, Points, Reach
from chalicelib.domain.regulation_entries import RegulationError


def from_mapping(data: Any, areas: Mapping[str, str]) -> Points:
    """Read the file; `areas` says what each commune's unit governs. Raises RegulationError."""
    entries.same("points", set(entries.mapping("points", data)), {"within", "travel", "points", "communes"})
    given = entries.mapping("points.communes", data["communes"])
    entries.same("points.communes", set(given), set(areas))
    communes = {unit: _commune(unit, entry, areas[unit]) for unit, entry in given.items()}
    named = [_point(entry, communes) for entry in entries.sequence("points.points", data["points"])]
    own = [_own(commune) for commune in communes.values()]
    reach: Reach = entries.build(Reach, "points.within", {**data["within"], **data["travel"]})
    for name in ("km", "minutes", "kmh", "detour"):
        if not isinstance(number := getattr(reach, name), int | float) or number <= 0:
            raise RegulationError(f"points.{name}: {number!r} is no number above 0")
    return Points((*named, *own), tuple(communes.values()), Gazetteer(communes.values()), reach)


def _own(commune: Commune) -> Point:
    name = f"Điểm phục vụ hành chính công {_inside(commune.name)}"
    return Point(name, commune.id, commune.address, commune.at)


def _commune(unit: str, data: Any, name: str) -> Commune:
    where = f"points.communes.{unit}"
    entry = dict(entries.mapping(where, data))
    for key in ("was", "partly"):
        entry[key] = {district: tuple(olds) for district, olds in (entry.get(key) or {}).items()}
    made: Commune = entries.build(Commune, where, entry | {"id": unit, "name": name})
    _position(f"{where}.at", made.at)
    return made


def _point(data: Any, communes: Mapping[str, Commune]) -> Point:
    entry = dict(entries.mapping("points.points", data))
    where = f"points.{entry.get('name')}"
    commune = communes.get(entry.pop("commune", ""))
    if commune is None and "at" not in entry:
        raise RegulationError(f"{where}: give a commune of the file, or at")
    if "at" in entry:
        entry["approximate"] = False
    elif commune is not None:
        entry |= {"at": commune.at, "address": f"{entry.get('address', '')}, {_inside(commune.name)}"}
    made: Point = entries.build(Point, where, entry)
    _position(f"{where}.at", made.at)
    return made


def _position(where: str, at: Any) -> None:
    if not (isinstance(at, tuple | list) and len(at) == 2 and -90 <= at[0] <= 90 and -180 <= at[1] <= 180):  # noqa: PLR2004 degrees
        raise RegulationError(f"{where}: {at!r} is no position like [21.03, 105.84]")


def _inside(name: str) -> str:
    return name[:1].lower() + name[1:]
