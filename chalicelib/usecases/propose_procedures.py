"""Hold a published set of procedures against the catalogue: nothing changes until somebody accepts it (R89)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.attachments import XLSX
from chalicelib.domain.catalogue_changes import compare
from chalicelib.domain.errors import ForbiddenError, InvalidError, NotFoundError
from chalicelib.domain.procedure_rows import RowError, read_rows
from chalicelib.domain.procedures import Catalogue
from chalicelib.domain.text import normalise
from chalicelib.ports.deps import Deps
from chalicelib.ports.files import Declared, Slip
from chalicelib.ports.procedures import Draft

JSON_LINES: Final = "application/x-ndjson"
MEDIA_TYPES: Final = (JSON_LINES, XLSX)
LARGEST: Final = 16_000_000  # bytes; the national catalogue's 1,600 procedures of a province are 8 MB
MOST_ROWS: Final = 5_000
PLACE: Final = "catalogue"  # what such an upload is declared for, where other files name a case


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How a set was published: by which decision of which day, from when it holds, whether it is the whole set."""

    note: str
    effective: date
    decided_on: date | None = None
    complete: bool = False


def open_catalogue_upload(declared: Declared, *, actor: Actor, deps: Deps) -> Slip:
    """Return where and how to upload a file of procedures; raises ForbiddenError, InvalidError."""
    _require(actor)
    if declared.media_type not in MEDIA_TYPES:
        title = "Danh mục được nhận ở dạng JSON Lines (.jsonl) hoặc bảng tính (.xlsx)"
        raise InvalidError("catalogue_type_refused", title, pointer="/media_type", media_types=list(MEDIA_TYPES))
    if declared.size > LARGEST:
        title = f"Tệp quá lớn; tối đa {LARGEST // 1_000_000} MB"
        raise InvalidError("catalogue_too_large", title, pointer="/size", limit_bytes=LARGEST)
    name = normalise(declared.name, multiline=False)[:120] or "danh-muc"
    return deps.files.slip(deps.ids.upload(), replace(declared, code=PLACE, name=name), deps.clock.now())


def propose_upload(upload: str, about: Publication, *, actor: Actor, deps: Deps) -> Draft:
    """Read an uploaded file and propose what it says; raises what `propose` does and NotFoundError."""
    _require(actor)
    found = deps.files.waiting(upload)
    if found is None or (found[0].code, found[0].unit) != (PLACE, actor.side):
        raise NotFoundError("upload_not_found", "Chưa thấy tệp này, xin tải lên lại", pointer="/upload")
    declared, content = found
    return propose_file(content, declared.media_type, about, actor=actor, deps=deps)


def propose_file(content: bytes, media_type: str, about: Publication, *, actor: Actor, deps: Deps) -> Draft:
    """Propose what a file says, JSON Lines or XLSX; the same file against the same version is the same draft.

    Raises ForbiddenError, InvalidError where nothing in it can be read, UnavailableError.
    """
    _require(actor)
    rows = deps.workbooks.rows(content) if media_type == XLSX else json_lines(content)
    return propose_rows(list(rows), about, actor=actor, deps=deps)


def propose_rows(rows: list[tuple[int, Any]], about: Publication, *, actor: Actor, deps: Deps) -> Draft:
    """Propose rows with their lines; a row that cannot be read is named and stops no other."""
    _require(actor)
    if not rows or len(rows) > MOST_ROWS:
        title = f"Mỗi lần nhập từ 1 đến {MOST_ROWS} thủ tục; tệp này có {len(rows)}"
        raise InvalidError("catalogue_rows", title, pointer="/upload", limit=MOST_ROWS)
    newest = deps.catalogue_versions.newest()
    before = deps.catalogue_books.book(newest.id) if newest else Catalogue()
    usual = {"valid_from": about.effective} | ({"decided_on": about.decided_on} if about.decided_on else {})
    made = compare(before, read_rows(rows, usual), complete=about.complete, effective=about.effective)
    after = before.with_editions(made.editions)
    base = newest.number if newest else 0
    draft = Draft(
        id=_id(base, rows, about),
        base=base,
        note=normalise(about.note, multiline=False),
        complete=about.complete,
        effective=about.effective,
        changes=made.changes,
        unchanged=made.unchanged,
        faults=made.faults,
        editions=len(after.editions),
    )
    deps.catalogue_books.draft(draft, after)
    return draft


def json_lines(content: bytes) -> Iterator[tuple[int, Any]]:
    """Yield each line's object, or a RowError; empty lines say nothing."""
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line.decode())
        except (ValueError, RecursionError):
            yield number, RowError("Dòng này không phải JSON hợp lệ, mã hoá UTF-8")


def _require(actor: Actor) -> None:
    if actor.role != Role.ADMINISTRATOR:
        raise ForbiddenError("forbidden", "Việc này do quản trị viên thực hiện")


def _id(base: int, rows: list[tuple[int, Any]], about: Publication) -> str:
    said = json.dumps([base, [[line, row] for line, row in rows], repr(about)], default=str, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]
