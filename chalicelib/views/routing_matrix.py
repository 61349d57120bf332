"""Who gets what, for every matter and field: the routing rules answered for all facts of one channel and customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from chalicelib.domain.routing import Facts, route
from chalicelib.domain.routing_parsing import matters
from chalicelib.ports import Deps
from chalicelib.views.routing import matter_labels, shown_name

SOME: Final = "?"  # stands for whichever unit is named
NAMED: Final[Mapping[str, Mapping[str, Any]]] = {
    "unit": {"unit": SOME},
    "branch": {"branch": SOME},
    "elsewhere": {"elsewhere": True},
}


class Line(Struct, frozen=True):
    """Một loại nội dung, các lĩnh vực đi cùng một đường, và đường ấy."""

    matter: str
    fields: tuple[str, ...]
    every_field: bool
    owner: str
    supervisor: str
    rule: str
    article: str


def matrix(channel: str, customer: str, named: str, deps: Deps) -> tuple[Line, ...]:
    """Answer the rules; `named`: what the words name, a unit, a branch, an office elsewhere, or (empty) nobody."""
    labels = matter_labels(deps)
    return tuple(
        line for one in matters(deps.regulation) for line in _lines(one, labels[one], channel, customer, named, deps)
    )


def _lines(matter: str, label: str, channel: str, customer: str, named: str, deps: Deps) -> list[Line]:
    kind, _, about = matter.partition(".")
    fields = deps.regulation.fields
    ways: dict[tuple[str, str, str, str], list[str]] = {}
    for name, field in fields.items():
        facts = Facts(kind, name, channel, about or None, customer, **NAMED.get(named, {}))
        found = route(facts, deps.routing)
        rule = (found.rule.id, found.rule.article) if found.rule else ("", "")
        ways.setdefault((found.owner, found.supervisor, *rule), []).append(field.label)
    return [
        Line(
            label, tuple(those), len(those) == len(fields), _shown(owner, deps), _shown(supervisor, deps), rule, article
        )
        for (owner, supervisor, rule, article), those in ways.items()
    ]


def _shown(unit: str, deps: Deps) -> str:
    """Name a unit; the one that stands for whichever is named says so."""
    return "Đơn vị được nêu tên" if unit == SOME else shown_name(unit, deps)
