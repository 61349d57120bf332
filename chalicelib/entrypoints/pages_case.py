"""What a sender who gave the PIN does on the page of a case: completes it, rates the answer, asks for another one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import SENDER, Sender
from chalicelib.domain.errors import DomainError, UnauthenticatedError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import rating_forms, responses
from chalicelib.entrypoints.forms import Nonce
from chalicelib.entrypoints.pages import PUBLIC, Elsewhere, File, Sheet, Visit, page, refused
from chalicelib.entrypoints.pages_follow import opened, require_pass
from chalicelib.entrypoints.slips import SlipForm, UploadIds, slip_told
from chalicelib.entrypoints.wording import canonical
from chalicelib.exchange.fields import FileId
from chalicelib.ports import Declared, Receipt
from chalicelib.views import files
from chalicelib.views.case_file import FOR_SENDER

if TYPE_CHECKING:
    from chalicelib.domain.commands import Command
    from chalicelib.ports import Slip

routes = Blueprint(__name__)
UNSAID = ("nonce", "attachments")  # fields that nobody types


class DetailsForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Thông tin bổ sung; `attachments` là mã các tệp đã tải lên, cách nhau bằng dấu cách."""

    nonce: Nonce
    content: given.LongText = ""
    name: Annotated[str, Meta(max_length=200)] = ""
    address: Annotated[str, Meta(max_length=500)] = ""
    phone: Annotated[str, Meta(max_length=30)] = ""
    email: Annotated[str, Meta(max_length=254, pattern=rf"^\s*({given.MAIL})?\s*{given.END}")] = ""
    attachments: UploadIds = ""


@page(routes, "POST", "/theo-doi/{code}/bo-sung", allow=PUBLIC, form=DetailsForm)
def complete(visit: Visit, code: given.Code) -> Sheet:
    """Add what was asked for; the clock goes on."""
    from chalicelib.usecases.supply_details import supply_details

    def supply(body: DetailsForm, receipt: Receipt) -> None:
        supply_details(
            number,
            content=body.content,
            sender=Sender("individual", body.name, body.phone, body.email, body.address),
            actor=SENDER,
            deps=bootstrap.deps(),
            uploads=body.attachments.split(),
            receipt=receipt,
        )

    number = canonical(code)
    return _done(visit, number, "bo-sung", supply)


@page(routes, "POST", "/theo-doi/{code}/danh-gia", allow=PUBLIC, form=rating_forms.RatingForm)
def rate(visit: Visit, code: given.Code) -> Sheet:
    """Say how satisfying the answer is (R93)."""
    return _commanded(visit, code, "danh-gia", lambda body: rating_forms.rate(body, bootstrap.deps().regulation))


@page(routes, "POST", "/theo-doi/{code}/xem-xet-lai", allow=PUBLIC, form=rating_forms.ReopeningForm)
def reopen(visit: Visit, code: given.Code) -> Sheet:
    """Ask for another answer, once."""
    from chalicelib.domain.commands import Reopen

    return _commanded(visit, code, "xem-xet-lai", lambda body: Reopen(reason=body.reason))


@page(routes, "POST", "/theo-doi/{code}/cho-tep", allow=PUBLIC, form=SlipForm)
def ask_for_slip(visit: Visit, code: given.Code) -> File:
    """Give the page's script leave to upload a file; a refusal is its title, as JSON too."""

    def opened(said: dict[str, Any]) -> Slip:
        from chalicelib.usecases.open_upload import open_upload

        number = canonical(code)
        require_pass(visit, number)
        declared = Declared(unit=SENDER.side, code=number, **said)
        return open_upload(declared, actor=SENDER, deps=bootstrap.deps())

    return slip_told(visit, opened)


@page(routes, "GET", "/theo-doi/{code}/tep/{file}", allow=PUBLIC)
def fetch_file(visit: Visit, code: given.Code, file: FileId) -> Elsewhere:
    """Send whoever gave the PIN to a file of the case, by an address that is good for two minutes."""
    deps, number = bootstrap.deps(), canonical(code)
    require_pass(visit, number)
    told = (one for one in deps.cases.dossier(number).history if type(one.event).__name__ in FOR_SENDER)
    return Elsewhere(files.link(number, file, told, deps).url)


def _commanded(visit: Visit, code: str, sent: str, command: Callable[[Any], Command]) -> Sheet:
    from chalicelib.usecases.carry_out import carry_out

    def act(body: Any, receipt: Receipt) -> None:
        carry_out(number, command(body), actor=SENDER, deps=bootstrap.deps(), receipt=receipt)

    number = canonical(code)
    return _done(visit, number, sent, act)


def _done(visit: Visit, code: str, sent: str, act: Callable[[Any, Receipt], None]) -> Sheet:
    """Do what a form asks for and show the case after it; what was typed is never lost."""
    form = visit.form
    assert form is not None
    try:
        require_pass(visit, code)
    except UnauthenticatedError as error:
        return refused(error, typed=[words for name, words in form.typed.items() if name not in UNSAID])
    if form.faults:
        return opened(code, sent, form, status=422)
    typed = hashlib.sha256(msgspec.json.encode(form.typed, order="sorted")).hexdigest()
    try:
        act(form.body, Receipt(f"key#{SENDER.role}#{code}#{form.body.nonce}", typed))
    except DomainError as error:
        return opened(code, sent, form, error.title, responses.status_of(error))
    return opened(code, done=sent)
