"""The directory: the units of the administration, read by the staff and kept by administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.units import Unit
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.http import STAFF, Request, endpoint

routes = Blueprint(__name__)


class UnitBody(given.Body, frozen=True):
    """Một cơ quan, đơn vị trong danh bạ; `since`, `until` là ngày đầu và ngày cuối hoạt động, nếu có.

    `formed_from` là mã các đơn vị nhập vào đơn vị này. `renamed_on`: tên mới có từ ngày đó, hồ sơ trước đó giữ tên cũ;
    để trống là sửa tên cho đúng.
    """

    name: given.Name
    kind: Literal[
        "centre", "leadership", "room", "branch", "department", "central", "commune", "district", "enterprise"
    ]
    mail: Annotated[
        str, Meta(max_length=254, pattern=rf"^{given.MAIL}{given.END}", examples=["so-tu-phap@tongdai.example"])
    ]
    leader_mail: Annotated[str, Meta(max_length=254, pattern=rf"^({given.MAIL})?{given.END}")] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    exchange: Literal["mail", "sqs"] = "mail"
    since: date | None = None
    until: date | None = None
    renamed_on: date | None = None
    area: Annotated[str, Meta(max_length=100, description="Địa bàn, nếu là phường, xã")] = ""
    formed_from: tuple[given.Slug, ...] = ()


class Units(Struct, frozen=True):
    """Danh bạ."""

    units: tuple[Unit, ...]


@endpoint(
    routes,
    "GET",
    "/v1/desk/units",
    allow=STAFF,
    returns={200: Units},
    summary="Danh bạ cơ quan, đơn vị",
    tags=("directory",),
)
def list_units(request: Request) -> Units:
    """List the directory."""
    return Units(tuple(sorted(bootstrap.deps().directory.units(), key=lambda unit: unit.id)))


@endpoint(
    routes,
    "PUT",
    "/v1/desk/units/{unit}",
    allow={Role.ADMINISTRATOR},
    body=UnitBody,
    returns={200: Unit},
    summary="Thêm hoặc sửa một đơn vị",
    tags=("directory",),
)
def put_unit(request: Request, unit: given.Slug) -> Unit:
    """Add or change a unit."""
    from chalicelib.usecases.keep_unit import keep_unit

    told = msgspec.structs.asdict(request.body)
    renamed_on, origin = told.pop("renamed_on"), told.pop("formed_from")
    return keep_unit(Unit(unit, formed_from=origin, **told), bootstrap.deps(), renamed_on)
