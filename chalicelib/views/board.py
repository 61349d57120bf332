"""The public board: published answers by month, field, agency (R70)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from chalicelib.ports import Deps, Posting, unit_name


class PostingView(Struct, frozen=True):
    """Một câu trả lời đã công khai, không có dữ liệu cá nhân (R110)."""

    id: str
    kind: str
    kind_label: str
    field: str
    field_label: str
    agency: str
    agency_name: str
    question: str
    answer: str
    published_at: datetime


class BoardPage(Struct, frozen=True):
    """Một trang bảng công khai của một tháng, mới nhất trước; `cursor` trống là trang cuối."""

    month: str
    postings: tuple[PostingView, ...]
    cursor: str


def board_page(month: str, deps: Deps, *, field: str | None, agency: str | None, limit: int, cursor: str) -> BoardPage:
    """Show a page."""
    postings, following = deps.board.page(month=month, field=field, unit=agency, limit=limit, cursor=cursor)
    return BoardPage(month, tuple(shown(posting, deps) for posting in postings), following)


def shown(posting: Posting, deps: Deps) -> PostingView:
    """Show one published answer."""
    regulation = deps.regulation
    return PostingView(
        id=posting.id,
        kind=posting.kind,
        kind_label=regulation.kinds[posting.kind].label,
        field=posting.field,
        field_label=regulation.fields[posting.field].label,
        agency=posting.unit,
        agency_name=unit_name(posting.unit, deps, posting.published_at),
        question=posting.question,
        answer=posting.answer,
        published_at=posting.published_at,
    )
