"""A regulation (quy chế) as data: what differs from one centre to another. Read from chalicelib/regulations/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from chalicelib.domain.working_time import WorkingCalendar


class RegulationError(Exception):
    """The file is wrong; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content (Điều 4): label for people, article, unit that gets it at once if any."""

    label: str
    article: str
    about: tuple[str, ...] = ()  # sub-kinds the sender or operator must tell apart
    sent_at_once_to: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field (lĩnh vực) and the unit competent for it (Điều 7.3)."""

    label: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Limit:
    """Working minutes for a stage; `binding` when an article sets them, else a target of the centre."""

    minutes: int
    binding: bool
    article: str
    label: str


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the escalation ladder: at a percentage of the budget, or minutes after the due time."""

    to: tuple[str, ...]  # holder, holder_leader, centre_leadership, supervisor
    percent: int | None = None
    minutes_after: int | None = None
    letter: str = "reminder"  # for stages with a binding limit; the others are always only reminded


@dataclass(frozen=True, slots=True)
class EligibilityRule:
    """One rule of acceptance; the first `refuse` that matches decides (Điều 4, 6)."""

    id: str
    article: str
    outcome: str  # refuse, await_details, flag
    when: Mapping[str, Any]
    reason: str = ""
    guidance: str = ""
    keep_text: bool = True


@dataclass(frozen=True, slots=True)
class Regulation:
    """The whole of it. Minutes are working minutes of `calendar`."""

    id: str
    title: str
    centre: Mapping[str, str]  # name, short_name, hotline, web, email, address
    calendar: WorkingCalendar
    operators: str  # unit id
    leadership: str  # unit id
    supervisor: str  # unit id
    channels: Mapping[str, str]
    kinds: Mapping[str, Kind]
    about: Mapping[str, str]
    fields: Mapping[str, Field]
    states: Mapping[str, str]
    actions: Mapping[str, str]
    stages: Mapping[str, Limit]
    ladder: tuple[Rung, ...]
    eligibility: tuple[EligibilityRule, ...]
    details: Mapping[str, str]  # what may be missing → the words to ask for it
    articles: Mapping[str, str]  # event type → article
    reappointments: int
    conduct_actions: Mapping[str, int]  # action → working minutes
    remind_waiting_after: int
    close_after: int

    def article(self, event: str, own: str = "") -> str:
        """Return the article an event rests on."""
        return own or self.articles.get(event, "")


STAGES = ("operator", "officer", "agency", "reply", "leadership", "post")
OUTCOMES = ("refuse", "await_details", "flag")
CONDITIONS = frozenset(
    {
        *("declared_petition", "anonymous", "contact_missing", "heading", "stamp", "phrases"),
        *("fewer_words_than", "language_doubtful"),
    }
)
LETTERS = ("reminder", "overdue")
RECIPIENTS = frozenset({"holder", "holder_leader", "centre_leadership", "supervisor"})


def from_mapping(data: Mapping[str, Any], calendar: Mapping[str, Any]) -> Regulation:
    """Build a regulation from the file's mapping; raises RegulationError naming the entry that is wrong."""
    known = {item.name for item in fields(Regulation)} - {"calendar"}
    _same("the file", set(_mapping("the file", data)), known)
    _same("stages", set(_mapping("stages", data["stages"])), set(STAGES))
    made = dict(data) | {
        "calendar": WorkingCalendar.from_mapping(calendar),
        "kinds": {name: _build(Kind, f"kinds.{name}", kind) for name, kind in _mapping("kinds", data["kinds"]).items()},
        "fields": {
            name: _build(Field, f"fields.{name}", item) for name, item in _mapping("fields", data["fields"]).items()
        },
        "stages": {name: _limit(f"stages.{name}", limit) for name, limit in data["stages"].items()},
        "ladder": _ladder(_list("ladder", data["ladder"])),
        "eligibility": tuple(
            _rule(f"eligibility[{place}]", rule) for place, rule in enumerate(_list("eligibility", data["eligibility"]))
        ),
    }
    return Regulation(**made)


def _build(kind: type[Any], where: str, data: Any) -> Any:
    entry = _mapping(where, data)
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
    except TypeError as error:
        raise RegulationError(f"{where}: {error}") from error


def _limit(where: str, data: Any) -> Limit:
    limit: Limit = _build(Limit, where, data)
    if not isinstance(limit.minutes, int) or limit.minutes <= 0:
        raise RegulationError(f"{where}.minutes: {limit.minutes!r} is no number of working minutes")
    return limit


def _ladder(rungs: Sequence[Any]) -> tuple[Rung, ...]:
    ladder = tuple(_rung(f"ladder[{place}]", rung) for place, rung in enumerate(rungs))
    heights = [(rung.percent is None, rung.percent or rung.minutes_after or 0) for rung in ladder]
    for place, (lower, higher) in enumerate(pairwise(heights), 1):
        if higher <= lower:
            raise RegulationError(f"ladder[{place}]: would be reached before ladder[{place - 1}]")
    return ladder


def _rung(where: str, data: Any) -> Rung:
    rung: Rung = _build(Rung, where, data)
    if (rung.percent is None) == (rung.minutes_after is None):
        raise RegulationError(f"{where}: give either percent or minutes_after")
    if not set(rung.to) <= RECIPIENTS:
        raise RegulationError(f"{where}.to: {set(rung.to) - RECIPIENTS} is nobody")
    if rung.letter not in LETTERS:
        raise RegulationError(f"{where}.letter: {rung.letter!r} is none of {LETTERS}")
    return rung


def _rule(where: str, data: Any) -> EligibilityRule:
    where = f"eligibility.{_mapping(where, data).get('id')}"
    rule: EligibilityRule = _build(EligibilityRule, where, data)
    if rule.outcome not in OUTCOMES:
        raise RegulationError(f"{where}.outcome: {rule.outcome!r} is none of {OUTCOMES}")
    if rule.outcome == "refuse" and not (rule.reason and rule.guidance):
        raise RegulationError(f"{where}: a refusal needs a reason and guidance (R39)")
    conditions = set(_mapping(f"{where}.when", rule.when))
    if not conditions or not conditions <= CONDITIONS:
        raise RegulationError(f"{where}.when: {conditions - CONDITIONS} are no conditions")
    return rule


def _mapping(where: str, data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise RegulationError(f"{where}: {data!r} is no mapping")
    return data


def _list(where: str, data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise RegulationError(f"{where}: {data!r} is no list")
    return data


def _same(where: str, given: set[str], wanted: set[str]) -> None:
    if given != wanted:
        raise RegulationError(f"{where}: missing {sorted(wanted - given)}, unknown {sorted(given - wanted)}")
