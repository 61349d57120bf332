"""How long what is kept is kept, and how soon a sender's request or a breach is to be seen to: as data (R99, R100)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

RIGHTS = ("copy", "correction", "erasure", "restriction")
YEARS = ("cases", "petitions", "receptions", "surveys")
LIFETIMES = (
    "inbox",
    "agency_rejections",
    "unassigned_mails",
    "raw_mails",
    "waiting_uploads",
    "import_drafts",
    "learned",
    "dead_letters",
    "suppressed_addresses",
    "access_log",
    "rights_requests",
    "breaches",
    "logs",
)


@dataclass(frozen=True, slots=True)
class Years:
    """Counted from the end of the calendar year of completion; `source` is an article, or says whose setting it is."""

    years: int
    source: str


@dataclass(frozen=True, slots=True)
class Days:
    """Counted from the moment something is written."""

    days: int
    source: str


@dataclass(frozen=True, slots=True)
class Hours:
    """By the clock, not by working time."""

    hours: int
    source: str


@dataclass(frozen=True, slots=True)
class Breach:
    """The duty to tell the authority of a breach, and at how many hours before its end leadership is reminded."""

    hours: int
    source: str
    authority: str
    remind_before: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retention:
    """The whole file. `first_day`: before it there are no cases."""

    first_day: date
    cases: Years
    petitions: Years
    receptions: Years
    surveys: Years
    lifetimes: Mapping[str, Days]
    rights: Mapping[str, Hours]
    remind_of_rights: tuple[int, ...]
    breach: Breach
