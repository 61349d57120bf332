"""Cases that the sweep cannot look at, for those who mend them: no word of a case, no person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.case_code import display

if TYPE_CHECKING:
    from chalicelib.ports import Deps


class AsideCase(Struct, frozen=True):
    """Một hồ sơ mà hệ thống không tự theo dõi thời hạn được; `error` là mã lỗi."""

    code: str
    display_code: str
    since: datetime
    error: str


class AsideCases(Struct, frozen=True):
    """Một trang danh sách để riêng, lâu nhất trước; `cursor` trống là trang cuối."""

    cases: tuple[AsideCase, ...]
    cursor: str = ""


def aside(deps: Deps, *, limit: int, cursor: str) -> AsideCases:
    """Show a page of the cases set aside."""
    found, following = deps.alarms.aside(limit=limit, cursor=cursor)
    return AsideCases(tuple(AsideCase(one.code, display(one.code), one.since, one.error) for one in found), following)
