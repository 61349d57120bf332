"""Reads a routing file and names the entry that is wrong; docs/regulation.md, *Routing*, says how to write one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain import routing_check as check
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.routing import CUSTOMERS, FLAG, NAMED, NONE, SAYS, YES, Routing, Rule, Topic, matter

SECTIONS = {"places", "topics", "owners", "supervisors"}
GIVEN = {"id", "rank", "article", "reason", "when", "unit", "of"}
OF = ("field", "kind", "unit", "branch")
LISTED = ("field", "channel", "customer", "unit", "branch")  # conditions that are a list of values
WITHOUT_WORDS = frozenset(("matter", "field", "channel", "customer"))  # known when a case is made or classified anew
ONE = {"says": SAYS, "flag": FLAG}  # conditions that name one thing that is so


def from_mapping(
    data: Any, rules: Regulation, provinces: Sequence[str], units: Collection[str] | None = None
) -> Routing:
    """Read the file; raises RegulationError naming every rule that is wrong, with facts that show it.

    `units` are the ids that there are, where they are known: the directory of a running centre is its own.
    """
    given = entries.mapping("routing", data)
    entries.same("routing", set(given), SECTIONS)
    topics = {name: _topic(name, one) for name, one in entries.mapping("topics", given["topics"]).items()}
    made = Routing(
        owners=_rules("owners", given["owners"], rules, topics),
        supervisors=_rules("supervisors", given["supervisors"], rules, topics),
        topics=topics,
        places=_places(given["places"], provinces),
        provinces=tuple(provinces),
        competent={name: one.unit for name, one in rules.fields.items() if one.unit},
        at_once=at_once(rules),
    )
    for rule in made.supervisors:
        if rule.of:
            raise RegulationError(f"supervisors: {rule.id}: a supervisor is a unit of its own, not one of the facts")
        if by_words := set(rule.when) - WITHOUT_WORDS:
            raise RegulationError(f"supervisors: {rule.id}: {sorted(by_words)} do not decide who supervises")
    if wrong := [*_strangers(made, units), *_faults(made, rules)]:
        raise RegulationError("\n".join(wrong))
    return made


def matters(rules: Regulation) -> tuple[str, ...]:
    """Return everything that a matter can be: a kind, or what a kind is about."""
    return tuple(matter(name, about) for name, kind in rules.kinds.items() for about in kind.about or (None,))


def at_once(rules: Regulation) -> dict[str, str]:
    """Return the matters that are sent on at once, and to whom."""
    every = ((name, kind, about) for name, kind in rules.kinds.items() for about in kind.about or (None,))
    return {matter(name, about): unit for name, kind, about in every if (unit := kind.at_once(about))}


def _places(data: Any, provinces: Sequence[str]) -> tuple[str, ...]:
    places = entries.sequence("places", data)
    if unknown := set(places) - set(provinces):
        raise RegulationError(f"places: {sorted(unknown)} are no provinces")
    return tuple(places)


def _topic(name: str, data: Any) -> Topic:
    made: Topic = entries.build(Topic, f"topics.{name}", data)
    if not made.phrases:
        raise RegulationError(f"topics.{name}.phrases: none, so no words ever show it")
    return made


def _rules(section: str, data: Any, rules: Regulation, topics: Mapping[str, Topic]) -> tuple[Rule, ...]:
    made = [_rule(f"{section}[{n}]", one, rules, topics) for n, one in enumerate(entries.sequence(section, data))]
    twice = {rule.id for n, rule in enumerate(made) if rule.id in {other.id for other in made[:n]}}
    if twice:
        raise RegulationError(f"{section}: {sorted(twice)} are there twice")
    return tuple(sorted(made, key=lambda rule: rule.rank))


def _rule(place: str, data: Any, rules: Regulation, topics: Mapping[str, Topic]) -> Rule:
    given = entries.mapping(place, data)
    where = f"{place} {given.get('id', '')}".strip()
    if unknown := set(given) - GIVEN:
        raise RegulationError(f"{where}: {sorted(unknown)} are none of {sorted(GIVEN)}")
    if empty := [name for name in ("id", "article", "reason") if not given.get(name)]:
        raise RegulationError(f"{where}: {', '.join(empty)} missing")
    unit, of = given.get("unit", ""), given.get("of", "")
    if bool(unit) == bool(of) or not isinstance(unit, str) or (of and of not in OF):
        raise RegulationError(f"{where}: give one of unit (an id) and of ({', '.join(OF)})")
    when = _when(where, given.get("when", {}), rules, topics)
    rank = entries.count(f"{where}.rank", given.get("rank"))
    return Rule(given["id"], given["article"], given["reason"], rank, when | _implied(of, when, rules), unit, of)


def _when(where: str, data: Any, rules: Regulation, topics: Mapping[str, Topic]) -> dict[str, frozenset[str]]:
    """Turn a rule's conditions into what it takes in each dimension."""
    known: dict[str, Collection[str]] = {
        "kind": rules.kinds,
        "about": rules.about,
        "field": rules.fields,
        "channel": rules.channels,
        "customer": CUSTOMERS,
        "says": topics,
        "flag": [rule.id for rule in rules.eligibility if rule.outcome == "flag"],
    }
    given = entries.mapping(f"{where}.when", data)
    found: dict[str, frozenset[str]] = {}
    for name, said in given.items():
        values = frozenset(said if isinstance(said, list) else [said])
        if name in known and not values <= set(known[name]):
            raise RegulationError(f"{where}.when.{name}: {sorted(map(str, values - set(known[name])))} are not known")
        if name in ONE and len(values) == 1:
            found[f"{ONE[name]}{said}"] = frozenset({YES})
        elif name in LISTED:
            found[name] = values
        elif name == "elsewhere" and said is True:
            found[name] = frozenset({YES})
        elif name not in ("kind", "about"):
            raise RegulationError(f"{where}.when.{name}: {said!r} is no condition")
    wanted = given.get("kind", list(rules.kinds)), given.get("about", [])
    return found | ({"matter": _matters(*wanted, rules)} if {"kind", "about"} & set(given) else {})


