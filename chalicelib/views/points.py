"""The branch or point nearest to an address or a position, and whether it is open (R66, R119)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.domain.opening import opening
from chalicelib.domain.points import nearest

if TYPE_CHECKING:
    from chalicelib.domain.places import Commune
    from chalicelib.ports import Deps


class PointView(Struct, frozen=True):
    """Một chi nhánh hoặc điểm tiếp nhận: cách bao xa theo đường chim bay, đi bao lâu; `within` là trong phạm vi gần.

    `approximate`: vị trí là của phường, xã, không phải của trụ sở. `address` trống khi chưa có nguồn công khai.
    """

    name: str
    unit: str
    address: str
    km: float
    minutes: int
    within: bool
    approximate: bool


class NearestView(Struct, frozen=True):
    """Những điểm gần nhất, gần trước; `communes` là phường, xã nay có thể gồm địa chỉ, khoảng cách tính từ tên đầu.

    Giờ làm việc là của Trung tâm: `open_now`, và lúc thay đổi.
    """

    communes: tuple[str, ...]
    points: tuple[PointView, ...]
    open_now: bool
    changes_at: datetime | None


def near_commune(name: str, deps: Deps) -> NearestView:
    """Show what is near a commune by any name it had; raises InvalidError for none of that name, NotFoundError."""
    if deps.points is None:
        raise _none()
    found = deps.points.gazetteer.find(name)
    if not found:
        raise InvalidError(
            "place_unknown",
            "Chưa nhận ra phường, xã này. Xin ghi tên hiện nay hoặc trước đây",
            pointer="/commune",
        )
    return _shown(found[0].at, found, deps)


def near_position(at: tuple[float, float], deps: Deps) -> NearestView:
    """Show what is near a position in degrees; raises NotFoundError without points."""
    return _shown(at, (), deps)


def _shown(at: tuple[float, float], communes: tuple[Commune, ...], deps: Deps) -> NearestView:
    if deps.points is None:
        raise _none()
    now = opening(deps.regulation.calendar, deps.clock.now())
    return NearestView(
        communes=tuple(one.name for one in communes),
        points=tuple(
            PointView(
                name=way.point.name,
                unit=way.point.unit,
                address=way.point.address,
                km=round(way.km, 1),
                minutes=way.minutes,
                within=way.within,
                approximate=way.point.approximate,
            )
            for way in nearest(at, deps.points.points, deps.points.reach)
        ),
        open_now=now.open,
        changes_at=now.changes_at,
    )


def _none() -> NotFoundError:
    return NotFoundError("no_points", "Trung tâm chưa công bố danh sách điểm tiếp nhận")
