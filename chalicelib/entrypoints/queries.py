"""What may be asked for behind the question mark of an address; the OpenAPI document is made from it."""

from __future__ import annotations

from typing import Literal

from chalicelib.entrypoints.contracts import Body, Cursor, Limit, Month, Slug


class WorklistQuery(Body, frozen=True):
    """Danh sách của vai trò và đơn vị nào; mặc định là của chính người gọi."""

    role: Literal["operator", "officer", "agency", "leadership"] | None = None
    unit: Slug | None = None
    limit: Limit = 25
    cursor: Cursor = ""


class LateQuery(Body, frozen=True):
    """Hồ sơ trễ hạn của một đơn vị trong một tháng."""

    unit: Slug
    month: Month | None = None
    limit: Limit = 50


class BoardQuery(Body, frozen=True):
    """Lọc bảng công khai."""

    month: Month | None = None
    field: Slug | None = None
    agency: Slug | None = None
    limit: Limit = 20
    cursor: Cursor = ""


class MonthQuery(Body, frozen=True):
    """Tháng nào (giờ Việt Nam); mặc định tháng này."""

    month: Month | None = None
