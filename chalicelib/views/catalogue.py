"""The catalogue of procedures as administrators see it: what an import would do, what each version did (R89)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.procedures import NAMES
from chalicelib.domain.text import shorten

if TYPE_CHECKING:
    from chalicelib.domain.catalogue_changes import Change, FieldChange
    from chalicelib.ports.deps import Deps
    from chalicelib.ports.procedures import Draft, Version

PAGE: Final = 50
LONGEST: Final = 600  # characters of a part before or after: enough to see what changed; the file has it whole
KINDS: Final = ("added", "changed", "ended")


class FieldView(Struct, frozen=True):
    """Một mục trước và sau; đoạn giống nhau ở đầu được lược bớt, phần dài được cắt."""

    field: str
    label: str
    before: str
    after: str


class ChangeView(Struct, frozen=True):
    """Một thủ tục được thêm (added), sửa (changed) hoặc kết thúc (ended), từ ngày nào."""

    kind: str
    code: str
    name: str
    decision: str
    on: date
    fields: tuple[FieldView, ...]


class FaultView(Struct, frozen=True):
    """Một dòng không nhập được và lý do."""

    line: int
    code: str
    reason: str


class DraftView(Struct, frozen=True):
    """Bản nhập so với danh mục đang dùng (`base`, 0 là chưa có); chưa có gì thay đổi cho đến khi được chấp nhận.

    `changes`, `faults` theo trang; `cursor` trống là trang cuối.
    """

    id: str
    base: int
    note: str
    effective: date
    complete: bool
    added: int
    changed: int
    ended: int
    unchanged: int
    faulty: int
    changes: tuple[ChangeView, ...]
    faults: tuple[FaultView, ...]
    cursor: str


class VersionView(Struct, frozen=True):
    """Một phiên bản của danh mục."""

    number: int
    at: datetime
    by: str
    note: str
    added: int
    changed: int
    ended: int


class VersionsView(Struct, frozen=True):
    """Mọi phiên bản, mới nhất trước."""

    versions: tuple[VersionView, ...]


class EditionView(Struct, frozen=True):
    """Một bản của thủ tục: có hiệu lực khi nào, theo quyết định nào, khác bản trước ở đâu."""

    valid_from: date
    valid_to: date | None
    decision: str
    decided_on: date | None
    name: str
    fields: tuple[FieldView, ...]


class HistoryView(Struct, frozen=True):
    """Các bản của một thủ tục, mới nhất trước."""

    code: str
    editions: tuple[EditionView, ...]


class ExportView(Struct, frozen=True):
    """Nơi tải toàn bộ danh mục (JSON Lines) trong vài phút tới; `version` 0: chưa có danh mục."""

    version: int
    url: str


def draft(id_: str, deps: Deps, *, start: int = 0) -> DraftView:
    """Show a draft that waits to be accepted; raises NotFoundError."""
    found = deps.catalogue_books.find_draft(id_)
    if found is None:
        raise NotFoundError("draft_not_found", "Bản nhập này không còn nữa, xin tải tệp lên lại")
    return shown(found, start)


def shown(one: Draft, start: int = 0) -> DraftView:
    """Show a page of what a draft would do, or a version did."""
    end = start + PAGE
    counts = {kind: one.count(kind) for kind in KINDS}
    return DraftView(
        id=one.id,
        base=one.base,
        note=one.note,
        effective=one.effective,
        complete=one.complete,
        unchanged=one.unchanged,
        faulty=len(one.faults),
        changes=tuple(map(_change, one.changes[start:end])),
        faults=tuple(FaultView(fault.line, fault.code, fault.reason) for fault in one.faults[start:end]),
        cursor=str(end) if end < max(len(one.changes), len(one.faults)) else "",
        **counts,
    )


def versions(deps: Deps) -> VersionsView:
    """Show every version."""
    return VersionsView(tuple(map(version, deps.catalogue_versions.all())))


def version(one: Version) -> VersionView:
    """Show a version."""
    return VersionView(one.number, one.at, one.by, one.note, one.added, one.changed, one.ended)


def changes(number: int, deps: Deps, *, start: int = 0) -> DraftView:
    """Show what a version did; raises NotFoundError."""
    found = next((one for one in deps.catalogue_versions.all() if one.number == number), None)
    if found is None:
        raise NotFoundError("version_not_found", "Danh mục không có phiên bản này")
    return shown(deps.catalogue_books.changes(found.id), start)


def history(code: str, deps: Deps) -> HistoryView:
    """Show the editions of a procedure; raises NotFoundError."""
    from chalicelib.domain.catalogue_changes import differing
    from chalicelib.views.procedures import shelf

    editions = shelf(deps).catalogue.by_code.get(code, ())
    if not editions:
        raise NotFoundError("procedure_not_found", "Danh mục không có thủ tục mang mã này")
    before = (None, *editions[:-1])
    made = [
        EditionView(
            one.valid_from,
            one.valid_to,
            one.decision,
            one.decided_on,
            one.name,
            tuple(_field(change) for change in differing(last, one) if change.field != "valid_to") if last else (),
        )
        for last, one in zip(before, editions, strict=True)
    ]
    return HistoryView(code, tuple(reversed(made)))


def export(deps: Deps) -> ExportView:
    """Say where the whole catalogue can be fetched."""
    newest = deps.catalogue_versions.newest()
    return ExportView(newest.number, deps.catalogue_books.export(newest.id)) if newest else ExportView(0, "")


def _change(one: Change) -> ChangeView:
    return ChangeView(one.kind, one.code, one.name, one.decision, one.on, tuple(map(_field, one.fields)))


def _field(one: FieldChange) -> FieldView:
    """Show a part around the place where it begins to differ."""
    same = next((at for at, (a, b) in enumerate(zip(one.before, one.after, strict=False)) if a != b), 0)
    start = one.before.rfind(" ", 0, max(same - LONGEST // 4, 0)) + 1 if same > LONGEST // 2 else 0
    before, after = (("…" if start else "") + shorten(text[start:], LONGEST) for text in (one.before, one.after))
    return FieldView(one.field, NAMES[one.field], before, after)
