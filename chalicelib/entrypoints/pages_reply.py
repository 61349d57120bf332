"""The page of the link in an agency's mail: the work, and the forms that answer it. To read it changes nothing.

One route a form, all of one shape, made from one table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec
from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import reply_forms as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.forms import Form
from chalicelib.entrypoints.pages import PUBLIC, Elsewhere, Sheet, Visit, page, refused
from chalicelib.exchange.fields import FileId

routes = Blueprint(__name__)
FORMS: Final[Mapping[str, type[given.ReplyForm]]] = {  # by the end of their address
    "nhan": given.AcceptForm,
    "ket-qua": given.ResultForm,
    "bo-sung": given.QuestionForm,
    "hen-lai": given.ReappointForm,
    "khong-thuoc-tham-quyen": given.DeclineForm,
    "da-thuc-hien": given.DoneForm,
    "y-kien": given.GiveInputForm,
    "khong-co-y-kien": given.DeclineInputForm,
}
UNTYPED: Final = Form({}, {})


@page(routes, "GET", "/tra-loi/{token}", allow=PUBLIC)
def show_task(visit: Visit, token: str) -> Sheet:
    """Show the work and how it can be answered now."""
    return _task(token)


@page(routes, "GET", "/tra-loi/{token}/tep/{file}", allow=PUBLIC)
def fetch_file(visit: Visit, token: str, file: FileId) -> Elsewhere:
    """Send whoever has the work to a file of the sender's, by an address that is good for two minutes."""
    from chalicelib.usecases.reply_by_link import follow_link
    from chalicelib.views import files
    from chalicelib.views.task import with_files

    deps = bootstrap.deps()
    dossier, task = follow_link(token, deps)
    return Elsewhere(files.link(dossier.case.code, file, with_files(dossier, task), deps).url)


def _register(path: str, form: type[given.ReplyForm]) -> None:
    def view(visit: Visit, token: str) -> Sheet:
        assert visit.form is not None
        return _answered(path, token, visit.form)

    view.__doc__ = form.__doc__
    page(routes, "POST", f"/tra-loi/{{token}}/{path}", allow=PUBLIC, form=form)(view)


for _path, _form in FORMS.items():
    _register(_path, _form)
    page(routes, "GET", f"/tra-loi/{{token}}/{_path}", allow=PUBLIC)(show_task)  # what a browser opens anew


def _answered(path: str, token: str, form: Form) -> Sheet:
    from chalicelib.domain.reply_links import LinkOverError

    try:
        if form.faults:
            return _task(token, path, form, status=422)
        return _carried_out_or_shown(path, token, form)
    except LinkOverError as error:  # what was typed is given back, so that it is not lost
        return refused(error, typed=[words for name, words in form.typed.items() if name != "nonce"])


def _carried_out_or_shown(path: str, token: str, form: Form) -> Sheet:
    from chalicelib.domain.reply_links import LinkOverError

    try:
        return _carried_out(path, token, form)
    except LinkOverError:
        raise
    except DomainError as error:
        try:
            return _task(token, path, form, error, responses.status_of(error))
        except LinkOverError:  # it was written and only the answer got lost: the same form is answered the same
            return _carried_out(path, token, form)


def _carried_out(path: str, token: str, form: Form) -> Sheet:
    from chalicelib.domain.reply_links import CLOSING
    from chalicelib.ports import unit_name
    from chalicelib.usecases.reply_by_link import reply_by_link

    deps, action = bootstrap.deps(), given.kind_of(FORMS[path]).action
    case, task = reply_by_link(
        token,
        lambda work: given.command_of(form.body, work, deps.regulation.calendar.zone),
        nonce=form.body.nonce,
        fingerprint=hashlib.sha256(msgspec.json.encode([path, form.typed], order="sorted")).hexdigest(),
        deps=deps,
    )
    said = {"code": case.code, "unit_name": unit_name(task.unit, deps), "action": action, "token": token}
    return Sheet("replied", said | {"closed": action in CLOSING})


def _task(
    token: str, path: str = "", form: Form = UNTYPED, error: DomainError | None = None, status: int = 200
) -> Sheet:
    """Show the work; after a fault with the form that was sent, as it was filled in."""
    from chalicelib.entrypoints.unit_choices import agencies
    from chalicelib.usecases.reply_by_link import follow_link
    from chalicelib.views.task import task_view

    deps = bootstrap.deps()
    dossier, task = follow_link(token, deps)
    paths = {given.kind_of(kind).action: path for path, kind in FORMS.items()}
    return Sheet(
        "task",
        {
            "task": task_view(dossier, task, deps),
            "units": [one for one in agencies() if one[0] != task.unit],
            "token": token,
            "paths": paths,
            "nonce": deps.ids.nonce(),
            "sent": next((action for action, known in paths.items() if known == path), ""),
            "form": form,
            "error": error,
            "next_open": _moment(error.context.get("next_open")) if error else None,
        },
        status,
    )


def _moment(written: object) -> datetime | None:
    return datetime.fromisoformat(written) if isinstance(written, str) else None
