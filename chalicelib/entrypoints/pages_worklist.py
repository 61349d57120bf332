"""The staff's worklists: what a holder has, by due time; filters and place stand in the address."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.actors import Role
from chalicelib.domain.case import State
from chalicelib.domain.case_code import display
from chalicelib.entrypoints import desk
from chalicelib.entrypoints.contracts import END, Cursor
from chalicelib.entrypoints.pages import STAFF, File, Sheet, Visit, page
from chalicelib.web.filters import role_name

if TYPE_CHECKING:
    from chalicelib.views.case_summary import CaseSummary
    from chalicelib.views.worklist import Row

routes = Blueprint(__name__)
ROWS = 50
WORKLIST = f"{desk.HOME}/ho-so"
OF_UNITS = (Role.OFFICER, Role.AGENCY)
HOLDERS = (Role.OPERATOR, Role.OFFICER, Role.AGENCY, Role.LEADERSHIP)
Choice = Annotated[str, Meta(pattern=rf"^([a-z][a-z0-9_]{{0,63}})?{END}")]
ENDED = (State.ANSWERED, State.REFUSED, State.CLOSED)  # nobody holds such a case
HEADS = ("Mã hồ sơ", "Loại", "Lĩnh vực", "Mức độ", "Trạng thái", "Đơn vị giữ", "Hạn", "Tiếp nhận")
Tick = Literal["", "1"]


class WorklistQuery(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Lọc danh sách; mục để trống thì không lọc theo mục ấy. `calls`: người gửi cần được gọi điện.

    `supervised`: hồ sơ mà đơn vị giám sát.
    """

    role: Choice = msgspec.field(default="", name="vai-tro")
    unit: Choice = msgspec.field(default="", name="don-vi")
    state: Choice = msgspec.field(default="", name="trang-thai")
    kind: Choice = msgspec.field(default="", name="loai")
    field: Choice = msgspec.field(default="", name="linh-vuc")
    priority: Choice = msgspec.field(default="", name="muc-do")
    late: Tick = msgspec.field(default="", name="qua-han")
    calls: Tick = msgspec.field(default="", name="can-goi")
    supervised: Tick = msgspec.field(default="", name="giam-sat")
    cursor: Cursor = msgspec.field(default="", name="tu")


@page(routes, "GET", f"/{WORKLIST}", allow=STAFF, query=WorklistQuery)
def show_worklist(visit: Visit) -> Sheet:
    """List what a holder has, by due time; without a holder one's own."""
    from chalicelib.views import presence, worklist

    deps, query, caller = bootstrap.deps(), visit.query, visit.caller
    holder = worklist.holder_of(caller, query.role, query.unit)
    rows, following = _rows(visit, holder, ROWS)
    now = deps.clock.now()
    looking = presence.watchers(deps.presence.all(), caller, now)  # one query, however many rows
    shown = {"rows": rows, "query": query, "holder": holder, "now": now, "looking": looking}
    return Sheet("worklist", shown | _links(query, following) | _choices(visit))


@page(routes, "GET", f"/{WORKLIST}.csv", allow=STAFF, query=WorklistQuery)
def export_worklist(visit: Visit) -> File:
    """Give the list, as it is filtered and from its place on, to a spreadsheet: as many as one page looks through."""
    from chalicelib.views import worklist
    from chalicelib.web import spreadsheets

    holder = worklist.holder_of(visit.caller, visit.query.role, visit.query.unit)
    rows, _ = _rows(visit, holder, worklist.READ_AT_MOST)
    table = spreadsheets.written(HEADS, (_cells(row.case) for row in rows))
    name = f"ho-so-{_local(bootstrap.deps().clock.now())[:10]}.csv"
    return File(
        table, spreadsheets.MEDIA_TYPE, forever=False, headers={"Content-Disposition": f"attachment; filename={name}"}
    )


def _rows(visit: Visit, holder: tuple[str, str], limit: int) -> tuple[tuple[Row, ...], str]:
    from chalicelib.views import worklist

    deps, query, caller = bootstrap.deps(), visit.query, visit.caller
    if query.calls:
        return worklist.calls(caller, deps, limit=limit, cursor=query.cursor)
    wanted = worklist.Wanted(query.state, query.kind, query.field, query.priority, bool(query.late))
    if query.supervised:
        unit = worklist.supervisor_of(caller, query.unit, deps)
        return worklist.supervised(unit, wanted, caller, deps, limit=limit, cursor=query.cursor) if unit else ((), "")
    return worklist.worklist(holder, wanted, caller, deps, limit=limit, cursor=query.cursor)


def _cells(case: CaseSummary) -> tuple[str, ...]:
    rules = bootstrap.deps().regulation
    holder = case.holder.unit_name if case.holder else ""
    kind, field, priority = rules.kinds[case.kind], rules.fields[case.field], rules.priorities[case.priority]
    times = (_local(at) if at else "" for at in (case.due_at, case.received_at))
    return (display(case.code), kind.label, field.label, priority.label, case.state_label, holder, *times)


def _local(at: datetime) -> str:
    """2026-11-23 08:30, which every spreadsheet takes for a time."""
    return f"{at.astimezone(bootstrap.deps().regulation.calendar.zone):%Y-%m-%d %H:%M}"


def _links(query: WorklistQuery, following: str) -> dict[str, str]:
    """Return the addresses of this list, of its first page and of its next one."""
    here: dict[str, str] = msgspec.to_builtins(query)
    first = {name: value for name, value in here.items() if name != "tu"}
    return {
        "again": _address(here),
        "spreadsheet": _address(here, f"{WORKLIST}.csv"),
        "first": _address(first) if query.cursor else "",
        "next": _address(first | {"tu": following}) if following else "",
    }


def _address(query: dict[str, str], path: str = WORKLIST) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def _choices(visit: Visit) -> dict[str, object]:
    from chalicelib.domain.actors import OVERSEERS
    from chalicelib.entrypoints.unit_choices import every_unit
    from chalicelib.views.worklist import supervisor_of

    rules = bootstrap.deps().regulation
    units = every_unit() if visit.caller.role in OVERSEERS else []
    return {
        "units": units,
        "roles": [(role, role_name(role, rules.centre)) for role in (HOLDERS if units else OF_UNITS)],
        "states": [(name, label) for name, label in rules.states.items() if name not in ENDED],
        "kinds": [(name, kind.label) for name, kind in rules.kinds.items()],
        "fields": [(name, field.label) for name, field in rules.fields.items()],
        "priorities": [(name, priority.label) for name, priority in rules.priorities.items()],
        "may_supervise": bool(supervisor_of(visit.caller, None, bootstrap.deps())),
        "may_call": visit.caller.role in (Role.OPERATOR, Role.OFFICER),
    }
