"""The units of the administration, and what they are called."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from chalicelib.domain.errors import NotFoundError
from chalicelib.ports.clock import local_day

if TYPE_CHECKING:  # named in annotations alone: cold start
    from chalicelib.domain.units import Unit
    from chalicelib.ports.deps import Deps


class Directory(Protocol):
    """The units of the administration."""

    def unit(self, unit_id: str) -> Unit:
        """Return a unit; raises NotFoundError."""

    def units(self) -> tuple[Unit, ...]:
        """Return all units."""

    def put(self, unit: Unit) -> None:
        """Add or change a unit."""


def unit_name(unit: str, deps: Deps, at: datetime | None = None) -> str:
    """Return a unit's name, now or as it was at a moment; one that has left the directory keeps its id."""
    if unit == deps.regulation.operators:
        return deps.regulation.centre["name"]  # the desk itself: known without asking the directory
    return listed_name(unit, deps, local_day(at, deps.regulation) if at else None)


def listed_name(unit: str, deps: Deps, day: date | None = None) -> str:
    """Return a unit's name in the directory, the operators' too: a report has them beside the centre's other units."""
    try:
        known = deps.directory.unit(unit)
        return known.name_on(day) if day else known.name
    except NotFoundError:
        return unit
