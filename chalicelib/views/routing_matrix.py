"""Who gets what, for every matter and field: the routing rules answered for all facts of one channel and customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from chalicelib.domain.routing import Facts, route
from chalicelib.domain.routing_parsing import matters
from chalicelib.views.routing import matter_labels, shown_name

if TYPE_CHECKING:
    from chalicelib.ports import Deps

SOME: Final = "?"  # stands for whichever unit is named
NAMED: Final[Mapping[str, Mapping[str, Any]]] = {
    "unit": {"unit": SOME},
    "branch": {"branch": SOME},
    "elsewhere": {"elsewhere": True},
}


class Line(Struct, frozen=True):
    """Các loại nội dung và lĩnh vực đi cùng một đường, và đường ấy; `fields` trống là mọi lĩnh vực."""

    matters: tuple[str, ...]
    fields: tuple[str, ...]
    owner: str
    supervisor: str
    rule: str
    article: str


Way = tuple[str, str, str, str]  # owner, supervisor, rule, article


def matrix(channel: str, customer: str, named: str, deps: Deps) -> tuple[Line, ...]:
    """Answer the rules; `named`: what the words name, a unit, a branch, an office elsewhere, or (empty) nobody."""
    labels = matter_labels(deps)
    lines: dict[tuple[Way, tuple[str, ...]], list[str]] = {}
    for one in matters(deps.regulation):
        for way, fields in _ways(one, channel, customer, named, deps).items():
            lines.setdefault((way, tuple(fields)), []).append(labels[one])
    every = len(deps.regulation.fields)
    return tuple(
        Line(tuple(of), () if len(fields) == every else fields, _shown(owner, deps), _shown(above, deps), rule, article)
        for ((owner, above, rule, article), fields), of in lines.items()
    )


def _ways(matter: str, channel: str, customer: str, named: str, deps: Deps) -> dict[Way, list[str]]:
    """Return the ways that a matter takes, each with its fields."""
    kind, _, about = matter.partition(".")
    ways: dict[Way, list[str]] = {}
    for name, field in deps.regulation.fields.items():
        found = route(Facts(kind, name, channel, about or None, customer, **NAMED.get(named, {})), deps.routing)
        rule = (found.rule.id, found.rule.article) if found.rule else ("", "")
        ways.setdefault((found.owner, found.supervisor, *rule), []).append(field.label)
    return ways


def _shown(unit: str, deps: Deps) -> str:
    """Name a unit; the one that stands for whichever is named says so."""
    return "Đơn vị được nêu tên" if unit == SOME else shown_name(unit, deps)
