"""A draft for the board as it would stand there, with what would be taken out of it; nothing is proposed yet."""

from __future__ import annotations

from chalice.app import Blueprint

from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.case_forms import WAYS, as_draft
from chalicelib.entrypoints.desk_case_sheet import Sent, lay_out, read
from chalicelib.entrypoints.pages import Sheet, Visit, page
from chalicelib.entrypoints.pages_desk_case import CASE
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
PROPOSING = next(way for way in WAYS if way.action == "propose_publication")


@page(routes, "POST", f"{CASE}/xem-truoc", allow=PROPOSING.allow, form=as_draft(PROPOSING))
def preview(visit: Visit, code: given.Code) -> Sheet:
    """Show a draft as it was changed."""
    form = visit.form
    assert form is not None
    return lay_out(visit, read(visit, canonical(code), form.typed), Sent(PROPOSING, form))
