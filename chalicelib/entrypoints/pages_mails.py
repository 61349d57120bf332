"""The operators' pages of mails that no case was found for: read, put into a case, or dismissed.

Administrators see that mails wait and why, as in the API, never their words: what a mail says anybody may have written.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.case import Case
from chalicelib.domain.errors import DomainError, InvalidError, NotFoundError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import desk, forms, responses
from chalicelib.entrypoints.api_mails import AttachBody, DismissBody, MailId
from chalicelib.entrypoints.forms import UNTYPED, Form
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.wording import canonical
from chalicelib.ports import Deps
from chalicelib.views import case_summary
from chalicelib.views import unassigned_mails as shown

routes = Blueprint(__name__)
MAILS: Final = f"{desk.HOME}/thu-den"
MAIL: Final = f"/{MAILS}/{{mail}}"
READERS: Final = frozenset({Role.OPERATOR})
ROWS: Final = 50
LIKELY: Final = 5  # cases of whoever the mail says it is from
STATES: Final = {"cho": "open", "da-dua-vao": "attached", "da-bo-qua": "dismissed"}


class MailsQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Thư đang chờ, đã đưa vào hồ sơ hay đã bỏ qua; trang nào; việc vừa làm xong."""

    state: Literal["cho", "da-dua-vao", "da-bo-qua"] = msgspec.field(default="cho", name="xem")
    tu: given.Cursor = ""
    done: Literal["", "vao-ho-so", "bo-qua"] = msgspec.field(default="", name="xong")


@page(routes, "GET", f"/{MAILS}", allow=READERS | {Role.ADMINISTRATOR}, query=MailsQuery)
def show_mails(visit: Visit) -> Sheet:
    """List them, the earliest first, without a word of theirs."""
    query = visit.query
    found = shown.page(bootstrap.deps().unassigned_mails.all(query.tu), STATES[query.state], limit=ROWS)
    may_read = visit.caller.role in READERS
    return Sheet("mails", {"shown": found, "which": query.state, "done": query.done, "may_read": may_read})


@page(routes, "GET", MAIL, allow=READERS)
def show_mail(visit: Visit, mail: MailId) -> Sheet:
    """Show one; who opens it is noted."""
    return _mail(visit, mail)


@page(routes, "POST", f"{MAIL}/vao-ho-so", allow=READERS, form=AttachBody)
def attach(visit: Visit, mail: MailId) -> Sheet | Onward:
    """Put a mail's words into a case; a second press does nothing more."""
    from chalicelib.usecases.decide_unassigned_mail import attach_mail

    form = visit.form
    assert form is not None
    if form.faults:
        return _mail(visit, mail, form, sent="vao-ho-so", status=422)
    try:
        attach_mail(mail, canonical(form.body.code), form.body.content, visit.caller, bootstrap.deps())
    except DomainError as error:
        return _refused(visit, mail, form, error, "vao-ho-so")
    return Onward(f"{MAILS}?xong=vao-ho-so")


@page(routes, "POST", f"{MAIL}/bo-qua", allow=READERS, form=DismissBody)
def dismiss(visit: Visit, mail: MailId) -> Sheet | Onward:
    """Say that a mail belongs into no case, and why."""
    from chalicelib.usecases.decide_unassigned_mail import dismiss_mail

    form = visit.form
    assert form is not None
    if form.faults:
        return _mail(visit, mail, form, sent="bo-qua", status=422)
    try:
        dismiss_mail(mail, form.body.note, visit.caller, bootstrap.deps())
    except DomainError as error:
        return _refused(visit, mail, form, error, "bo-qua")
    return Onward(f"{MAILS}?xong=bo-qua")


def _refused(visit: Visit, mail: str, form: Form, error: DomainError, sent: str) -> Sheet:
    told, words = forms.refused(form, error)
    return _mail(visit, mail, told, words, sent=sent, status=responses.status_of(error))


def _mail(
    visit: Visit, mail: str, form: Form = UNTYPED, error: str = "", *, sent: str = "", status: int = 200
) -> Sheet:
    from chalicelib.usecases.decide_unassigned_mail import read_mail

    deps, opened, missing = bootstrap.deps(), None, ""
    try:
        opened = shown.opened(*read_mail(mail, visit.caller, deps))
    except (NotFoundError, InvalidError) as gone:  # there is nothing to read, but somebody must decide all the same
        missing = gone.title
    row = opened.mail if opened else _row(mail, deps)
    about = {"mail": row, "opened": opened, "missing": missing, "form": form, "error": error, "sent": sent}
    likely = [case_summary.summary(case, visit.caller, deps) for case in _likely(opened, deps)]
    return Sheet("mail", about | {"likely": likely}, status)


def _row(mail: str, deps: Deps) -> shown.UnassignedMail:
    found = deps.unassigned_mails.find(mail)
    if found is None:
        raise NotFoundError("mail_not_found", "Không tìm thấy thư này")
    return shown.unassigned(found)


def _likely(opened: shown.OpenedMail | None, deps: Deps) -> list[Case]:
    if opened is None or not opened.source:
        return []
    return list(deps.lists.of_sender(deps.keys.sender(opened.source), limit=LIKELY))