def _matters(kinds: list[str], abouts: list[str], rules: Regulation) -> frozenset[str]:
    return frozenset(
        matter(name, about)
        for name in kinds
        for about in rules.kinds[name].about or (None,)
        if not abouts or about in abouts
    )


def _implied(of: str, when: Mapping[str, frozenset[str]], rules: Regulation) -> dict[str, frozenset[str]]:
    """A rule that names the unit of something takes only facts that have it."""
    if of == "field":
        able = frozenset(name for name, one in rules.fields.items() if one.unit)
        return {"field": when.get("field", able) & able}
    if of == "kind":
        sent = frozenset(at_once(rules))
        return {"matter": when.get("matter", sent) & sent}
    return {of: when.get(of, frozenset({NAMED}))} if of else {}


def _strangers(made: Routing, units: Collection[str] | None) -> list[str]:
    """Name the units that the directory does not have."""
    if units is None:
        return []
    named = [(rule.id, unit) for rule in (*made.owners, *made.supervisors) for unit in _units(rule)]
    named += [(f"fields.{name}", unit) for name, unit in made.competent.items()]
    named += [(f"kinds.{name}.sent_at_once_to", unit) for name, unit in made.at_once.items()]
    return [f"{where}: {unit!r} is no unit of the directory" for where, unit in named if unit not in units]


def _units(rule: Rule) -> set[str]:
    conditions = rule.when.get("unit", frozenset()) | rule.when.get("branch", frozenset())
    return ({rule.unit} | conditions) - {"", NAMED, NONE}


def _faults(made: Routing, rules: Regulation) -> tuple[str, ...]:
    known = matters(rules), tuple(rules.fields), tuple(rules.channels)
    return check.faults(made, check.space(made.owners, *known), check.space(made.supervisors, *known))
