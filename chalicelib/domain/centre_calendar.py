"""The calendar of a centre at run time: days off, make-up days and closures that administrators announce (R63).

Changes are numbered and never altered; a withdrawal is a change of its own. For one date the last word counts, and it
counts more than the regulation's own list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.domain.calendar_parsing import CalendarError
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.working_time import WorkingCalendar

DAY_OFF, WORKING_DAY, CLOSURE, WITHDRAWAL = "day_off", "working_day", "closure", "withdrawal"
KINDS = (DAY_OFF, WORKING_DAY, CLOSURE, WITHDRAWAL)
MOST_DATES = 60
LOOKING_BACK = timedelta(days=31)  # a day off that was not announced in time
LOOKING_AHEAD = timedelta(days=730)
Frames = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One announcement. `frames` are local times ("07:30", "11:30"): the hours worked, or the hours closed."""

    number: int  # from 1, without gaps
    kind: str
    dates: tuple[date, ...]  # of a withdrawal: those of what it withdraws
    reason: str
    author: str  # log-in name
    at: datetime
    frames: Frames = ()
    document: str = ""  # e.g. "Công văn 12729/VPCP-KGVX"
    withdraws: int | None = None

    @property
    def why(self) -> str:
        """The reason with its document."""
        return f"{self.reason} ({self.document})" if self.document else self.reason


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A day and its hours before and after a change."""

    day: date
    before: Frames
    after: Frames


def announce(change: Change, changes: Sequence[Change], regulation: Regulation, now: datetime) -> Change:
    """Return the change as it is recorded, complete; raises InvalidError or ConflictError where it may not be.

    What takes working time away may be announced after the fact; what adds some may only concern days to come, so
    that nobody is late for a day that was none.
    """
    if change.kind == WITHDRAWAL:
        change = replace(change, dates=_withdrawn(change, changes).dates)
    if change.kind == WORKING_DAY and not change.frames:
        change = replace(change, frames=regulation.calendar.usual_hours)
    _check_frames(change)
    _check_dates(change, now.astimezone(regulation.calendar.zone).date(), _adds_time(change, changes))
    _laid_over(regulation.calendar, (*changes, change))
    return change


def under(regulation: Regulation, changes: Sequence[Change]) -> Regulation:
    """Return the regulation with the changes laid over its calendar."""
    if not changes:
        return regulation
    return replace(regulation, calendar=_laid_over(regulation.calendar, changes), changes=tuple(changes))


def foreseen(change: Change, regulation: Regulation) -> tuple[Foreseen, ...]:
    """Return what a change that is none of the regulation's yet, and no withdrawal, makes of each of its days."""
    before, after = regulation.calendar, _laid_over(regulation.calendar, (change,))
    return tuple(Foreseen(day, before.hours_on(day), after.hours_on(day)) for day in change.dates)


def standing(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that are in force: neither withdrawals nor withdrawn."""
    gone = {change.withdraws for change in changes}
    return tuple(change for change in changes if change.kind != WITHDRAWAL and change.number not in gone)


def _laid_over(calendar: WorkingCalendar, changes: Sequence[Change]) -> WorkingCalendar:
    days_off: set[date] = set()
    worked: dict[date, Frames] = {}
    closed: dict[date, Frames] = {}
    for change in standing(changes):
        for day in change.dates:
            if change.kind == CLOSURE:
                closed[day] = (*closed.get(day, ()), *change.frames)
                continue
            days_off.discard(day)
            worked.pop(day, None)
            if change.kind == DAY_OFF:
                days_off.add(day)
            else:
                worked[day] = change.frames
    try:
        return calendar.with_changes(days_off, worked, closed)
    except CalendarError as error:
        raise InvalidError("invalid_hours", "Giờ làm việc không hợp lệ", pointer="/frames", cause=str(error)) from error


def _withdrawn(change: Change, changes: Sequence[Change]) -> Change:
    by_number: Mapping[int, Change] = {known.number: known for known in changes if known.kind != WITHDRAWAL}
    found = by_number.get(change.withdraws or 0)
    if found is None:
        raise InvalidError("unknown_change", "Không có thông báo thay đổi lịch này", pointer="/number")
    if found not in standing(changes):
        raise ConflictError("withdrawn_already", "Thông báo này đã được thu hồi", number=found.number)
    return found


def _adds_time(change: Change, changes: Sequence[Change]) -> bool:
    if change.kind == WITHDRAWAL:
        return _withdrawn(change, changes).kind != WORKING_DAY
    return change.kind == WORKING_DAY


def _check_frames(change: Change) -> None:
    if change.kind == CLOSURE and not change.frames:
        raise InvalidError("hours_missing", "Cần nêu giờ đóng cửa", pointer="/frames")
    if change.kind in (DAY_OFF, WITHDRAWAL) and change.frames:
        raise InvalidError("hours_not_wanted", "Ngày nghỉ là cả ngày, không nêu giờ", pointer="/frames")


def _check_dates(change: Change, today: date, adds_time: bool) -> None:
    if not 0 < len(set(change.dates)) == len(change.dates) <= MOST_DATES:
        raise InvalidError(
            "invalid_dates", f"Cần nêu từ 1 đến {MOST_DATES} ngày, mỗi ngày một lần", pointer="/dates", most=MOST_DATES
        )
    first, last = min(change.dates), max(change.dates)
    if adds_time and first <= today:
        raise InvalidError(
            "day_passed", "Ngày làm việc thêm chỉ được thông báo trước ngày đó", pointer="/dates", after=str(today)
        )
    if first < today - LOOKING_BACK or last > today + LOOKING_AHEAD:
        raise InvalidError(
            "day_too_far",
            "Ngày quá xa so với hôm nay",
            pointer="/dates",
            earliest=str(today - LOOKING_BACK),
            latest=str(today + LOOKING_AHEAD),
        )
