"""A round: a case from its reception, or from its being opened again, to its end. Reports count rounds.

So what was carried over and what came in is exactly what was answered, refused and is open, whatever is opened again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from sys import intern
from zoneinfo import ZoneInfo

from chalicelib.domain import stages
from chalicelib.domain.case import Case

RECEIVED, REOPENED, CARRIED, PAST = "received", "reopened", "carried", "past"
OPEN, ANSWERED, REFUSED = "open", "answered", "refused"
EARLY, ON_TIME, LATE, IN_TIME = "early", "on_time", "late", "in_time"


@dataclass(slots=True)
class Mark:
    """A late mark of a stage (trễ hạn, Điều 9.2); `counted` where it was made in the period."""

    unit: str
    stage: str
    since: datetime
    counted: bool
    corrected: bool = False


@dataclass(slots=True)
class Round:
    """What a report knows of a round at the end of its period; no text, no sender.

    `seq` and `chain` are number and hash of the case's last event that was taken into account; `later` those of events
    after the period that corrected or judged what lies in it. `origin` says how it came into the period; one that had
    ended before is there only for what was said or done of it since. `timing` of an open one is as at the end.
    """

    code: str
    number: int
    origin: str
    began_at: datetime
    channel: str
    sender: str
    about: str
    seq: int = 0
    chain: str = ""
    kind: str = ""
    field: str = ""
    unit: str = ""
    officer: str = ""
    outcome: str = OPEN
    ended_at: datetime | None = None
    timing: str = IN_TIME
    told_late: bool = False  # what was true when it was answered, whatever was corrected since
    reason: str = ""  # the rule it was refused by
    prolonged: bool = False
    rating: str = ""  # given in the period
    marks: tuple[Mark, ...] = ()
    deeds: tuple[str, ...] = ()  # in the period, as often as they were done: "published", "notice.opened" …
    accused: tuple[str, ...] = ()  # units whose official a conduct report is about
    verdict: str = ""  # on a conduct report: founded, unfounded
    later: tuple[tuple[int, str], ...] = ()

    def did(self, deed: str) -> None:
        """Count something done in the period."""
        self.deeds += (deed,)

    def carried(self, *, still_open: bool) -> None:
        """Begin the period: what was done before it is not counted in it."""
        self.origin = CARRIED if still_open else PAST
        self.rating, self.deeds = "", ()
        for mark in self.marks:
            mark.counted = False
        if not still_open:
            self.outcome, self.timing, self.reason, self.told_late = "", "", "", False

    @property
    def flows(self) -> bool:
        """True for a round that was open in the period, for however long."""
        return self.origin != PAST

    @property
    def told_of(self) -> bool:
        """True for a round that a report speaks of."""
        return self.flows or bool(self.rating or self.deeds)

    @property
    def late_marks(self) -> int:
        """How many late marks of it stand."""
        return sum(not mark.corrected for mark in self.marks)


def begun(case: Case, origin: str) -> Round:
    """Return the round that a case is in."""
    return Round(
        code=case.code,
        number=case.reopened + 1,
        origin=origin,
        began_at=case.reopened_at or case.received_at,
        channel=intern(case.channel),
        sender=intern(case.sender_kind),
        about=case.about or "",
        kind=case.kind,
        field=case.field,
    )


def answered_in(case: Case, at: datetime, *, late: bool, zone: ZoneInfo) -> str:
    """Judge an answer: late; else early where it came on a day before the one it was due, else on time.

    Due is what was promised to the sender, where something was, else the end of the stage it was answered from.
    """
    if late:
        return LATE
    due = case.appointment or (case.stage.due_at if case.stage else at)
    return EARLY if _day(at, zone) < _day(due, zone) else ON_TIME


def open_at(case: Case, at: datetime) -> str:
    """Judge what is open: late with a late mark that stands, or a limit that has passed this moment."""
    passed = case.stage is not None and case.stage.binding and stages.passed(case.stage, at)
    return LATE if case.answers_late or passed else IN_TIME


def _day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
