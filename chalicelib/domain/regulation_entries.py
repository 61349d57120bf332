"""Reads single entries of a regulation file: numbers, times, and the small sections that are settings of the centre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.domain.regulation import Collecting, Digests, FileLimits, QuietHours, Satisfaction
from chalicelib.domain.sms import Price

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
CURRENCIES = {"VND": "VND", "USD": "USD"}
MOST_FILES = {"most": 20, "largest_mb": 50}  # a function looks at a file whole, in its memory and its seconds


class RegulationError(Exception):
    """The file is wrong; the message names the entry."""


def collecting(data: Any) -> Collecting:
    """Read how reminders are collected."""
    made: Collecting = build(Collecting, "notices", data)
    for name, least in (("gather", 0), ("every", 1)):
        minutes = getattr(made, name)
        if not isinstance(minutes, int) or minutes < least:
            raise RegulationError(f"notices.{name}: {minutes!r} is no number of minutes from {least} up")
    return made


def digests(data: Mapping[str, Any]) -> Digests:
    """Read when the morning's mails go out."""
    try:
        at = datetime.strptime(data["at"], "%H:%M").time()  # noqa: DTZ007 the office's
        return Digests(at, WEEKDAYS.index(data["week_begins"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RegulationError(f'digests: {dict(data)} is not like {{at: "07:15", week_begins: monday}}') from error


def price(data: Mapping[str, Any]) -> Price:
    """Read what a part of an SMS costs."""
    try:
        amount = Decimal(data["amount"])  # a text: a number of YAML's would not be exact
        return Price(amount, CURRENCIES[data["currency"]], str(data["source"]), date.fromisoformat(data["as_of"]))
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise RegulationError('sms_price: null, or amount ("640"), currency (VND, USD), source, as_of') from error


def quiet(data: Any) -> QuietHours:
    """Read the hours without SMS."""
    try:
        start, end = (datetime.strptime(at, "%H:%M").time() for at in sequence("sms_quiet", data))  # noqa: DTZ007 the office's
    except (TypeError, ValueError) as error:
        raise RegulationError(f'sms_quiet: {data!r} is no pair of times like ["21:00", "07:00"]') from error
    return QuietHours(start, end)


def files(data: Any) -> FileLimits:
    """Read the limits of files."""
    made: FileLimits = build(FileLimits, "attachments", data)
    for name, most in MOST_FILES.items():
        number = getattr(made, name)
        if type(number) is not int or not 0 < number <= most:
            raise RegulationError(f"attachments.{name}: {number!r} is no number from 1 to {most}")
    return made


MOST_CRITERIA = 6  # so many more choices beside the one that counts are put to people


def satisfaction(data: Any) -> Satisfaction:
    """Read how answers are rated."""
    made: Satisfaction = build(Satisfaction, "satisfaction", data)
    if made.reopens not in mapping("satisfaction.scale", made.scale):
        raise RegulationError(f"satisfaction.reopens: {made.reopens!r} is no step of the scale")
    if made.criteria and len(mapping("satisfaction.criteria", made.criteria)) > MOST_CRITERIA:
        raise RegulationError(f"satisfaction.criteria: more than {MOST_CRITERIA}")
    minutes("satisfaction.window", made.window)
    count("satisfaction.reopenings", made.reopenings, least=0)
    return made


def minutes(where: str, data: Any) -> int:
    """Read a number of working minutes."""
    if type(data) is not int or data < 1:
        raise RegulationError(f"{where}: {data!r} is no number of working minutes")
    return data


def count(where: str, data: Any, least: int = 1) -> int:
    """Read a whole number from `least` up."""
    if type(data) is not int or data < least:
        raise RegulationError(f"{where}: {data!r} is no number from {least} up")
    return data


def truth(where: str, data: Any) -> bool:
    """Read a yes or no."""
    if not isinstance(data, bool):
        raise RegulationError(f"{where}: {data!r} is neither true nor false")
    return data


def build(kind: type[Any], where: str, data: Any) -> Any:
    """Make a value of a mapping whose keys are its fields; lists become tuples."""
    entry = mapping(where, data)
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})
    except TypeError as error:
        raise RegulationError(f"{where}: {error}") from error


def mapping(where: str, data: Any) -> Mapping[str, Any]:
    """Require a mapping."""
    if not isinstance(data, Mapping):
        raise RegulationError(f"{where}: {data!r} is no mapping")
    return data


def sequence(where: str, data: Any) -> list[Any]:
    """Require a list."""
    if not isinstance(data, list):
        raise RegulationError(f"{where}: {data!r} is no list")
    return data


def same(where: str, given: set[str], wanted: set[str]) -> None:
    """Require the names that are wanted, no fewer and no more."""
    if given != wanted:
        raise RegulationError(f"{where}: missing {sorted(wanted - given)}, unknown {sorted(given - wanted)}")
