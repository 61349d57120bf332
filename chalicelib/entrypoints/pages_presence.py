"""An open page of a case says so each minute, by its script, and hears who else looks at it and whether it is old."""

from __future__ import annotations

import msgspec
from chalice.app import Blueprint
from msgspec import Struct

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.pages import STAFF, File, Visit, page
from chalicelib.entrypoints.pages_desk_case import CASE
from chalicelib.entrypoints.wording import canonical
from chalicelib.web.filters import watching

routes = Blueprint(__name__)


class LookingForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Phiên bản hồ sơ mà trang đang hiện."""

    version: given.Version


@page(routes, "POST", f"{CASE}/dang-xem", allow=STAFF, form=LookingForm)
def note_looking(visit: Visit, code: given.Code) -> File:
    """Note that somebody looks at a case; the page itself, which is got, changes nothing."""
    from chalicelib.usecases.look_at_case import look_at_case
    from chalicelib.views.presence import watchers

    deps, form = bootstrap.deps(), visit.form
    assert form is not None
    case, rows = look_at_case(canonical(code), actor=visit.caller, deps=deps)
    others = watchers(rows, visit.caller, deps.clock.now())[case.code]
    told = {
        "others": watching(others, deps.centre),
        "newer": form.body is not None and form.body.version < case.version,
    }
    return File(msgspec.json.encode(told).decode(), "application/json", forever=False)
