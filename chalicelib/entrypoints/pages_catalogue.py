"""The administrator's pages of the catalogue of procedures (R89): bring a file in, look at what it does, accept it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.api_catalogue import DraftId, Note, checked_days
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import Elsewhere, File, Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS
from chalicelib.entrypoints.slips import SlipForm, UploadIds, slip_told

if TYPE_CHECKING:
    from chalicelib.ports import Slip
    from chalicelib.views.catalogue import DraftView

routes = Blueprint(__name__)
CATALOGUE: Final = f"{ADMINISTRATION}/thu-tuc"
DRAFT: Final = f"{CATALOGUE}/ban-nhap/{{draft}}"
WORDS: Final = {"upload": "Xin chọn một tệp và chờ tải lên xong."}


class DoneQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong."""

    done: Literal["", "chap-nhan"] = msgspec.field(default="", name="xong")


class PlaceQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Từ thay đổi thứ mấy."""

    start: Annotated[int, Meta(ge=0, le=99_999)] = msgspec.field(default=0, name="tu")


class ImportForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Tệp nào, theo quyết định nào, từ ngày nào."""

    attachments: UploadIds = ""
    note: Note
    effective: date
    decided_on: date | None = None
    complete: Literal["", "yes"] = ""


class NothingForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Chỉ một nút bấm."""


@page(routes, "GET", f"/{CATALOGUE}", allow=ADMINISTRATORS, query=DoneQuery)
def show_catalogue(visit: Visit) -> Sheet:
    """Show what holds, its versions, and how to bring in the next one."""
    return _catalogue(done=visit.query.done)


@page(routes, "POST", f"/{CATALOGUE}/cho-tep", allow=ADMINISTRATORS, form=SlipForm)
def ask_for_slip(visit: Visit) -> File:
    """Give the page's script leave to upload a file of procedures; a refusal is its title."""

    def opened(said: dict[str, Any]) -> Slip:
        from chalicelib.ports import Declared
        from chalicelib.usecases.propose_procedures import open_catalogue_upload

        declared = Declared(unit=visit.caller.side, code="", **said)
        return open_catalogue_upload(declared, actor=visit.caller, deps=bootstrap.deps())

    return slip_told(visit, opened)


@page(routes, "POST", f"/{CATALOGUE}/so-sanh", allow=ADMINISTRATORS, form=ImportForm)
def propose(visit: Visit) -> Sheet | Onward:
    """Hold a file against the catalogue; nothing changes yet."""
    from chalicelib.usecases.propose_procedures import Publication, propose_upload

    form = visit.form
    assert form is not None
    uploads = form.typed.get("attachments", "").split()
    if len(uploads) != 1:
        form = Form(form.typed, {**form.faults, "upload": WORDS["upload"]})
    if form.faults:
        return _catalogue(form, status=422)
    body = form.body
    about = Publication(
        note=body.note, effective=body.effective, decided_on=body.decided_on, complete=bool(body.complete)
    )
    try:
        checked_days(body.effective, body.decided_on)
        draft = propose_upload(uploads[0], about, actor=visit.caller, deps=bootstrap.deps())
    except DomainError as error:
        return _catalogue(form, error.title, responses.status_of(error))
    return Onward(DRAFT.format(draft=draft.id))


@page(routes, "GET", f"/{DRAFT}", allow=ADMINISTRATORS, query=PlaceQuery)
def show_draft(visit: Visit, draft: DraftId) -> Sheet:
    """Show what an import would do, page by page."""
    from chalicelib.views import catalogue

    shown = catalogue.draft(draft, bootstrap.deps(), start=visit.query.start)
    return _changes(visit, shown, DRAFT.format(draft=draft))


@page(routes, "POST", f"/{DRAFT}/chap-nhan", allow=ADMINISTRATORS, form=NothingForm)
def accept(visit: Visit, draft: DraftId) -> Onward:
    """Make a draft the catalogue that holds; a second press does nothing more."""
    from chalicelib.usecases.accept_procedures import accept_procedures

    accept_procedures(draft, actor=visit.caller, deps=bootstrap.deps())
    return Onward(f"{CATALOGUE}?xong=chap-nhan")


@page(routes, "GET", f"/{CATALOGUE}/phien-ban/{{number}}", allow=ADMINISTRATORS, query=PlaceQuery)
def show_version(visit: Visit, number: Annotated[int, Meta(ge=1, le=999_999)]) -> Sheet:
    """Show what a version changed."""
    from chalicelib.views import catalogue

    shown = catalogue.changes(number, bootstrap.deps(), start=visit.query.start)
    return _changes(visit, shown, f"{CATALOGUE}/phien-ban/{number}", number)


@page(routes, "GET", f"/{CATALOGUE}/tai-ve", allow=ADMINISTRATORS)
def fetch(visit: Visit) -> Elsewhere | Onward:
    """Lead to the whole catalogue as a file."""
    from chalicelib.views import catalogue

    url = catalogue.export(bootstrap.deps()).url
    return Elsewhere(url) if url else Onward(CATALOGUE)


def _changes(visit: Visit, shown: DraftView, path: str, number: int = 0) -> Sheet:
    """Show a page of changes: of a draft, or of a version where it has a number."""
    about = {"one": shown, "start": visit.query.start, "number": number, "path": path}
    return Sheet("catalogue_changes", about)


def _catalogue(form: Form = UNTYPED, error: str = "", status: int = 200, *, done: str = "") -> Sheet:
    from chalicelib.usecases.propose_procedures import LARGEST
    from chalicelib.views import catalogue

    deps = bootstrap.deps()
    about = {
        "form": form,
        "error": error,
        "done": done,
        "versions": catalogue.versions(deps).versions,
        "largest": LARGEST,
    }
    return Sheet("catalogue", about, status, sends_to=deps.files.origin())
