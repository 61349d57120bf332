"""Where people are served in person, and which of these places is near: any of them serves anybody (R55, R66, R119)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Final

from chalicelib.domain.places import Commune, Gazetteer

EARTH: Final = 6371.0  # km
MOST: Final = 5  # shown


@dataclass(frozen=True, slots=True)
class Point:
    """A branch or reception point. Its position is the commune's where `approximate`."""

    name: str
    unit: str
    address: str
    at: tuple[float, float]
    approximate: bool = True


@dataclass(frozen=True, slots=True)
class Reach:
    """What is near: so many km or minutes at most. Minutes follow from a speed and how much longer roads are."""

    km: float
    minutes: float
    kmh: float
    detour: float

    def travel(self, km: float) -> int:
        """Return the minutes on the way, whole ones, for a distance as the bee flies."""
        return ceil(km * self.detour / self.kmh * 60)


@dataclass(frozen=True, slots=True)
class Near:
    """A point, how far it is as the bee flies, how long the way takes, and whether that is near."""

    point: Point
    km: float
    minutes: int
    within: bool


@dataclass(frozen=True, slots=True)
class Points:
    """The whole network of a centre."""

    points: tuple[Point, ...]
    communes: tuple[Commune, ...]
    gazetteer: Gazetteer
    reach: Reach


def nearest(at: tuple[float, float], points: Iterable[Point], reach: Reach) -> tuple[Near, ...]:
    """Return the points that are near, nearest first; the nearest one where none is."""
    ways = sorted((_way(at, point, reach) for point in points), key=lambda way: (way.km, way.point.name))
    near = [way for way in ways if way.within]
    return tuple(near[:MOST] or ways[:1])


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the km between two positions in degrees, as the bee flies (haversine)."""
    (north, east), (north2, east2) = ((radians(part) for part in at) for at in (one, other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _way(at: tuple[float, float], point: Point, reach: Reach) -> Near:
    km = distance(at, point.at)
    minutes = reach.travel(km)
    return Near(point, km, minutes, km <= reach.km or minutes < reach.minutes)
