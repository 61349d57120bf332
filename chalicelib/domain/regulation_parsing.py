"""Reads a regulation from the mapping of its file and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from typing import Any

from chalicelib.domain import regulation_entries as entries
from chalicelib.domain.case import NORMAL
from chalicelib.domain.regulation import (
    EligibilityRule,
    Field,
    Kind,
    Limit,
    Offer,
    Priority,
    Regulation,
    Rung,
)
from chalicelib.domain.regulation_entries import RegulationError
from chalicelib.domain.working_time import WorkingCalendar

__all__ = ["CONDITIONS", "RegulationError", "from_mapping"]

STAGES = ("operator", "officer", "agency", "reply", "leadership", "post")
OUTCOMES = ("refuse", "await_details", "flag")
CONDITIONS = frozenset(
    {
        *("declared_petition", "anonymous", "contact_missing", "heading", "stamp", "phrases"),
        *("fewer_words_than", "language_doubtful"),
    }
)
AT_DUE = 100  # percent of the budget
PAUSING = ("awaiting_details",)
LETTERS = ("reminder", "overdue")
RECIPIENTS = frozenset({"holder", "holder_leader", "centre_leadership", "supervisor"})


def from_mapping(data: Mapping[str, Any], calendar: Mapping[str, Any]) -> Regulation:
    """Build a regulation from the file's mapping; raises RegulationError naming the entry that is wrong."""
    known = {item.name for item in fields(Regulation)} - {"calendar", "authority", "inputs", "changes"}
    entries.same("the file", set(entries.mapping("the file", data)), known)
    entries.same("stages", set(entries.mapping("stages", data["stages"])), set(STAGES))
    made = dict(data) | {
        "basis": _basis(entries.mapping("basis", data["basis"]), known | {"calendar"}),
        "calendar": WorkingCalendar.from_mapping(calendar),
        "kinds": {name: _kind(f"kinds.{name}", kind) for name, kind in entries.mapping("kinds", data["kinds"]).items()},
        "fields": {
            name: entries.build(Field, f"fields.{name}", item)
            for name, item in entries.mapping("fields", data["fields"]).items()
        },
        "stages": {name: _limit(f"stages.{name}", limit) for name, limit in data["stages"].items()},
        "priorities": _priorities(entries.mapping("priorities", data["priorities"])),
        "officers_serve_all": entries.truth("officers_serve_all", data["officers_serve_all"]),
        "pauses": _pauses(entries.sequence("pauses", data["pauses"])),
        "ladder": _ladder(entries.sequence("ladder", data["ladder"])),
        "notices": entries.collecting(data["notices"]),
        "digests": entries.digests(entries.mapping("digests", data["digests"])),
        "sms_price": data["sms_price"] and entries.price(entries.mapping("sms_price", data["sms_price"])),
        "sms_quiet": entries.quiet(data["sms_quiet"]),
        "conduct_remind_every": entries.minutes("conduct_remind_every", data["conduct_remind_every"]),
        "phone_tries": entries.count("phone_tries", data["phone_tries"]),
        "attachments": entries.files(data["attachments"]),
        "satisfaction": entries.satisfaction(data["satisfaction"]),
        "dead_letters_stand": entries.minutes("dead_letters_stand", data["dead_letters_stand"]),
        "reply_links_live": entries.minutes("reply_links_live", data["reply_links_live"]),
        "eligibility": tuple(
            _rule(f"eligibility[{place}]", rule)
            for place, rule in enumerate(entries.sequence("eligibility", data["eligibility"]))
        ),
    }
    entries.same("conduct_symbols", set(made["conduct_symbols"]), set(made["conduct_actions"]))
    made["offers"] = _offers(data["offers"], made["kinds"])
    return Regulation(**made)


def _basis(words: Mapping[str, Any], sections: set[str]) -> Mapping[str, str]:
    for section, text in words.items():
        if section not in sections or not isinstance(text, str):
            raise RegulationError(f"basis.{section}: {text!r} are no words about a section of the file")
    return words


def _each(kind: type[Any], section: str, data: Any) -> dict[str, Any]:
    found = entries.mapping(section, data)
    return {name: entries.build(kind, f"{section}.{name}", item) for name, item in found.items()}


def _offers(data: Any, kinds: Mapping[str, Kind]) -> dict[str, Offer]:
    made: dict[str, Offer] = _each(Offer, "offers", data)
    told = {f"{offer.kind}/{offer.about or ''}" for offer in made.values()}
    entries.same("offers", told, {f"{name}/{about}" for name, kind in kinds.items() for about in kind.about or ("",)})
    return made


