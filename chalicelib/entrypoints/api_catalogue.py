"""The keeping of the catalogue of procedures (R89): an import is proposed, looked at, accepted by administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final

from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.errors import InvalidError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.api_procedures import ProcedureCode
from chalicelib.entrypoints.http import STAFF, Request, endpoint
from chalicelib.exchange.fields import FileId, FileName, FileSize, MediaType, Sha256
from chalicelib.views import catalogue, files

routes = Blueprint(__name__)
ADMINISTRATORS: Final = frozenset({Role.ADMINISTRATOR})
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
DraftId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}" + given.END)]
Note = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=500,
        description="Nguồn: quyết định công bố danh mục",
        examples=["Quyết định 163/QĐ-UBND công bố danh mục thủ tục hành chính"],
    ),
]
Place = Annotated[int, Meta(ge=0, le=99_999)]


class CatalogueFileBody(given.Body, frozen=True, kw_only=True):
    """Tệp danh mục sắp được tải lên: JSON Lines (application/x-ndjson) hoặc XLSX."""

    name: FileName
    media_type: MediaType
    size: FileSize
    sha256: Sha256


class ImportBody(given.Body, frozen=True, kw_only=True):
    """Tệp đã tải lên (`upload`), hoặc vài thủ tục kèm ngay (`procedures`).

    `effective`: ngày hiệu lực của dòng nào không ghi riêng; `complete`: tệp là toàn bộ danh mục, thủ tục không có trong
    tệp hết hiệu lực từ ngày ấy.
    """

    note: Note
    effective: date
    decided_on: date | None = None
    complete: bool = False
    upload: FileId | None = None
    procedures: Annotated[list[dict[str, Any]], Meta(max_length=500)] | None = None


class PageQuery(given.Body, frozen=True):
    """Từ thay đổi thứ mấy."""

    cursor: Place = 0


@endpoint(
    routes,
    "POST",
    "/v1/desk/catalogue/uploads",
    allow=ADMINISTRATORS,
    body=CatalogueFileBody,
    returns={201: files.SlipView},
    summary="Xin tải lên tệp danh mục thủ tục",
    tags=("procedures",),
)
def ask_to_upload_catalogue(request: Request) -> files.SlipView:
    """Give leave to upload a file of procedures: it goes straight to the file store, whatever its size."""
    from chalicelib.ports import Declared
    from chalicelib.usecases.propose_procedures import open_catalogue_upload

    body, actor = request.body, request.caller
    declared = Declared(
        unit=actor.side, code="", name=body.name, media_type=body.media_type, size=body.size, sha256=body.sha256
    )
    return files.slip(open_catalogue_upload(declared, actor=actor, deps=bootstrap.deps()))


@endpoint(
    routes,
    "POST",
    "/v1/desk/catalogue/imports",
    allow=ADMINISTRATORS,
    body=ImportBody,
    returns={201: catalogue.DraftView},
    summary="So một danh mục thủ tục với danh mục đang dùng",
    tags=("procedures",),
    refuses=(404,),
)
def propose_import(request: Request) -> catalogue.DraftView:
    """Say what an import would add, change and end, and which rows cannot be read; nothing changes yet."""
    from chalicelib.usecases.propose_procedures import Publication, propose_rows, propose_upload

    body, deps, actor = request.body, bootstrap.deps(), request.caller
    checked_days(body.effective, body.decided_on)
    about = Publication(note=body.note, effective=body.effective, decided_on=body.decided_on, complete=body.complete)
    if (body.upload is None) == (body.procedures is None):
        title = "Xin nêu tệp đã tải lên, hoặc kèm các thủ tục, một trong hai"
        raise InvalidError("invalid_request", title, pointer="/upload")
    if body.upload is not None:
        return catalogue.shown(propose_upload(body.upload, about, actor=actor, deps=deps))
    return catalogue.shown(propose_rows(list(enumerate(body.procedures, 1)), about, actor=actor, deps=deps))


@endpoint(
    routes,
    "GET",
    "/v1/desk/catalogue/imports/{draft}",
    allow=ADMINISTRATORS,
    query=PageQuery,
    returns={200: catalogue.DraftView},
    summary="Một bản nhập chờ chấp nhận",
    tags=("procedures",),
)
def show_import(request: Request, draft: DraftId) -> catalogue.DraftView:
    """Show what an import would do, page by page."""
    return catalogue.draft(draft, bootstrap.deps(), start=request.query.cursor)


@endpoint(
    routes,
    "POST",
    "/v1/desk/catalogue/imports/{draft}/accept",
    allow=ADMINISTRATORS,
    returns={200: catalogue.VersionView},
    summary="Chấp nhận một bản nhập",
    tags=("procedures",),
    refuses=(404, 409),
)
def accept_import(request: Request, draft: DraftId) -> catalogue.VersionView:
    """Make the draft the catalogue that holds; where somebody was quicker, 409. Accepted again it is the same."""
    from chalicelib.usecases.accept_procedures import accept_procedures

    return catalogue.version(accept_procedures(draft, actor=request.caller, deps=bootstrap.deps()))


@endpoint(
    routes,
    "GET",
    "/v1/desk/catalogue/versions",
    allow=STAFF,
    returns={200: catalogue.VersionsView},
    summary="Các phiên bản của danh mục thủ tục",
    tags=("procedures",),
)
def list_catalogue_versions(request: Request) -> catalogue.VersionsView:
    """Show who accepted what, newest first."""
    return catalogue.versions(bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/desk/catalogue/versions/{number}",
    allow=STAFF,
    query=PageQuery,
    returns={200: catalogue.DraftView},
    summary="Một phiên bản đã thay đổi những gì",
    tags=("procedures",),
)
def show_catalogue_version(request: Request, number: Annotated[int, Meta(ge=1, le=999_999)]) -> catalogue.DraftView:
    """Show what a version changed."""
    return catalogue.changes(number, bootstrap.deps(), start=request.query.cursor)


@endpoint(
    routes,
    "GET",
    "/v1/desk/catalogue/procedures/{procedure}/history",
    allow=STAFF,
    returns={200: catalogue.HistoryView},
    summary="Các bản của một thủ tục theo ngày hiệu lực",
    tags=("procedures",),
)
def show_procedure_history(request: Request, procedure: ProcedureCode) -> catalogue.HistoryView:
    """Show each edition and in what it differs from the one before."""
    return catalogue.history(procedure, bootstrap.deps())


@endpoint(
    routes,
    "GET",
    "/v1/desk/catalogue/export",
    allow=STAFF,
    returns={200: catalogue.ExportView},
    summary="Tải toàn bộ danh mục thủ tục",
    tags=("procedures",),
)
def export_catalogue(request: Request) -> catalogue.ExportView:
    """Say where every edition can be fetched as JSON Lines."""
    return catalogue.export(bootstrap.deps())


def checked_days(effective: date, decided_on: date | None) -> None:
    """Raise InvalidError for days that no decision is of."""
    for name, day in (("effective", effective), ("decided_on", decided_on)):
        if day is not None and not FIRST <= day <= LAST:
            title = f"Chỉ nhận ngày từ năm {FIRST.year} đến năm {LAST.year}"
            raise InvalidError("invalid_dates", title, pointer=f"/{name}")
