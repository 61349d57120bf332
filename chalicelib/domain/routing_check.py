"""Proves routing rules before they are used: no facts without an owner, no two rules of one rank at odds, none in vain.

The facts are a finite space, a product of dimensions. In each dimension values that the same rules take are one class;
the sets of rules that meet anywhere are the intersections of one class of every dimension. All of them are looked at,
so what is not found is not there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chalicelib.domain.routing import CUSTOMERS, NAMED, NO, NONE, YES, Routing, Rule

Space = Mapping[str, Sequence[str]]  # dimension → every value it can have
ANOTHER = "another"  # stands for every unit that no rule names


class Cell(NamedTuple):
    """Facts that the same rules take: an example of them, and these rules in order."""

    example: Mapping[str, str]
    rules: tuple[Rule, ...]


def space(rules: Sequence[Rule], matters: Sequence[str], fields: Sequence[str], channels: Sequence[str]) -> Space:
    """Return every value that facts can have in a dimension that matters to these rules."""
    used = dict.fromkeys(dimension for rule in rules for dimension in rule.when)
    known: dict[str, Sequence[str]] = {"matter": matters, "field": fields, "channel": channels, "customer": CUSTOMERS}
    for dimension in ("unit", "branch"):
        ids = {value for rule in rules for value in rule.when.get(dimension, ())} - {NAMED, NONE}
        known[dimension] = ("", ANOTHER, *sorted(ids))
    return {dimension: known.get(dimension, (NO, YES)) for dimension in used}


def cells(rules: Sequence[Rule], over: Space) -> tuple[Cell, ...]:
    """Return one cell for each set of rules that meets anywhere in the space."""
    found: dict[int, dict[str, str]] = {(1 << len(rules)) - 1: {}}
    for dimension, values in over.items():
        classes: dict[int, str] = {}
        for value in values:
            classes.setdefault(sum(1 << n for n, rule in enumerate(rules) if rule.takes(dimension, value)), value)
        met: dict[int, dict[str, str]] = {}
        for taking, example in found.items():
            for mask, value in classes.items():
                met.setdefault(taking & mask, {**example, dimension: value})
        found = met
    return tuple(
        Cell(example, tuple(rule for n, rule in enumerate(rules) if mask >> n & 1)) for mask, example in found.items()
    )


def faults(routing: Routing, owners: Space, supervisors: Space) -> tuple[str, ...]:
    """Say everything that is wrong with the rules, each with the rules' names and facts that show it."""
    owned, followed = cells(routing.owners, owners), cells(routing.supervisors, supervisors)
    return (
        *(_gap(cell.example, routing) for cell in owned if not cell.rules),
        *_clashes(owned),
        *_clashes(followed),
        *_vain(routing.owners, owned),
        *_vain(routing.supervisors, followed),
    )


def _gap(example: Mapping[str, str], routing: Routing) -> str:
    """Facts that nobody owns, and whoever would supervise them all the same."""
    over = [rule.id for rule in routing.supervisors if all(rule.takes(*pair) for pair in example.items())]
    more = f"; {', '.join(over)} would supervise what nobody owns" if over else ""
    return f"owners: no rule takes {_words(example)}{more}"


def _clashes(found: Sequence[Cell]) -> list[str]:
    """Two rules of one rank that would name two units for the same facts, where no earlier rank decides."""
    said: dict[tuple[str, str], str] = {}
    for example, rules in found:
        for other in rules[1:]:
            first = rules[0]
            if other.rank == first.rank and (other.unit, other.of) != (first.unit, first.of):
                words = f"{first.id} and {other.id}: both of rank {first.rank}, but two units for {_words(example)}"
                said.setdefault((first.id, other.id), words)
    return list(said.values())


def _vain(rules: Sequence[Rule], found: Sequence[Cell]) -> list[str]:
    """Rules that never decide."""
    said = []
    deciding = {cell.rules[0].id for cell in found if cell.rules}
    for rule in rules:
        if rule.id in deciding:
            continue
        before = {cell.rules[0].id: cell.example for cell in found if rule in cell.rules}
        shown = "; ".join(f"{name} comes first for {_words(example)}" for name, example in before.items())
        said.append(f"{rule.id}: never decides: {shown or 'no facts meet its conditions'}")
    return said


def _words(example: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={value or NONE}" for name, value in example.items()) or "anything"
