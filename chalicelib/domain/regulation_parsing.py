"""Reads a regulation from the mapping of its file and names the entry that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from chalicelib.domain.regulation import (
    NORMAL,
    Collecting,
    Digests,
    EligibilityRule,
    Field,
    FileLimits,
    Kind,
    Limit,
    Offer,
    Priority,
    QuietHours,
    Regulation,
    Rung,
)
from chalicelib.domain.sms import Price
from chalicelib.domain.working_time import WorkingCalendar


class RegulationError(Exception):
    """The file is wrong; the message names the entry."""


STAGES = ("operator", "officer", "agency", "reply", "leadership", "post")
OUTCOMES = ("refuse", "await_details", "flag")
CONDITIONS = frozenset(
    {
        *("declared_petition", "anonymous", "contact_missing", "heading", "stamp", "phrases"),
        *("fewer_words_than", "language_doubtful"),
    }
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CURRENCIES = {"VND": "VND", "USD": "USD"}
AT_DUE = 100  # percent of the budget
PAUSING = ("awaiting_details",)
LETTERS = ("reminder", "overdue")
MOST_FILES = {"most": 20, "largest_mb": 50}  # a function looks at a file whole, in its memory and its seconds
RECIPIENTS = frozenset({"holder", "holder_leader", "centre_leadership", "supervisor"})


def from_mapping(data: Mapping[str, Any], calendar: Mapping[str, Any]) -> Regulation:
    """Build a regulation from the file's mapping; raises RegulationError naming the entry that is wrong."""
    known = {item.name for item in fields(Regulation)} - {"calendar", "changes"}
    _same("the file", set(_mapping("the file", data)), known)
    _same("stages", set(_mapping("stages", data["stages"])), set(STAGES))
    made = dict(data) | {
        "calendar": WorkingCalendar.from_mapping(calendar),
        "kinds": {name: _build(Kind, f"kinds.{name}", kind) for name, kind in _mapping("kinds", data["kinds"]).items()},
        "fields": {
            name: _build(Field, f"fields.{name}", item) for name, item in _mapping("fields", data["fields"]).items()
        },
        "stages": {name: _limit(f"stages.{name}", limit) for name, limit in data["stages"].items()},
        "priorities": _priorities(_mapping("priorities", data["priorities"])),
        "pauses": _pauses(_list("pauses", data["pauses"])),
        "ladder": _ladder(_list("ladder", data["ladder"])),
        "notices": _collecting(data["notices"]),
        "digests": _digests(_mapping("digests", data["digests"])),
        "sms_price": data["sms_price"] and _price(_mapping("sms_price", data["sms_price"])),
        "sms_quiet": _quiet(data["sms_quiet"]),
        "conduct_remind_every": _minutes("conduct_remind_every", data["conduct_remind_every"]),
        "phone_tries": _count("phone_tries", data["phone_tries"]),
        "attachments": _files(data["attachments"]),
        "dead_letters_stand": _minutes("dead_letters_stand", data["dead_letters_stand"]),
        "reply_links_live": _minutes("reply_links_live", data["reply_links_live"]),
        "eligibility": tuple(
            _rule(f"eligibility[{place}]", rule) for place, rule in enumerate(_list("eligibility", data["eligibility"]))
        ),
    }
    _same("conduct_symbols", set(made["conduct_symbols"]), set(made["conduct_actions"]))
    made["offers"] = _offers(_mapping("offers", data["offers"]), made["kinds"])
    return Regulation(**made)


def _build(kind: type[Any], where: str, data: Any) -> Any:
    entry = _mapping(where, data)
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
    except TypeError as error:
        raise RegulationError(f"{where}: {error}") from error


def _offers(data: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Offer]:
    made = {name: _build(Offer, f"offers.{name}", entry) for name, entry in data.items()}
    told = {f"{offer.kind}/{offer.about or ''}" for offer in made.values()}
    _same("offers", told, {f"{name}/{about}" for name, kind in kinds.items() for about in kind.about or ("",)})
    return made


def _limit(where: str, data: Any) -> Limit:
    limit: Limit = _build(Limit, where, data)
    if not isinstance(limit.minutes, int) or limit.minutes <= 0:
        raise RegulationError(f"{where}.minutes: {limit.minutes!r} is no number of working minutes")
    return limit


def _priorities(data: Mapping[str, Any]) -> dict[str, Priority]:
    found: dict[str, Priority] = {}
    for name, entry in data.items():
        where = f"priorities.{name}"
        priority: Priority = _build(Priority, where, entry)
        for stage, minutes in _mapping(f"{where}.minutes", priority.minutes).items():
            if stage not in STAGES or not isinstance(minutes, int) or minutes <= 0:
                raise RegulationError(f"{where}.minutes.{stage}: {minutes!r} is no number of minutes of a stage")
        found[name] = priority
    if NORMAL not in found or found[NORMAL].minutes:
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
    rung: Rung = _build(Rung, where, data)
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


def _collecting(data: Any) -> Collecting:
    made: Collecting = _build(Collecting, "notices", data)
    for name, least in (("gather", 0), ("every", 1)):
        minutes = getattr(made, name)
        if not isinstance(minutes, int) or minutes < least:
            raise RegulationError(f"notices.{name}: {minutes!r} is no number of minutes from {least} up")
    return made


def _digests(data: Mapping[str, Any]) -> Digests:
    try:
        at = datetime.strptime(data["at"], "%H:%M").time()  # noqa: DTZ007 the office's
        return Digests(at, WEEKDAYS.index(data["week_begins"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RegulationError(f'digests: {dict(data)} is not like {{at: "07:15", week_begins: monday}}') from error


def _price(data: Mapping[str, Any]) -> Price:
    try:
        amount = Decimal(data["amount"])  # a text: a number of YAML's would not be exact
        return Price(amount, CURRENCIES[data["currency"]], str(data["source"]), date.fromisoformat(data["as_of"]))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise RegulationError('sms_price: null, or amount ("640"), currency (VND, USD), source, as_of') from error


def _quiet(data: Any) -> QuietHours:
    try:
        start, end = (datetime.strptime(at, "%H:%M").time() for at in _list("sms_quiet", data))  # noqa: DTZ007 the office's
    except (TypeError, ValueError) as error:
        raise RegulationError(f'sms_quiet: {data!r} is no pair of times like ["21:00", "07:00"]') from error
    return QuietHours(start, end)


def _files(data: Any) -> FileLimits:
    made: FileLimits = _build(FileLimits, "attachments", data)
    for name, most in MOST_FILES.items():
        number = getattr(made, name)
        if type(number) is not int or not 0 < number <= most:
            raise RegulationError(f"attachments.{name}: {number!r} is no number from 1 to {most}")
    return made


def _minutes(where: str, data: Any) -> int:
    if type(data) is not int or data < 1:
        raise RegulationError(f"{where}: {data!r} is no number of working minutes")
    return data


def _count(where: str, data: Any) -> int:
    if type(data) is not int or data < 1:
        raise RegulationError(f"{where}: {data!r} is no number from 1 up")
    return data


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
