"""The nearest branch or point, for anybody (R66, R119); a commune is asked for, no address: a URL holds no house."""

from __future__ import annotations

from typing import Annotated

from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints.contracts import END
from chalicelib.entrypoints.http import PUBLIC, Request, endpoint
from chalicelib.views.points import NearestView, near_commune, near_position

routes = Blueprint(__name__)
DEGREES = r"-?[0-9]{1,3}(\.[0-9]{1,10})?"
Place = Annotated[
    str,
    Meta(max_length=200, description="Tên phường, xã hiện nay hoặc trước ngày 1/7/2025", examples=["phường Tây Hồ"]),
]
Position = Annotated[
    str, Meta(pattern=rf"^({DEGREES},{DEGREES})?{END}", description="Vĩ độ, kinh độ", examples=["21.031,105.852"])
]


class NearestQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Một trong hai: tên phường, xã hoặc vị trí."""

    commune: Place = ""
    at: Position = ""


@endpoint(
    routes,
    "GET",
    "/v1/points/nearest",
    allow=PUBLIC,
    query=NearestQuery,
    returns={200: NearestView},
    refuses=(404,),
    summary="Chi nhánh, điểm tiếp nhận gần nhất",
    tags=("centre",),
)
def nearest_point(request: Request) -> NearestView:
    """Find it by a commune or a position."""
    return find(request.query.commune, request.query.at)


def find(commune: str, at: str) -> NearestView:
    """Find it; raises InvalidError for neither or both, or a position that is none."""
    if bool(commune.strip()) == bool(at):
        raise InvalidError("place_missing", "Cần một trong hai: tên phường, xã hoặc vị trí", pointer="/commune")
    if not at:
        return near_commune(commune, bootstrap.deps())
    north, east = (float(part) for part in at.split(","))
    if abs(north) > 90 or abs(east) > 180:  # noqa: PLR2004 degrees
        raise InvalidError("place_unknown", "Vị trí này không có trên bản đồ", pointer="/at")
    return near_position((north, east), bootstrap.deps())
