"""The pages of administrative procedures (R87, R88): to look one up by everyday words, to read and to print it."""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import urlencode

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.entrypoints.api_procedures import ProcedureCode
from chalicelib.entrypoints.pages import OPEN, PUBLIC, Sheet, Visit, page

routes = Blueprint(__name__)
PROCEDURES: Final = "thu-tuc"
MOST_FIELDS: Final = 40  # in the list to choose from: the largest; the page weighs 60 KB at most


class LookUpQuery(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Tìm gì, trong lĩnh vực nào, cấp nào, từ đâu."""

    words: Annotated[str, Meta(max_length=500)] = msgspec.field(default="", name="tim")
    field: Annotated[str, Meta(max_length=300)] = msgspec.field(default="", name="linh-vuc")
    level: Annotated[str, Meta(max_length=50)] = msgspec.field(default="", name="cap")
    cursor: Annotated[str, Meta(max_length=5)] = msgspec.field(default="", name="tu")


@page(routes, "GET", f"/{PROCEDURES}", allow=PUBLIC, query=LookUpQuery)
def show_procedures(visit: Visit) -> Sheet:
    """Look procedures up by everyday words, field and level."""
    from chalicelib.views import procedures

    deps, query = bootstrap.deps(), visit.query
    found = procedures.found(query.words, deps, field=query.field, level=query.level, cursor=query.cursor)
    largest = sorted(procedures.fields(deps), key=lambda one: -one[1])[:MOST_FIELDS]
    here: dict[str, Any] = msgspec.to_builtins(query)
    about = {
        "query": query,
        "found": found,
        "fields": [one for one in procedures.fields(deps) if one in largest or one[0] == query.field],
        "levels": procedures.levels(deps),
        "following": f"{PROCEDURES}?{urlencode(here | {'tu': found.cursor})}" if found.cursor else "",
    }
    asked = query != LookUpQuery()
    return Sheet("procedures", about, headers=OPEN | ({"X-Robots-Tag": "noindex"} if asked else {}))


@page(routes, "GET", f"/{PROCEDURES}/{{procedure}}", allow=PUBLIC)
def show_procedure(visit: Visit, procedure: ProcedureCode) -> Sheet:
    """Show a procedure whole, with its source."""
    from chalicelib.views import procedures

    return Sheet("procedure", {"one": procedures.procedure(procedure, bootstrap.deps())}, headers=OPEN)
