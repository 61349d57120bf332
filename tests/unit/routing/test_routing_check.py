"""Rules that contradict each other, are never reached or leave something out are found, each with facts."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.adapters.regulation_files import read, regulation, routing
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.routing import NAMED, NONE, Routing, Rule
from chalicelib.domain.routing_check import ANOTHER, cells, faults, space
from chalicelib.domain.routing_parsing import from_mapping

RULES = regulation("hoa_binh")
PROVINCES = read("vietnam.provinces.yaml")["provinces"]
UNITS = [unit["id"] for unit in read("hoa_binh.directory.yaml")["units"]]
FALLBACK = {"id": "rest", "rank": 9, "article": "Điều 8.1.a", "reason": "Tổng đài.", "unit": "tong_dai"}


def rule(name: str, rank: int, owner: str = "so_y_te", **when: Any) -> dict[str, Any]:
    return {"id": name, "rank": rank, "article": "Điều 7.3", "reason": "Vì vậy.", "unit": owner, "when": when}


def read_rules(*owners: dict[str, Any], supervisors: tuple[dict[str, Any], ...] = (), **more: Any) -> Routing:
    topics = {"cost": {"label": "Lệ phí", "phrases": ["lệ phí"]}}
    data = {"places": ["Hòa Bình"], "topics": topics, "owners": [*owners], "supervisors": [*supervisors]} | more
    return from_mapping(data, RULES, PROVINCES, UNITS)


def wrong(*owners: dict[str, Any], **more: Any) -> str:
    with pytest.raises(RegulationError) as refused:
        read_rules(*owners, **more)
    return str(refused.value)


def test_the_files_that_ship_are_without_fault() -> None:
    assert routing("hoa_binh", RULES, UNITS).owners


def test_two_rules_of_one_rank_for_the_same_facts() -> None:
    said = wrong(rule("health", 1, field=["y_te"]), rule("app", 1, "so_noi_vu", channel=["app"]), FALLBACK)
    assert said.startswith("health and app: both of rank 1, but two units for ")
    assert "field=y_te" in said
    assert "channel=app" in said


def test_one_rank_is_no_contradiction_where_the_unit_is_the_same_or_the_facts_are_not() -> None:
    assert read_rules(rule("health", 1, field=["y_te"]), rule("app", 1, channel=["app"]), FALLBACK)
    assert read_rules(rule("health", 1, field=["y_te"]), rule("staff", 1, "so_noi_vu", field=["cong_chuc"]), FALLBACK)


def test_a_rule_behind_another_that_takes_all_of_its_facts() -> None:
    said = wrong(
        rule("all_reports", 1, kind=["report"]), rule("conduct", 2, kind=["report"], about=["conduct"]), FALLBACK
    )
    assert said == "conduct: never decides: all_reports comes first for matter=report.conduct"


def test_a_rule_behind_several_that_take_its_facts_together() -> None:
    halves = rule("people", 1, customer=["individual"]), rule("firms", 2, customer=["organisation"])
    assert wrong(*halves, FALLBACK).startswith("rest: never decides: people comes first for customer=individual; firms")


def test_conditions_that_nothing_meets() -> None:
    never = rule("never", 1, kind=["question"], about=["conduct"])
    assert wrong(never, FALLBACK) == "never: never decides: no facts meet its conditions"


def test_facts_that_nobody_owns_and_who_would_supervise_them() -> None:
    over = rule("over", 1, "van_phong_ubnd", channel=["app"])
    said = wrong(rule("people", 1, customer=["individual"]), supervisors=(over,))
    assert said == "owners: no rule takes customer=organisation; over would supervise what nobody owns"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (rule("x", 1, "so_tren_troi"), "x: 'so_tren_troi' is no unit of the directory"),
        (rule("x", 1, weather="sunny"), "owners[0] x.when.weather: 'sunny' is no condition"),
        (rule("x", 1) | {"unit": ["so_y_te"]}, "owners[0] x: give one of unit (an id) and of"),
        (rule("x", 1, field=["tren_troi"]), "owners[0] x.when.field: ['tren_troi'] are not known"),
        (rule("x", 1, kind=["tren_troi"]), "owners[0] x.when.kind: ['tren_troi'] are not known"),
        (rule("x", 1, about=["tren_troi"]), "owners[0] x.when.about: ['tren_troi'] are not known"),
        (rule("x", 1, channel=["fax"]), "owners[0] x.when.channel: ['fax'] are not known"),
        (rule("x", 1, says="weather"), "owners[0] x.when.says: ['weather'] are not known"),
        (rule("x", 1, flag="possible_joke"), "owners[0] x.when.flag: ['possible_joke'] are not known"),
        (rule("x", 1, unit=["so_tren_troi"]), "x: 'so_tren_troi' is no unit of the directory"),
        (rule("x", 1) | {"of": "field"}, "owners[0] x: give one of unit (an id) and of (field, kind, unit, branch)"),
        (rule("x", 1) | {"unit": "", "of": "moon"}, "owners[0] x: give one of unit (an id) and of"),
        (rule("x", 0), "owners[0] x.rank: 0 is no number from 1 up"),
        (rule("x", 1) | {"reason": ""}, "owners[0] x: reason missing"),
        (rule("x", 1) | {"supervisor": "so_y_te"}, "owners[0] x: ['supervisor'] are none of"),
        (rule("rest", 1), "owners: ['rest'] are there twice"),
    ],
)
def test_what_does_not_exist_is_named(entry: dict[str, Any], words: str) -> None:
    assert wrong(entry, FALLBACK).startswith(words)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (rule("over", 1, says="cost"), "supervisors: over: ['says.cost'] do not decide who supervises"),
        (rule("over", 1, unit="named"), "supervisors: over: ['unit'] do not decide who supervises"),
        (rule("over", 1) | {"unit": "", "of": "field"}, "supervisors: over: a supervisor is a unit of its own"),
    ],
)
def test_who_supervises_is_known_when_a_case_is_made(entry: dict[str, Any], words: str) -> None:
    assert wrong(FALLBACK, supervisors=(entry,)).startswith(words)


def test_topics_and_places_are_checked() -> None:
    assert wrong(FALLBACK, places=["Atlantis"]) == "places: ['Atlantis'] are no provinces"
    assert "no words ever show it" in wrong(FALLBACK, topics={"cost": {"label": "Lệ phí", "phrases": []}})


# --- against every combination of facts, one by one ---

SPACE = {"matter": ("a", "b", "c"), "field": ("x", "y"), "unit": ("", "u1", ANOTHER), "says.t": ("no", "yes")}


def conditions() -> st.SearchStrategy[dict[str, frozenset[str]]]:
    choices = {
        "matter": st.sets(st.sampled_from(SPACE["matter"]), min_size=1),
        "field": st.sets(st.sampled_from(SPACE["field"]), min_size=1),
        "unit": st.sampled_from([{NAMED}, {NONE}, {"u1"}, {"u1", NONE}]),
        "says.t": st.just({"yes"}),
    }
    fixed = {name: one.map(frozenset) for name, one in choices.items()}
    return st.fixed_dictionaries({}, optional=fixed)


def some_rules() -> st.SearchStrategy[tuple[Rule, ...]]:
    one = st.builds(lambda rank, when, unit: (rank, when, unit), st.integers(1, 3), conditions(), st.sampled_from("pq"))
    many = st.lists(one, min_size=1, max_size=6)
    return many.map(
        lambda all_: tuple(
            Rule(f"r{n}", "Điều", "Vì", rank, when, unit)
            for n, (rank, when, unit) in enumerate(sorted(all_, key=lambda found: found[0]))
        )
    )


def by_hand(rules: tuple[Rule, ...]) -> tuple[bool, set[frozenset[str]], set[str]]:
    """Look at all facts: is there a gap, which rules clash, which decide."""
    gap, clashes, deciding = False, set(), set()
    for values in itertools.product(*SPACE.values()):
        facts = dict(zip(SPACE, values, strict=True))
        taking = [rule for rule in rules if all(rule.takes(name, value) for name, value in facts.items())]
        gap = gap or not taking
        deciding |= {rule.id for rule in taking[:1]}
        clashes |= {
            frozenset((taking[0].id, other.id))
            for other in taking[1:]
            if other.rank == taking[0].rank and other.unit != taking[0].unit
        }
    return gap, clashes, deciding


@given(some_rules())
def test_all_that_is_wrong_is_found_and_nothing_else(rules: tuple[Rule, ...]) -> None:
    used = {dimension for rule in rules for dimension in rule.when}
    made = Routing(rules, (), {}, (), (), {}, {})
    said = faults(made, {name: values for name, values in SPACE.items() if name in used}, {})
    gap, clashes, deciding = by_hand(rules)
    assert any("no rule takes" in words for words in said) == gap
    assert {frozenset(words.split(":")[0].split(" and ")) for words in said if "both of rank" in words} == clashes
    assert {words.split(":")[0] for words in said if "never decides" in words} == {rule.id for rule in rules} - deciding


@given(some_rules())
def test_the_examples_are_facts_that_show_it(rules: tuple[Rule, ...]) -> None:
    over = {name: values for name, values in SPACE.items() if any(name in rule.when for rule in rules)}
    for example, taking in cells(rules, over):
        assert tuple(rule for rule in rules if all(rule.takes(*pair) for pair in example.items())) == taking


def test_the_space_has_every_unit_a_rule_names_and_one_that_none_does() -> None:
    rules = read_rules(rule("x", 1, unit=["so_y_te"]), FALLBACK).owners
    assert space(rules, ("question",), ("y_te",), ("app",)) == {"unit": ("", ANOTHER, "so_y_te")}
