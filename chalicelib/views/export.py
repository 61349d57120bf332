"""The export: everything that happened to the cases received in a period, without texts or personal data.

One line is one event and stands by itself; docs/replay.md describes the format for those who read it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta, Struct

from chalicelib.domain.case import Holder, Stage
from chalicelib.domain.errors import InvalidError

if TYPE_CHECKING:
    from chalicelib.domain.events import Event, Recorded
    from chalicelib.ports import Deps

VERSION: Final = 1
SETTLED = timedelta(minutes=2)  # what is younger may still be being written: a page read again must be the same page
REACH = timedelta(days=31)  # days a page looks at where nothing came in, so that it answers in good time
TICK = timedelta(milliseconds=1)  # to which the store keeps the time of events
LARGEST_PAGE = 500  # events; at most one query each, and half a megabyte
MOST_PAUSES = 10_000  # in the stages of a page, half a megabyte more: each event tells all its stage has had
LONGEST_PERIOD = timedelta(days=366)
Moment = Annotated[datetime, Meta(tz=True)]


class HolderFacts(Struct, frozen=True, gc=False):
    """Who has the case: role and unit, no person."""

    role: str
    unit: str


class StageFacts(Struct, frozen=True, omit_defaults=True, gc=False):
    """The clock of a stage after the event; minutes are working minutes, an open pause ends with null."""

    name: str
    started_at: Moment
    minutes: float
    due_at: Moment
    first_due_at: Moment
    binding: bool
    pauses: list[tuple[Moment, Moment | None]] = []

    @property
    def paused(self) -> bool:
        """True while the clock waits for the sender."""
        return bool(self.pauses) and self.pauses[-1][1] is None


class Line(Struct, frozen=True, omit_defaults=True, gc=False):
    """Một sự kiện của một hồ sơ; không có nội dung, không có dữ liệu cá nhân.

    `as_of`: mọi sự kiện đến lúc này đều có trong dữ liệu xuất.
    """

    v: Literal[1]
    code: str
    seq: int
    at: Moment
    as_of: Moment
    type: str
    role: str
    before: str | None
    after: str
    kind: str
    field: str
    unit: str
    priority: str = ""  # where the event sets it
    holder: HolderFacts | None = None
    stage: StageFacts | None = None
    stage_name: str = ""  # of MarkedLate, LateCorrected and Escalated, which name one
    since: Moment | None = None
    due_at: Moment | None = None
    old_due: Moment | None = None
    new_due: Moment | None = None
    channel: str = ""  # of Received
    promised: Moment | None = None  # the time told to the sender, where the event tells or moves it
    action: str = ""
    changes: list[int] = []  # of the calendar, by number


class Export(Struct, frozen=True):
    """Một trang dữ liệu xuất; trang có thể trống mà vẫn còn trang sau, `cursor` trống là hết."""

    events: tuple[Line, ...]
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """How far an export has come: the event after `seq` of the case `code`, received at `at`, is next."""

    as_of: datetime
    at: datetime
    code: str = ""
    seq: int = 0

    def __str__(self) -> str:
        return f"{_written(self.as_of)}_{_written(self.at)}_{self.code}_{self.seq}"


def export(first: date, last: date, cursor: str, limit: int, deps: Deps) -> Export:
    """Return a page of what happened to the cases received on these local days, by time of reception.

    The first page sets the moment up to which events are told, and the cursor keeps it: pages of one export fit
    together and a page asked for twice is the same. Raises InvalidError.
    """
    start, end = _period(first, last, deps)
    newest = _whole(deps.clock.now() - SETTLED)
    place = _place(cursor, start, end, newest) if cursor else Place(newest, start)
    end = min(end, place.as_of + TICK)
    reach = min(end, place.at + REACH)
    told: list[Line] = []
    pauses = 0
    for at, recorded in _events(place, reach, deps):
        told.append(line(recorded, place.as_of))
        pauses += len(told[-1].stage.pauses) if told[-1].stage else 0
        if len(told) == limit or pauses >= MOST_PAUSES:
            return Export(tuple(told), str(Place(place.as_of, at, recorded.code, recorded.seq)))
    return Export(tuple(told), str(Place(place.as_of, reach)) if reach < end else "")


def line(recorded: Recorded, as_of: datetime) -> Line:
    """Return what is told of an event: an allow-list, so that a new field is told only on purpose."""
    event, stage = recorded.event, getattr(recorded.event, "stage", None)
    holder, clock = getattr(event, "holder", None), getattr(event, "running", stage)
    plain = {name: getattr(event, name, None) for name in ("since", "due_at", "old_due", "new_due")}
    return Line(
        v=VERSION,
        code=recorded.code,
        seq=recorded.seq,
        at=recorded.at,
        as_of=as_of,
        type=type(event).__name__,
        role=recorded.actor.role,
        before=recorded.before,
        after=recorded.after,
        kind=recorded.kind,
        field=recorded.field,
        unit=recorded.unit,
        priority=getattr(event, "priority", ""),
        holder=_holder(holder) if holder else None,
        stage=_stage(clock) if isinstance(clock, Stage) else None,
        stage_name=stage if isinstance(stage, str) else "",
        channel=getattr(event, "channel", ""),
        promised=_promised(event),
        action=getattr(event, "action", ""),
        changes=[*getattr(event, "changes", ())],
        **plain,
    )


def _promised(event: Event) -> datetime | None:
    """Return the time that an event promises: Appointed says it as `at`, Reappointed as `new_due`."""
    kind = type(event).__name__
    name = {"Appointed": "at", "Reappointed": "new_due", "DeadlineMoved": "appointment"}.get(kind, "")
    return getattr(event, name, None)


def _events(place: Place, end: datetime, deps: Deps) -> Iterator[tuple[datetime, Recorded]]:
    for at, code in deps.lists.received_between(place.at, end, code=place.code) if place.at < end else ():
        after = place.seq if code == place.code else 0
        for recorded in takewhile(lambda one: one.at <= place.as_of, deps.cases.history(code, after=after)):
            yield at, recorded


def _period(first: date, last: date, deps: Deps) -> tuple[datetime, datetime]:
    """Return the first moment of the period and the one after its last."""
    if not (date(2000, 1, 1) <= first <= last <= date(2099, 12, 31) and last - first < LONGEST_PERIOD):
        raise InvalidError(
            "period_invalid",
            "Khoảng ngày không hợp lệ: ngày đầu không được sau ngày cuối, dài nhất một năm",
            longest_days=LONGEST_PERIOD.days,
        )
    zone = deps.regulation.calendar.zone
    midnight, after = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    return midnight.astimezone(UTC), after.astimezone(UTC)


def _place(cursor: str, start: datetime, end: datetime, newest: datetime) -> Place:
    try:
        as_of, at, code, seq = cursor.split("_")
        place = Place(datetime.fromisoformat(as_of), datetime.fromisoformat(at), code, int(seq))
        known = str(place) == cursor and place.as_of <= newest and start <= place.at <= end
    except (ValueError, TypeError):
        known = False
    if not known:
        raise InvalidError("cursor_invalid", "Con trỏ trang không thuộc lần xuất dữ liệu này")
    return place


def _holder(holder: Holder) -> HolderFacts:
    return HolderFacts(holder.role, holder.unit)


def _stage(stage: Stage) -> StageFacts:
    return StageFacts(
        stage.name, stage.started_at, stage.minutes, stage.due_at, stage.first_due_at, stage.binding, [*stage.pauses]
    )


def _whole(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _written(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
