"""The page of how and where the centre is reached, with the nearest branch or point (R39, R66, R119)."""

from __future__ import annotations

from typing import Any

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints.api_points import Place, Position, find
from chalicelib.entrypoints.http import PUBLIC
from chalicelib.entrypoints.pages import OPEN, Sheet, Visit, page

routes = Blueprint(__name__)


class PlaceQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Gần nơi nào: tên phường, xã, hoặc vị trí."""

    commune: Place = msgspec.field(default="", name="noi")
    at: Position = msgspec.field(default="", name="vi-tri")


@page(routes, "GET", "/lien-he", allow=PUBLIC, query=PlaceQuery)
def show_contact(visit: Visit) -> Sheet:
    """Show how the centre is reached, when it is open, what is near, and where else to go."""
    from chalicelib.views.contact import contact

    deps = bootstrap.deps()
    about = {"about": contact(deps), "with_points": deps.points is not None, "query": visit.query}
    return Sheet("contact", about | _nearest(visit.query), headers=OPEN)


def _nearest(query: PlaceQuery) -> dict[str, Any]:
    points = bootstrap.deps().points
    nowhere: dict[str, Any] = {"near": None, "unknown": "", "reach": points and points.reach}
    if points is None or not (query.commune.strip() or query.at):
        return nowhere
    try:
        return nowhere | {"near": find(query.commune, query.at)}
    except InvalidError as error:
        return nowhere | {"unknown": error.title}
