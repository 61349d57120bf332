"""A form of a case's page while it is under way: filled from a template, or shown as it would stand on the board.

Nothing is done yet, and nothing that was typed is lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.reply_templates import FILLS, PROCEDURE
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.case_forms import WAYS, Way, as_draft
from chalicelib.entrypoints.desk_case_sheet import Sent, lay_out, read
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.pages import File, Sheet, Visit, page
from chalicelib.entrypoints.pages_desk_case import CASE
from chalicelib.entrypoints.slips import SlipForm, slip_told
from chalicelib.entrypoints.wording import canonical
from chalicelib.ports import Declared
from chalicelib.web.filters import article_words, case_code, vn_date, vn_time

if TYPE_CHECKING:
    from chalicelib.ports import Slip
    from chalicelib.views.case_page import CasePage

routes = Blueprint(__name__)
CHOOSE: Final = "Xin chọn một mẫu trong danh sách."
PROPOSING: Final = next(way for way in WAYS if way.action == "propose_publication")
FILLING: Final = "mau-"  # before the end of the address of the form that is filled
EVENTS: Final = {  # whose article a text rests on
    "answer": "Answered",
    "submit_result": "ResultSubmitted",
    "request_details": "DetailsRequested",
    "reappoint": "Reappointed",
    "decline": "DeclinedByAgency",
    "refer": "ReferredToLeadership",
    "refuse": "Refused",
}


def _register(way: Way) -> None:
    def view(visit: Visit, code: given.Code) -> Sheet:
        assert visit.form is not None
        return _filled(visit, read(visit, canonical(code)), way, visit.form)

    view.__doc__ = f"Fill the form of {way.action} from a template."
    page(routes, "POST", f"{CASE}/{FILLING}{way.path}", allow=way.allow, form=as_draft(way))(view)


for _way in WAYS:
    if _way.action in FILLS:
        _register(_way)


@page(routes, "POST", f"{CASE}/xem-truoc", allow=PROPOSING.allow, form=as_draft(PROPOSING))
def preview(visit: Visit, code: given.Code) -> Sheet:
    """Show a draft for the board as it was changed, with what would be taken out of it."""
    form = visit.form
    assert form is not None
    return lay_out(visit, read(visit, canonical(code), form.typed), Sent(PROPOSING, form))


@page(routes, "POST", f"{CASE}/cho-tep", allow={Role.OPERATOR, Role.OFFICER, Role.AGENCY}, form=SlipForm)
def ask_for_slip(visit: Visit, code: given.Code) -> File:
    """Give the page's script leave to upload a file that is to go with an answer; a refusal is its title."""

    def opened(said: dict[str, Any]) -> Slip:
        from chalicelib.usecases.open_upload import open_upload

        declared = Declared(unit=visit.caller.side, code=canonical(code), **said)
        return open_upload(declared, actor=visit.caller, deps=bootstrap.deps())

    return slip_told(visit, opened)


def _filled(visit: Visit, shown: CasePage, way: Way, form: Form) -> Sheet:
    chosen = form.typed.get("template", "")
    if chosen not in dict(shown.templates.get(way.action, ())):
        form = replace(form, faults={**form.faults, "template": CHOOSE})
    if form.faults:
        return lay_out(visit, shown, Sent(way, form))
    templates = bootstrap.deps().reply_templates
    offered = [templates[name] for name, _ in shown.templates[way.action]]
    values, written = _values(shown, way, visit), dict(form.typed)
    if any(one.names(PROCEDURE) for one in offered):
        values[PROCEDURE] = _procedure(shown)
    for other in offered:
        for name, text in other.filled(values, {}).items():  # chosen before, and left as it was: it goes
            written[name] = "" if written.get(name, "").strip() == text else written.get(name, "")
    made = written | templates[chosen].filled(values, written)
    return lay_out(visit, shown, Sent(way, replace(form, typed=made), template=templates[chosen].label))


def _procedure(shown: CasePage) -> str:
    """Quote what the catalogue says to the case's question; empty, and so a gap, where it does not know."""
    from chalicelib.views.ask import answer, quoted

    try:
        return quoted(answer(f"{shown.title} {shown.content}", bootstrap.deps()))
    except UnavailableError:
        return ""


def _values(shown: CasePage, way: Way, visit: Visit) -> dict[str, str]:
    """Say what the case knows; who reported an official stays unnamed to his house."""
    from chalicelib.ports import unit_name

    deps, case, rules = bootstrap.deps(), shown.file.case, bootstrap.deps().regulation
    known, competent = shown.sender, rules.fields[case.field].unit
    organisation = known is not None and known.kind == "organisation"
    you = "Quý đơn vị" if organisation else "Ông/Bà"
    return {
        "you": you,
        "sender": " ".join(filter(None, (you, known.name if known else ""))),
        "code": case_code(case.code),
        "matter": f"nội dung “{shown.title}”" if shown.title else f"nội dung {you} đã gửi",
        "received_on": vn_date(case.received_at),
        "field": rules.fields[case.field].label,
        "unit": unit_name(case.agency or visit.caller.unit, deps),
        "competent": unit_name(competent, deps) if competent else "",
        "article": article_words(rules.article(EVENTS[way.action])),
        "due": "" if case.paused else vn_time(case.due_at),
        "centre": deps.centre["name"],
        "hotline": deps.centre["hotline"],
    }