def _kind(where: str, data: Any) -> Kind:
    kind: Kind = entries.build(Kind, where, data)
    if isinstance(kind.sent_at_once_to, Mapping):
        entries.same(f"{where}.sent_at_once_to", set(kind.sent_at_once_to), set(kind.about))
    return kind


def _limit(where: str, data: Any) -> Limit:
    limit: Limit = entries.build(Limit, where, data)
    if not isinstance(limit.minutes, int) or limit.minutes <= 0:
        raise RegulationError(f"{where}.minutes: {limit.minutes!r} is no number of working minutes")
    return limit


def _priorities(data: Mapping[str, Any]) -> dict[str, Priority]:
    found: dict[str, Priority] = {}
    for name, entry in data.items():
        where = f"priorities.{name}"
        priority: Priority = entries.build(Priority, where, entry)
        for stage, minutes in entries.mapping(f"{where}.minutes", priority.minutes).items():
            if stage not in STAGES or not isinstance(minutes, int) or minutes <= 0:
                raise RegulationError(f"{where}.minutes.{stage}: {minutes!r} is no number of minutes of a stage")
        if priority.handled_in is not None:
            entries.minutes(f"{where}.handled_in", priority.handled_in)
        found[name] = priority
    if NORMAL not in found or found[NORMAL].minutes or found[NORMAL].handled_in:
        raise RegulationError(f"priorities.{NORMAL}: must be there, with the stages' own minutes")
    return found


def _pauses(states: Sequence[Any]) -> tuple[str, ...]:
    if unknown := [state for state in states if state not in PAUSING]:
        raise RegulationError(f"pauses: in {unknown[0]!r} no clock can stand still; only in {', '.join(PAUSING)}")
    return tuple(states)


def _ladder(rungs: Sequence[Any]) -> tuple[Rung, ...]:
    ladder = tuple(_rung(f"ladder[{place}]", rung) for place, rung in enumerate(rungs))
    for place, (lower, higher) in enumerate(pairwise(ladder), 1):
        if _height(higher) < _height(lower) or _reached_before(lower, higher):
            raise RegulationError(f"ladder[{place}]: would be reached before ladder[{place - 1}]")
    return ladder


def _height(rung: Rung) -> int:
    """Tell rungs before, at and after the due time apart; how percent and minutes before compare is the budget's."""
    if rung.minutes_after is not None:
        return 2
    return 1 if rung.percent == AT_DUE else 0


def _reached_before(lower: Rung, higher: Rung) -> bool:
    return any(
        (
            None not in (lower.percent, higher.percent) and higher.percent <= lower.percent,  # type: ignore[operator] # neither is None
            None not in (lower.minutes_after, higher.minutes_after) and higher.minutes_after <= lower.minutes_after,  # type: ignore[operator] # same
            None not in (lower.minutes_before, higher.minutes_before) and higher.minutes_before >= lower.minutes_before,  # type: ignore[operator] # same
        )
    )


def _rung(where: str, data: Any) -> Rung:
    rung: Rung = entries.build(Rung, where, data)
    given = [when for when in (rung.percent, rung.minutes_before, rung.minutes_after) if when is not None]
    if len(given) != 1:
        raise RegulationError(f"{where}: give one of percent, minutes_before, minutes_after")
    if rung.percent is not None and not 0 < rung.percent <= AT_DUE:
        raise RegulationError(f"{where}.percent: {rung.percent} is not between 1 and {AT_DUE}")
    if not set(rung.to) <= RECIPIENTS:
        raise RegulationError(f"{where}.to: {set(rung.to) - RECIPIENTS} is nobody")
    if rung.letter not in LETTERS:
        raise RegulationError(f"{where}.letter: {rung.letter!r} is none of {LETTERS}")
    return rung


def _rule(where: str, data: Any) -> EligibilityRule:
    where = f"eligibility.{entries.mapping(where, data).get('id')}"
    rule: EligibilityRule = entries.build(EligibilityRule, where, data)
    if rule.outcome not in OUTCOMES:
        raise RegulationError(f"{where}.outcome: {rule.outcome!r} is none of {OUTCOMES}")
    if rule.outcome == "refuse" and not (rule.reason and rule.guidance):
        raise RegulationError(f"{where}: a refusal needs a reason and guidance (R39)")
    conditions = set(entries.mapping(f"{where}.when", rule.when))
    if not conditions or not conditions <= CONDITIONS:
        raise RegulationError(f"{where}.when: {conditions - CONDITIONS} are no conditions")
    return rule
