"""The centre's calendar as its staff sees it: which hours a day has and why, and what was announced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from chalicelib.domain.centre_calendar import Change
    from chalicelib.domain.regulation import Regulation
    from chalicelib.ports import Deps, Retiming

Hours = tuple[tuple[str, str], ...]
LABELS: Mapping[str, str] = {
    "day_off": "Ngày nghỉ",
    "working_day": "Ngày làm việc, làm bù",
    "closure": "Đóng cửa theo giờ",
    "withdrawal": "Thu hồi thông báo",
}


class DayView(Struct, frozen=True):
    """Một ngày: giờ làm việc (trống là nghỉ), và vì sao như vậy.

    `why`: theo tuần, theo danh sách ngày nghỉ và làm bù của quy chế, hay theo các thông báo có số ở `changes`.
    """

    date: date
    hours: Hours
    why: Literal["weekly", "regulation", "change"]
    changes: tuple[int, ...]
    reason: str


class Days(Struct, frozen=True):
    """Các ngày liên tiếp; `version` là số của thông báo cuối cùng đã tính đến."""

    version: int
    days: tuple[DayView, ...]


class RetimingView(Struct, frozen=True):
    """Việc tính lại thời hạn các hồ sơ đang mở: hai lượt, mỗi lượt xem mọi hồ sơ.

    `moved` là số hồ sơ do chính việc này dời hạn; hồ sơ được xử lý cùng lúc thì tự dời khi đó.
    """

    state: Literal["waiting", "running", "done"]
    round: Annotated[int, Meta(description="Lượt 1 làm ngay, lượt 2 sau khi mọi máy chủ đã biết lịch mới")]
    looked_at: Annotated[int, Meta(description="Số hồ sơ đã xem trong lượt này")]
    moved: int
    failed: Annotated[int, Meta(description="Số hồ sơ không xem được trong lượt này; nhật ký hệ thống nêu lý do")]
    finished_at: datetime | None = None


class ChangeView(Struct, frozen=True):
    """Một thông báo thay đổi lịch; không sửa, không xoá, chỉ thu hồi bằng một thông báo khác."""

    number: int
    kind: Literal["day_off", "working_day", "closure", "withdrawal"]
    kind_label: str
    dates: tuple[date, ...]
    hours: Hours
    reason: str
    document: str
    author: str
    at: datetime
    retiming: RetimingView
    withdraws: int | None = None
    withdrawn_by: int | None = None


class Changes(Struct, frozen=True):
    """Mọi thông báo, mới nhất trước."""

    changes: tuple[ChangeView, ...]


def days(first: date, last: date, deps: Deps) -> Days:
    """Show every day from `first` to `last`."""
    rules = deps.regulation
    return Days(rules.calendar_version, tuple(_day(day, rules) for day in _between(first, last)))


def changes(deps: Deps) -> Changes:
    """Show all that was announced and how far the open cases have followed; read afresh."""
    known = deps.calendar.changes(fresh=True)
    withdrawn = {change.withdraws: change.number for change in known}
    jobs = _done_by(deps.retimings.all())
    return Changes(tuple(_change(change, withdrawn, jobs[change.number]) for change in reversed(known)))


def one(number: int, deps: Deps) -> ChangeView:
    """Show one."""
    return next(change for change in changes(deps).changes if change.number == number)


def _between(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


def _day(day: date, rules: Regulation) -> DayView:
    from chalicelib.domain.centre_calendar import CLOSURE, standing

    hours = rules.calendar.hours_on(day)
    named = [change for change in standing(rules.changes) if day in change.dates]
    whole = [change for change in named if change.kind != CLOSURE]
    cuts = [change for change in named if change.kind == CLOSURE]
    if announced := (*whole[-1:], *cuts):
        reasons = "; ".join(dict.fromkeys(change.why for change in announced))
        return DayView(day, hours, "change", tuple(change.number for change in announced), reasons)
    return DayView(day, hours, "weekly" if hours == rules.calendar.weekly_hours(day) else "regulation", (), "")


def _done_by(jobs: Iterable[Retiming]) -> dict[int, RetimingView]:
    """Return what to show of each; one that is done has done the work of all before it."""
    shown: dict[int, RetimingView] = {}
    done: datetime | None = None
    for job in sorted(jobs, key=lambda job: -job.number):
        done = done or job.finished_at
        state: Literal["waiting", "running", "done"] = "done" if done else "running" if job.started_at else "waiting"
        shown[job.number] = RetimingView(state, job.round, job.looked_at, job.moved, job.failed, done)
    return shown


def _change(change: Change, withdrawn: Mapping[int | None, int], retiming: RetimingView) -> ChangeView:
    return ChangeView(
        number=change.number,
        kind=change.kind,  # type: ignore[arg-type] # one of centre_calendar.KINDS
        kind_label=LABELS[change.kind],
        dates=change.dates,
        hours=change.frames,
        reason=change.reason,
        document=change.document,
        author=change.author,
        at=change.at,
        retiming=retiming,
        withdraws=change.withdraws,
        withdrawn_by=withdrawn.get(change.number),
    )
