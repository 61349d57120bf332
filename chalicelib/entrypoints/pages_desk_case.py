"""The page of a case at the desk: everything on it, and the forms of what can be done now. One route a form."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.domain.reply_templates import gaps
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.case_forms import WAYS, Way
from chalicelib.entrypoints.desk_case_sheet import Sent, lay_out, read
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.pages import STAFF, Elsewhere, Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_worklist import WORKLIST
from chalicelib.entrypoints.wording import canonical
from chalicelib.exchange.fields import FileId

routes = Blueprint(__name__)
CASE: Final = f"/{WORKLIST}/{{code}}"


class CaseQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Việc vừa làm xong: phần cuối trong địa chỉ của biểu mẫu."""

    done: str = msgspec.field(default="", name="xong")


@page(routes, "GET", CASE, allow=STAFF, query=CaseQuery)
def show_case(visit: Visit, code: given.Code) -> Sheet:
    """Show a case and what can be done with it now."""
    return lay_out(visit, read(visit, canonical(code)))


@page(routes, "GET", f"{CASE}/tep/{{file}}", allow=STAFF)
def fetch_file(visit: Visit, code: given.Code, file: FileId) -> Elsewhere:
    """Send whoever may read the case to one of its files, by an address that is good for two minutes."""
    from chalicelib.entrypoints.api_files import link_for

    return Elsewhere(link_for(visit.caller, canonical(code), file).url)


def _register(way: Way) -> None:
    def view(visit: Visit, code: given.Code) -> Sheet | Onward:
        assert visit.form is not None
        return _done(visit, canonical(code), way, visit.form)

    view.__doc__ = way.form.__doc__
    page(routes, "POST", f"{CASE}/{way.path}", allow=way.allow, form=way.form)(view)


for _way in WAYS:
    _register(_way)


def _done(visit: Visit, code: str, way: Way, form: Form) -> Sheet | Onward:
    from chalicelib.ports import Receipt

    unfilled = _unfilled(form)
    if form.faults or unfilled:
        return lay_out(visit, read(visit, code), Sent(way, replace(form, faults={**unfilled, **form.faults})))
    sent = hashlib.sha256(msgspec.json.encode([way.path, form.typed], order="sorted")).hexdigest()
    receipt = Receipt(f"form#{visit.caller.name}#{code}#{form.body.nonce}", sent)
    try:
        do, arguments, more = way.ask(form.body, visit.caller)
        about = {"actor": visit.caller, "deps": bootstrap.deps(), "version": form.body.version, "receipt": receipt}
        do(code, *arguments, **about, **more)
    except DomainError as error:
        return lay_out(visit, read(visit, code), Sent(way, form, error))
    return Onward(f"{WORKLIST}/{code}?xong={way.path}")


def _unfilled(form: Form) -> dict[str, str]:
    """Say where a template still has gaps: they are not for the sender to read."""
    found = {name: gaps(text) for name, text in form.typed.items()}
    return {name: f"Còn chỗ chưa điền: {', '.join(places)}" for name, places in found.items() if places}
