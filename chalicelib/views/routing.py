"""Whom a matter should go to and who supervises it, with the rule that says so and why the others do not (R48, R54)."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from chalicelib.domain.routing import FLAG, NAMED, NO, NONE, SAYS, YES, Facts, Rule, Verdict, explain, matter, route
from chalicelib.domain.routing_facts import Heard, facts_of
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.ports.routing import hear_history

DIMENSIONS: Final = {
    "matter": "Loại nội dung",
    "field": "Lĩnh vực",
    "channel": "Kênh tiếp nhận",
    "customer": "Người gửi",
    "unit": "Cơ quan được nêu tên",
    "branch": "Chi nhánh được nêu tên",
    "elsewhere": "Cơ quan của tỉnh khác được nêu tên",
}
CUSTOMERS: Final = {"individual": "cá nhân", "organisation": "tổ chức"}
FLAGS: Final = {"possible_petition": "Có thể là khiếu nại, tố cáo", "language_doubtful": "Có thể không phải tiếng Việt"}
VALUES: Final = {NAMED: "có nêu", NONE: "không nêu", YES: "có", NO: "không"}
FORWARD, REFER, AT_ONCE, STAY = "forward", "refer", "at_once", "stay"


class ConditionView(Struct, frozen=True):
    """Một điều kiện của quy tắc, và nội dung này có đáp ứng không."""

    name: str
    values: tuple[str, ...]
    met: bool


class RuleView(Struct, frozen=True):
    """Một quy tắc: `decides` là quy tắc quyết định, `behind` là quy tắc đứng trước đã quyết định thay."""

    id: str
    rank: int
    article: str
    reason: str
    conditions: tuple[ConditionView, ...]
    unit: Annotated[str, Meta(description="Đơn vị theo quy tắc; trống nếu nội dung không thuộc quy tắc")]
    unit_name: str
    decides: bool
    behind: str


class Named(Struct, frozen=True):
    """Một đơn vị được nêu trong nội dung; `unit` trống là cơ quan của tỉnh khác."""

    unit: str
    unit_name: str
    words: str


class RoutingView(Struct, frozen=True):
    """Gợi ý đơn vị xử lý và đơn vị giám sát. `way`: forward, refer (trình lãnh đạo), at_once (chuyển ngay), stay."""

    owner: str
    owner_name: str
    way: str
    article: str
    reason: str
    supervisor: str
    supervisor_name: str
    supervised_because: str
    facts: dict[str, str]
    named: tuple[Named, ...]
    topics: dict[str, str]
    owners: tuple[RuleView, ...]
    supervisors: tuple[RuleView, ...]


def routing_of(dossier: Dossier, deps: Deps) -> RoutingView:
    """Explain a case's routing as its facts and words are now."""
    heard = hear_history(dossier.history, deps)
    return routing(facts_of(dossier.case, heard), heard, deps)


def routing(facts: Facts, heard: Heard, deps: Deps) -> RoutingView:
    """Explain the routing of facts."""
    rules, found = deps.routing, route(facts, deps.routing)
    above = found.supervised_by
    return RoutingView(
        owner=found.owner,
        owner_name=shown_name(found.owner, deps),
        way=way_to(found.owner, found.rule, deps),
        article=found.rule.article if found.rule else "",
        reason=found.rule.reason if found.rule else "",
        supervisor=found.supervisor,
        supervisor_name=shown_name(found.supervisor, deps),
        supervised_because=f"{above.article}: {above.reason}" if above else "",
        facts={name: value_label(key, facts.value(key), deps) for key, name in DIMENSIONS.items()},
        named=tuple(Named(one.unit, shown_name(one.unit, deps), one.words) for one in heard.mentions),
        topics={rules.topics[name].label: words for name, words in (heard.topics or {}).items()},
        owners=tuple(_rule(one, deps) for one in explain(rules.owners, facts, rules)),
        supervisors=tuple(_rule(one, deps) for one in explain(rules.supervisors, facts, rules)),
    )


def way_to(owner: str, rule: Rule | None, deps: Deps) -> str:
    """Name how a matter gets to whom it should go to."""
    if rule and rule.of == "kind":
        return AT_ONCE
    fixed = {"": STAY, deps.regulation.operators: STAY, deps.regulation.leadership: REFER}
    return fixed.get(owner, FORWARD)


def dimension_label(dimension: str, deps: Deps) -> str:
    """Name a dimension of the rules for people."""
    if dimension.startswith(SAYS):
        return f"Nói về “{deps.routing.topics[dimension.removeprefix(SAYS)].label}”"
    flag = dimension.removeprefix(FLAG)
    return DIMENSIONS.get(dimension) or FLAGS.get(flag, f"Dấu hiệu cần xem lại ({flag})")


def value_label(dimension: str, value: str, deps: Deps) -> str:
    """Name a value of a dimension for people."""
    rules = deps.regulation
    if dimension in ("unit", "branch"):
        return VALUES.get(value) or shown_name(value, deps) or VALUES[NONE]
    if dimension == "matter":
        return matter_labels(deps).get(value, value)
    if dimension == "field":
        return rules.fields[value].label if value in rules.fields else value
    known = {"channel": rules.channels, "customer": CUSTOMERS}
    return known.get(dimension, VALUES).get(value, value)


def matter_labels(deps: Deps) -> dict[str, str]:
    """Name everything that a matter can be."""
    rules = deps.regulation
    return {
        matter(name, about): f"{kind.label}: {rules.about[about]}" if about else kind.label
        for name, kind in rules.kinds.items()
        for about in kind.about or (None,)
    }


def _rule(verdict: Verdict, deps: Deps) -> RuleView:
    rule = verdict.rule
    return RuleView(
        id=rule.id,
        rank=rule.rank,
        article=rule.article,
        reason=rule.reason,
        conditions=tuple(
            ConditionView(
                dimension_label(dimension, deps),
                tuple(value_label(dimension, value, deps) for value in sorted(values)),
                dimension not in verdict.misses,
            )
            for dimension, values in rule.when.items()
        ),
        unit=verdict.unit,
        unit_name=shown_name(verdict.unit, deps),
        decides=verdict.decides,
        behind=verdict.behind,
    )


def shown_name(unit: str, deps: Deps) -> str:
    """Name a unit; empty for none."""
    return unit_name(unit, deps) if unit else ""
