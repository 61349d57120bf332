"""The administrator's page of cases that the sweep cannot look at: which, since when, why; and "mended: look again"."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints import responses
from chalicelib.entrypoints.pages import Onward, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
ASIDE: Final = f"{ADMINISTRATION}/de-rieng"
ROWS: Final = 50


class AsideQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Trang nào của danh sách; việc vừa làm xong."""

    tu: given.Cursor = ""
    done: Literal["", "theo-doi-lai"] = msgspec.field(default="", name="xong")


class RetryForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Hồ sơ nào đã khắc phục."""

    code: given.Code


@page(routes, "GET", f"/{ASIDE}", allow=ADMINISTRATORS, query=AsideQuery)
def show_aside(visit: Visit) -> Sheet:
    """List them, the longest there first."""
    return _aside(cursor=visit.query.tu, done=visit.query.done)


@page(routes, "POST", f"/{ASIDE}/theo-doi-lai", allow=ADMINISTRATORS, form=RetryForm)
def retry(visit: Visit) -> Sheet | Onward:
    """Let the next sweep look at a case again."""
    deps, form = bootstrap.deps(), visit.form
    assert form is not None
    if form.faults:
        return _aside(error=form.faults["code"], status=422)
    try:
        deps.alarms.put_back(canonical(form.body.code), deps.clock.now())
    except DomainError as error:
        return _aside(error=error.title, status=responses.status_of(error))
    return Onward(f"{ASIDE}?xong=theo-doi-lai")


def _aside(*, error: str = "", cursor: str = "", done: str = "", status: int = 200) -> Sheet:
    from chalicelib.views.aside import aside

    shown = aside(bootstrap.deps(), limit=ROWS, cursor=cursor)
    return Sheet("aside", {"shown": shown, "error": error, "done": done}, status)
