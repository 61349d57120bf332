"""Who owns a case and who supervises it, as data (R44–R58): rules in ranks, the first that takes the facts decides.

Owner and supervisor are two questions with rules of their own (R54): one handles and answers, the other follows and
urges. The rules stand in `<regulation>.routing.yaml`, read by routing_parsing.py, proved sound by routing_check.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NAMED, NONE = "named", "none"  # of `unit` and `branch`: whichever was named, or none was
YES, NO = "yes", "no"
SAYS, FLAG = "says.", "flag."  # before the name of a topic, of a doubt
CUSTOMERS = ("individual", "organisation")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a matter. Where its sender lives is not among it, and never will be (R55).

    `unit` and `branch` are what its words name, if they name one alone; `elsewhere`: they name an office of another
    province; `says` are topics of the routing file found in its words, `flags` the doubts of the rules of acceptance.
    """

    kind: str
    field: str
    channel: str
    about: str | None = None
    customer: str = CUSTOMERS[0]
    unit: str = ""
    branch: str = ""
    elsewhere: bool = False
    says: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()

    def value(self, dimension: str) -> str:
        """Return what the facts say in a dimension of the rules."""
        if dimension.startswith(SAYS):
            return YES if dimension.removeprefix(SAYS) in self.says else NO
        if dimension.startswith(FLAG):
            return YES if dimension.removeprefix(FLAG) in self.flags else NO
        if dimension == "elsewhere":
            return YES if self.elsewhere else NO
        return matter(self.kind, self.about) if dimension == "matter" else getattr(self, dimension)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a matter's words may speak of, and the words that show it."""

    label: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it takes, whom it names – a unit, or the one `of` the facts –, and what it rests on."""

    id: str
    article: str
    reason: str
    rank: int
    when: Mapping[str, frozenset[str]] = field(default_factory=dict)  # dimension → values; one that is not here is free
    unit: str = ""
    of: str = ""  # field, kind, unit, branch

    def takes(self, dimension: str, value: str) -> bool:
        """Tell whether a value of a dimension is one of the rule's."""
        wanted = self.when.get(dimension)
        return wanted is None or value in wanted or (NAMED if value else NONE) in wanted

    def misses(self, facts: Facts) -> tuple[str, ...]:
        """Name the dimensions in which the facts are not the rule's; none: it takes them."""
        return tuple(dimension for dimension in self.when if not self.takes(dimension, facts.value(dimension)))


@dataclass(frozen=True, slots=True)
class Routing:
    """The rules in order of rank, with what the regulation file says of fields and of kinds that go on at once."""

    owners: tuple[Rule, ...]
    supervisors: tuple[Rule, ...]
    topics: Mapping[str, Topic]
    places: tuple[str, ...]  # what the centre's own province is, and was, called
    provinces: tuple[str, ...]  # what all of them are and were called
    competent: Mapping[str, str]  # field → unit
    at_once: Mapping[str, str]  # matter → unit

    @property
    def supervising(self) -> tuple[str, ...]:
        """The units that supervise anything."""
        return tuple(dict.fromkeys(rule.unit for rule in self.supervisors))

    def named(self, rule: Rule, facts: Facts) -> str:
        """Return the unit that a rule names for these facts."""
        by = {
            "field": self.competent.get(facts.field, ""),
            "kind": self.at_once.get(facts.value("matter"), ""),
            "unit": facts.unit,
            "branch": facts.branch,
        }
        return by[rule.of] if rule.of else rule.unit


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Owner and supervisor (empty: none), each with the rule that says so."""

    owner: str
    rule: Rule | None
    supervisor: str = ""
    supervised_by: Rule | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a rule: it decides, or an earlier one does (`behind`), or the facts are not its own (`misses`)."""

    rule: Rule
    unit: str
    decides: bool
    behind: str = ""
    misses: tuple[str, ...] = ()


def matter(kind: str, about: str | None) -> str:
    """Write a kind, and what it is about, as one value: report.conduct."""
    return f"{kind}.{about}" if about else kind


def route(facts: Facts, routing: Routing) -> Suggestion:
    """Return who should own the case and who should supervise it; nobody supervises what is his own, or about him."""
    rule, above = (_first(rules, facts) for rules in (routing.owners, routing.supervisors))
    owner = routing.named(rule, facts) if rule else ""
    supervisor = routing.named(above, facts) if above else ""
    if supervisor in (owner, facts.unit):
        return Suggestion(owner, rule)
    return Suggestion(owner, rule, supervisor, above)


def supervisor_of(kind: str, about: str | None, field: str, channel: str, customer: str, routing: Routing) -> str:
    """Return who supervises such a case, or nobody: its words do not decide that."""
    facts = Facts(kind, field, channel, about, customer)
    found = _first(routing.supervisors, facts)
    return routing.named(found, facts) if found else ""


def explain(rules: tuple[Rule, ...], facts: Facts, routing: Routing) -> tuple[Verdict, ...]:
    """Say of every rule, in order, why it decides or does not."""
    first = _first(rules, facts)
    found = []
    for rule in rules:
        misses = rule.misses(facts)
        behind = first.id if first and rule is not first and not misses else ""
        found.append(Verdict(rule, "" if misses else routing.named(rule, facts), rule is first, behind, misses))
    return tuple(found)


def _first(rules: tuple[Rule, ...], facts: Facts) -> Rule | None:
    return next((rule for rule in rules if not rule.misses(facts)), None)
