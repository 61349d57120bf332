"""The case: one citizen's matter, from the first word to the last reply."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

NORMAL = "normal"  # the priority of a case that nobody gave one


class State(StrEnum):
    """Where a case stands; labels in Vietnamese are in the regulation file."""

    RECEIVED = "received"
    AWAITING_DETAILS = "awaiting_details"
    WITH_OFFICER = "with_officer"
    WITH_AGENCY = "with_agency"
    WITH_LEADERSHIP = "with_leadership"
    WITH_POST = "with_post"
    ANSWERED = "answered"
    REFUSED = "refused"
    CLOSED = "closed"


ENDED = frozenset({State.ANSWERED, State.CLOSED})  # answered: may be rated, published
DONE = frozenset({State.REFUSED, State.CLOSED})  # nothing more comes: the years of its keeping count


class Publication(StrEnum):
    """How far the answer is on its way to the public board (R70)."""

    NONE = "none"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


PHONED, NOT_REACHED, GIVEN_UP = "reached", "not_reached", "given_up"  # what a call to the sender came to
PHONE_THE_SENDER = "phone_the_sender"  # flag: a letter did not arrive, and nobody has heard from the sender since
FOUNDED, UNFOUNDED = "founded", "unfounded"  # verdicts on a conduct report
CHANGED, PROPOSED, GRANTED, DECLINED = "changed", "proposed", "granted", "declined"  # how far a reward has come
CONTACT, MATTER = "contact", "matter"  # parts of a case: the sender with all ways to find one; free texts and files
PARTS = (CONTACT, MATTER)
INPUT = "input"  # the duty of a unit that was asked for input (lấy ý kiến, R57)
SENDER_WROTE = "sender_wrote"  # flag: the sender wrote unasked, and no member of staff has done anything since


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a case (tệp đính kèm), as events tell of it; its name is personal data and kept apart.

    `size` in bytes and `sha256` (hex) are those of the file as it is kept. `sent` is the SHA-256 of what was sent,
    where a photo came with marks of place and device that were taken out.
    """

    id: str
    media_type: str
    size: int
    sha256: str
    sent: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """The one owner of a case at a time (một việc, một đầu mối; R18)."""

    role: str
    unit: str


@dataclass(frozen=True, slots=True)
class Mailed:
    """That words of the sender came by mail, and what there is to know of that mail beside them."""

    other_address: str = ""  # keyed hash of the address it came from, where that is not the sender's known one
    attachments: int = 0  # files in it: none is taken
    shortened: bool = False  # the words were more than a case keeps


@dataclass(frozen=True, slots=True)
class Stage:
    """A stretch of work with its own clock (R59–R61); minutes are working minutes."""

    name: str
    started_at: datetime
    minutes: float
    due_at: datetime
    first_due_at: datetime  # what was promised before any re-appointment
    binding: bool  # a limit of the regulation; otherwise a target of the centre, never "late"
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    step: int = 0  # next rung of the escalation ladder
    late_since: datetime | None = None
    accepted_at: datetime | None = None
    reminded: bool = False  # the holder was told that the sender has been silent for long
    calendar: int = 0  # version of the centre's calendar that `due_at` was computed with

    @property
    def paused(self) -> bool:
        """True while the clock waits for the sender."""
        return bool(self.pauses) and self.pauses[-1][1] is None


@dataclass(frozen=True, slots=True)
class LateMark:
    """A stage that ended its time unfinished (trễ hạn, Điều 9.2); never erased, at most corrected on the record.

    What its limit was reckoned from is kept, so that a day off announced too late can be proved against it.
    """

    stage: str
    unit: str
    since: datetime
    started_at: datetime | None = None
    minutes: float = 0
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    done_at: datetime | None = None  # when the stage ended at last
    corrected_at: datetime | None = None  # đính chính: it was not late by the calendar that is right


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit owes beside the stages: notice or substitution of a conduct report (R75), INPUT asked of it (R57)."""

    name: str
    unit: str
    due_at: datetime
    closed_at: datetime | None = None
    overdue: bool = False
    reminders: int = 0  # so often the leaders were reminded since
    number: str = ""  # of its document
    opened_at: datetime | None = None
    minutes: float = 0  # working minutes it was given
    calendar: int = 0  # version of the calendar that `due_at` was computed with
    withdrawn: bool = False  # closed because what it came with was taken back, or nobody asks any more
    remind_every: int = 0  # working minutes between reminders; 0: as of a conduct report
    article: str = ""  # it rests on, where it is not that of a conduct report


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A case as it stood when its holder forwarded it: so it stands again if that is taken back."""

    state: State
    holder: Holder
    stage: Stage
    agency: str | None
    has_result: bool
    units: tuple[str, ...]
    duties: int  # how many there were


