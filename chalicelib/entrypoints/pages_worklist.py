"""The staff's worklists: what a holder has, by due time; filters and place stand in the address."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.case import Role, State
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.contracts import END, Cursor
from chalicelib.entrypoints.pages import STAFF, Sheet, Visit, page
from chalicelib.web.filters import ROLES

routes = Blueprint(__name__)
ROWS = 50
WORKLIST = f"{desk.HOME}/ho-so"
OF_UNITS = (Role.OFFICER, Role.AGENCY)
HOLDERS = (Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP)
Choice = Annotated[str, Meta(pattern=rf"^([a-z][a-z0-9_]{{0,63}})?{END}")]
ENDED = (State.ANSWERED, State.REFUSED, State.CLOSED)  # nobody holds such a case
Tick = Literal["", "1"]


class WorklistQuery(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Lọc danh sách; mục để trống thì không lọc theo mục ấy. `calls`: người gửi cần được gọi điện."""

    role: Choice = msgspec.field(default="", name="vai-tro")
    unit: Choice = msgspec.field(default="", name="don-vi")
    state: Choice = msgspec.field(default="", name="trang-thai")
    kind: Choice = msgspec.field(default="", name="loai")
    field: Choice = msgspec.field(default="", name="linh-vuc")
    priority: Choice = msgspec.field(default="", name="muc-do")
    late: Tick = msgspec.field(default="", name="qua-han")
    calls: Tick = msgspec.field(default="", name="can-goi")
    cursor: Cursor = msgspec.field(default="", name="tu")


@page(routes, "GET", f"/{WORKLIST}", allow=STAFF, query=WorklistQuery)
def show_worklist(visit: Visit) -> Sheet:
    """List what a holder has, by due time; without a holder one's own."""
    from chalicelib.views import presence, worklist

    deps, query, caller = bootstrap.deps(), visit.query, visit.caller
    holder = worklist.holder_of(caller, query.role, query.unit)
    if query.calls:
        rows, following = worklist.calls(caller, deps, limit=ROWS, cursor=query.cursor)
    else:
        wanted = worklist.Wanted(query.state, query.kind, query.field, query.priority, bool(query.late))
        rows, following = worklist.worklist(holder, wanted, caller, deps, limit=ROWS, cursor=query.cursor)
    now = deps.clock.now()
    looking = presence.watchers(deps.presence.all(), caller, now)  # one query, however many rows
    shown = {"rows": rows, "query": query, "holder": holder, "now": now, "looking": looking}
    return Sheet("worklist", shown | _links(query, following) | _choices(visit))


def _links(query: WorklistQuery, following: str) -> dict[str, str]:
    """Return the addresses of this list, of its first page and of its next one."""
    here: dict[str, str] = msgspec.to_builtins(query)
    first = {name: value for name, value in here.items() if name != "tu"}
    return {
        "again": _address(here),
        "first": _address(first) if query.cursor else "",
        "next": _address(first | {"tu": following}) if following else "",
    }


def _address(query: dict[str, str]) -> str:
    return f"{WORKLIST}?{urlencode(query)}" if query else WORKLIST


def _choices(visit: Visit) -> dict[str, object]:
    from chalicelib.views.worklist import OVERSEERS

    deps, rules = bootstrap.deps(), bootstrap.deps().regulation
    units = sorted((unit.name, unit.id) for unit in deps.directory.units()) if visit.caller.role in OVERSEERS else []
    return {
        "units": [(name, label) for label, name in units],
        "roles": [(role, ROLES[role]) for role in (HOLDERS if units else OF_UNITS)],
        "states": [(name, label) for name, label in rules.states.items() if name not in ENDED],
        "kinds": [(name, kind.label) for name, kind in rules.kinds.items()],
        "fields": [(name, field.label) for name, field in rules.fields.items()],
        "priorities": [(name, priority.label) for name, priority in rules.priorities.items()],
        "may_call": visit.caller.role in (Role.OPERATOR, Role.OFFICER),
    }
