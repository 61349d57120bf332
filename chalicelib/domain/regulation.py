"""A regulation (quy chế) as data: what differs from one centre to another. Read by regulation_parsing.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from chalicelib.domain.authority import Authority
from chalicelib.domain.case import INPUT, NORMAL
from chalicelib.domain.stages import HANDLING
from chalicelib.domain.working_time import WorkingCalendar

if TYPE_CHECKING:
    from chalicelib.domain.centre_calendar import Change
    from chalicelib.domain.input_rules import InputRules
    from chalicelib.domain.sms import Price


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of content (Điều 4): label for people, article, the unit that gets it at once if any.

    Where what it is about decides which unit that is, `sent_at_once_to` names one for each.
    """

    label: str
    article: str
    about: tuple[str, ...] = ()  # sub-kinds the sender or operator must tell apart
    sent_at_once_to: str | Mapping[str, str] | None = None

    def at_once(self, about: str | None) -> str | None:
        """Return the unit that a matter of this kind goes to at once."""
        to = self.sent_at_once_to
        return to.get(about or "") if isinstance(to, Mapping) else to


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice on the send page: a kind, and what a report is about, in plain words with an example."""

    kind: str
    label: str
    means: str
    example: str
    about: str | None = None


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
class Priority:
    """How soon the centre wants a case (mức độ): working minutes where a stage's differ from the ordinary.

    `handled_in` binds: so many from when the operators handed it on until it is answered, whoever has it meanwhile.
    """

    label: str
    minutes: Mapping[str, int] = field(default_factory=dict)
    handled_in: int | None = None
    article: str = ""  # that of `handled_in`


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the escalation ladder: at a percentage of the budget, or minutes before or after the due time."""

    to: tuple[str, ...]  # holder, holder_leader, centre_leadership, supervisor
    percent: int | None = None
    minutes_before: int | None = None
    minutes_after: int | None = None
    letter: str = "reminder"  # for stages with a binding limit; the others are always only reminded


@dataclass(frozen=True, slots=True)
class Collecting:
    """How reminders are collected into one mail: minutes that the first waits for others, and between two mails."""

    gather: int
    every: int


@dataclass(frozen=True, slots=True)
class Digests:
    """When the morning's mails go out, by the office's clock, and the weekday a week begins with (Monday is 0)."""

    at: time
    week_begins: int


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Hours of every day in which no SMS is sent, by the office's clock; over midnight where `start` is later."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Tell whether it is quiet; at `start` it is, at `end` no more."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How answers are rated: the scale with its words, which step lets a case be opened again, how often, how long."""

    scale: Mapping[str, str]
    reopens: str
    window: int  # working minutes from the answer
    reopenings: int
    criteria: Mapping[str, str] = field(default_factory=dict)  # single things that are rated by the same scale


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How many files may come with one message, and how large one may be, in MB (of a million bytes)."""

    most: int
    largest_mb: int

    @property
    def largest_bytes(self) -> int:
        """The same in bytes."""
        return self.largest_mb * 1_000_000


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
    basis: Mapping[str, str]  # section → what it rests on, in words; one that is not here is a setting of the centre
    centre: Mapping[str, str]  # name, short_name, hotline, web, email, address
    calendar: WorkingCalendar
    operators: str  # unit id
    leadership: str  # unit id
    supervisor: str  # unit id
    channels: Mapping[str, str]
    kinds: Mapping[str, Kind]
    about: Mapping[str, str]
    offers: Mapping[str, Offer]  # what a sender chooses from
    fields: Mapping[str, Field]
    states: Mapping[str, str]
    actions: Mapping[str, str]
    stages: Mapping[str, Limit]
    priorities: Mapping[str, Priority]
    officers_serve_all: bool  # officers may give a case to any agency's people, not only to those of their own
    pauses: tuple[str, ...]  # states in which the clock of the stage stands still
    ladder: tuple[Rung, ...]
    notices: Collecting
    digests: Digests
    sms_quiet: QuietHours
    attachments: FileLimits
    satisfaction: Satisfaction
    sms_price: Price | None  # what a part of an SMS costs the centre, where that is known
    eligibility: tuple[EligibilityRule, ...]
    details: Mapping[str, str]  # what may be missing → the words to ask for it
    articles: Mapping[str, str]  # event type → article
    reappointments: int
    conduct_actions: Mapping[str, int]  # action → working minutes
    conduct_symbols: Mapping[str, str]  # action → what its document's number bears
    conduct_remind_every: int  # working minutes between reminders of one that is overdue
    remind_waiting_after: int
    close_after: int
    phone_tries: int  # calls that nobody answers until a sender is given up
    dead_letters_stand: int  # working minutes until an alarm rings
    reply_links_live: int  # working minutes past the due time in which the link in an agency's mail is still good
    authority: Authority = field(default_factory=Authority)  # who decides what: a file of its own, authority_parsing.py
    inputs: InputRules | None = None  # asking other units inside a case; None: this centre does not
    changes: tuple[Change, ...] = ()  # of the calendar, made at run time (centre_calendar.under)

    @property
    def calendar_version(self) -> int:
        """The number of the last change of the calendar; 0 when there is none."""
        return self.changes[-1].number if self.changes else 0

    def limit(self, stage: str, priority: str = NORMAL) -> Limit:
        """Return a stage's budget for a priority; one the file no longer knows is ordinary."""
        ordinary, wanted = self.stages[stage], self.priorities.get(priority)
        if wanted and wanted.handled_in and stage in HANDLING:
            return replace(ordinary, minutes=wanted.handled_in, binding=True, article=wanted.article)
        minutes = wanted.minutes.get(stage) if wanted else None
        return ordinary if minutes is None else replace(ordinary, minutes=minutes)

    def handled_in(self, priority: str) -> int | None:
        """Return the working minutes that a priority gives the handling as a whole, if it does."""
        wanted = self.priorities.get(priority)
        return wanted.handled_in if wanted else None

    def duty_label(self, name: str) -> str:
        """Return what a duty is called."""
        return self.inputs.label if name == INPUT and self.inputs else self.actions[name]

    def quiet(self, now: datetime) -> bool:
        """Tell whether no SMS may go out now."""
        return self.sms_quiet.covers(now.astimezone(self.calendar.zone).time())

    def article(self, event: str, own: str = "") -> str:
        """Return the article an event rests on."""
        return own or self.articles.get(event, "")
