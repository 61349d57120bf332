"""Agencies' messages that had no effect, for the desk: which, when, why; no word of them, no person."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.ports import Deps, unit_name


class RejectionView(Struct, frozen=True):
    """Một thông điệp của cơ quan không có hiệu lực; cơ quan đã được báo lại qua hàng đợi của mình."""

    at: datetime
    unit: str
    unit_name: str
    message_id: Annotated[str, Meta(description="Mã thông điệp do cơ quan đặt")]
    code: Annotated[str, Meta(description="Mã lý do: docs/agency-exchange.md")]
    reason: Annotated[str, Meta(description="Lý do đã báo cho cơ quan")]
    pointer: Annotated[str, Meta(description="Chỗ sai trong thông điệp; trống: cả thông điệp")]
    case: Annotated[str, Meta(description="Mã hồ sơ; trống nếu không đọc được")]


class RejectionViews(Struct, frozen=True):
    """Một trang, mới nhất trước; `cursor` trống là trang cuối."""

    rejections: tuple[RejectionView, ...]
    cursor: str = ""


def rejections(deps: Deps, *, limit: int, cursor: str) -> RejectionViews:
    """Show a page of what agencies were told had no effect."""
    found, following = deps.rejections.page(limit=limit, cursor=cursor)
    shown = (
        RejectionView(
            one.at,
            one.unit,
            unit_name(one.unit, deps),
            one.message_id,
            one.code,
            one.reason,
            one.pointer,
            one.case,
        )
        for one in found
    )
    return RejectionViews(tuple(shown), following)