@dataclass(frozen=True, slots=True)
class Case:
    """The fold of a case's events. `version` is the number of events so far."""

    code: str
    version: int
    kind: str
    about: str | None
    channel: str
    field: str
    sender_kind: str
    received_at: datetime
    state: State
    holder: Holder | None
    stage: Stage | None
    reachable: tuple[str, ...] = ()  # "email", "sms"
    flags: tuple[str, ...] = ()  # hints for a person, e.g. "language_doubtful"
    waiting_from: State | None = None  # where a case in awaiting_details returns to
    agency: str | None = None  # unit that answers for the matter
    office: str = ""  # whose officer gave it to that unit and passes its result on, where it is another
    units: tuple[str, ...] = ()  # every unit that has had the case
    late: tuple[LateMark, ...] = ()
    phone_since: datetime | None = None  # since when the sender is to be told by telephone
    phone_tries: int = 0  # calls since then that nobody answered
    appointment: datetime | None = None  # hẹn thời gian trả lời (Điều 8.1.c), hẹn lại (Điều 9.3)
    reappointed: int = 0  # of the case, so that a detour to another stage or unit buys no second one
    has_result: bool = False
    attachments: int = 0  # files that came with the answer
    actions: tuple[Duty, ...] = ()
    publication: Publication = Publication.NONE
    ended_at: datetime | None = None
    priority: str = NORMAL  # mức độ: how soon the centre wants it; the regulation's `priorities`
    written_back_at: datetime | None = None  # when the sender was last told what becomes of a mail
    rating: str = ""  # what the sender said of the last answer
    rated_criteria: Mapping[str, str] = dataclasses.field(default_factory=dict)  # and of single things about it
    rated_at: datetime | None = None  # for the first time
    verdict: str = ""  # on a conduct report: founded, unfounded; of its last answer
    merit: str = ""  # how far a reward for the sender has come: changed, proposed, granted, declined
    reopened: int = 0  # so often another answer was asked for
    reopened_at: datetime | None = None  # the last time
    supervisor: str = ""  # unit that follows the case and urges, and never decides (R54)
    handed_over: HandedOver | None = None  # while whoever it was forwarded to has done nothing
    held: bool = False  # leadership keeps it from being anonymised
    restricted: bool = False  # the sender wants nothing of it published
    erased: tuple[str, ...] = ()  # parts that are kept no more: "contact", "matter" (words and files)
    erased_at: datetime | None = None  # when it was anonymised, the last time

    @property
    def open(self) -> bool:
        """True while somebody owes work on the case."""
        return self.holder is not None

    @property
    def follow_up_at(self) -> datetime | None:
        """Since when, or until when at the earliest, somebody must see to something beside the case's own stage."""
        moments = [action.due_at for action in self.open_actions]
        return min(moments if self.phone_since is None else [*moments, self.phone_since], default=None)

    @property
    def open_actions(self) -> tuple[Duty, ...]:
        """Duties that nobody has closed yet."""
        return tuple(action for action in self.actions if action.closed_at is None)

    @property
    def inputs(self) -> tuple[Duty, ...]:
        """The requests for input among the duties, in their order: a request's id is its place from 1."""
        return tuple(action for action in self.actions if action.name == INPUT)

    @property
    def late_marks(self) -> tuple[LateMark, ...]:
        """The late marks that stand: those that leadership has not corrected."""
        return tuple(mark for mark in self.late if mark.corrected_at is None)

    @property
    def answers_late(self) -> bool:
        """True if an answer now would come late: a stage was, since the case was last opened again."""
        return any(self.reopened_at is None or mark.since > self.reopened_at for mark in self.late_marks)

    @property
    def protects_sender(self) -> bool:
        """True for a report about an official: the official's house learns what was said, not who said it."""
        return self.about == "conduct"

    def with_stage(self, **changes: object) -> Case:
        """Return the case with its running stage changed."""
        assert self.stage is not None
        return replace(self, stage=replace(self.stage, **changes))  # type: ignore[arg-type] # names are Stage's own
