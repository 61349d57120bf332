"""The routing rules for people: why a case is suggested to a unit, and for administrators all rules, to be tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.entrypoints import contracts as given
from chalicelib.entrypoints.pages import STAFF, Sheet, Visit, page
from chalicelib.entrypoints.pages_administration import ADMINISTRATION, ADMINISTRATORS
from chalicelib.entrypoints.pages_worklist import WORKLIST
from chalicelib.entrypoints.wording import canonical

routes = Blueprint(__name__)
ROUTING: Final = f"{ADMINISTRATION}/dinh-tuyen"
CUSTOMERS: Final = [("individual", "Cá nhân"), ("organisation", "Tổ chức")]
NAMED: Final = [
    ("", "Không nêu"),
    ("unit", "Một cơ quan"),
    ("branch", "Một chi nhánh"),
    ("elsewhere", "Cơ quan tỉnh khác"),
]


class MatrixQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Bảng cho kênh nào, người gửi nào, khi nội dung nêu tên ai."""

    channel: given.Slug = msgspec.field(default="phone", name="kenh")
    customer: Literal["individual", "organisation"] = msgspec.field(default="individual", name="nguoi-gui")
    named: Literal["", "unit", "branch", "elsewhere"] = msgspec.field(default="", name="neu-ten")


class TryForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Một nội dung giả định; `kind` là loại, kèm nhóm nếu có (report.conduct)."""

    kind: Annotated[str, Meta(max_length=100)]
    field: Annotated[str, Meta(max_length=100)]
    channel: Annotated[str, Meta(max_length=100)]
    sender_kind: Literal["individual", "organisation"]
    content: given.LongText = ""


@page(routes, "GET", f"/{WORKLIST}/{{code}}/dinh-tuyen", allow=STAFF)
def show_routing(visit: Visit, code: given.Code) -> Sheet:
    """Show which rule suggests a case to whom, and why the others do not."""
    from chalicelib.usecases.open_case import open_case
    from chalicelib.views.routing import routing_of

    deps, number = bootstrap.deps(), canonical(code)
    found = routing_of(open_case(number, actor=visit.caller, deps=deps, door="routing"), deps)
    return Sheet("case_routing", {"found": found, "code": number})


@page(routes, "GET", f"/{ROUTING}", allow=ADMINISTRATORS, query=MatrixQuery)
def show_rules(visit: Visit) -> Sheet:
    """Show all rules, and who gets what."""
    return _rules(visit.query, {})


@page(routes, "POST", f"/{ROUTING}/thu", allow=ADMINISTRATORS, form=TryForm)
def try_rules(visit: Visit) -> Sheet:
    """Say what the rules make of facts and a text; nothing is kept."""
    form = visit.form
    assert form is not None
    faults = {**form.faults, **_unknown(form.typed)}
    return _rules(MatrixQuery(), form.typed, faults)


def _unknown(typed: Mapping[str, str]) -> dict[str, str]:
    from chalicelib.entrypoints.intake_form import WORDS, kinds

    deps = bootstrap.deps()
    lists = {"kind": kinds(deps), "field": deps.regulation.fields, "channel": deps.regulation.channels}
    return {name: WORDS[name] for name, known in lists.items() if typed.get(name) not in known}


def _rules(query: MatrixQuery, typed: Mapping[str, str], faults: Mapping[str, str] | None = None) -> Sheet:
    from chalicelib.entrypoints import intake_form
    from chalicelib.entrypoints.suggested import suggested
    from chalicelib.views.routing_matrix import matrix

    deps = bootstrap.deps()
    offered = intake_form.kinds(deps)
    tried = typed if typed and not faults else {"kind": next(iter(offered)), "field": "khac", "channel": "phone"}
    _, kind, about = offered[tried["kind"]]
    about_it: dict[str, Any] = {
        "found": suggested(tried, kind, about),
        "tried": bool(typed) and not faults,
        "typed": typed,
        "faults": faults or {},
        "kinds": [(value, words) for value, (words, _, _) in offered.items()],
        "fields": [(name, field.label) for name, field in deps.regulation.fields.items()],
        "channels": list(deps.regulation.channels.items()),
        "customers": CUSTOMERS,
        "named": NAMED,
        "query": query,
        "matrix": matrix(query.channel, query.customer, query.named, deps),
        "topics": deps.routing.topics,
    }
    return Sheet("routing", about_it, 422 if faults else 200)
