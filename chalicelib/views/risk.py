"""What will be late at the present pace of each holder, worst first (R111). docs/risk.md explains the figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.views.progress import HolderView, holder

if TYPE_CHECKING:
    from chalicelib.domain.pace import Expected, Outlook, Prospect
    from chalicelib.ports import Deps

Minutes = Annotated[float, Meta(ge=0, description="Phút làm việc")]


class HolderAtWork(Struct, frozen=True):
    """Một đầu mối đang giữ hồ sơ: nhịp xử lý những ngày gần đây và khối việc đang chờ.

    `pace` là số phút làm việc cho mỗi bước xong, để trống khi chưa xong bước nào trong kỳ (khi đó tính theo thời hạn
    của từng bước). `load` là `work_minutes` chia cho `minutes_left`; lớn hơn 1 là không kịp. `waiting` là số hồ sơ
    đang chờ người gửi bổ sung, không tính vào việc. `more`: đầu mối còn hồ sơ có hạn muộn hơn chưa được xét.
    """

    holder: HolderView
    open: int
    waiting: int
    finished: int
    pace: Minutes | None
    work_minutes: Minutes
    minutes_left: Annotated[float, Meta(ge=0, description="Phút làm việc còn lại đến hạn sau cùng")]
    load: float | None
    overdue: Annotated[int, Meta(description="Đã quá hạn, xem GET /v1/desk/late")]
    will_be_late: int
    worst_overrun: Minutes
    more: bool


class CaseAtRisk(Struct, frozen=True):
    """Một hồ sơ chưa quá hạn nhưng theo nhịp hiện nay sẽ không kịp.

    `binding`: thời hạn của Quy chế (quá là trễ hạn) hay mục tiêu của Trung tâm (quá thì chỉ nhắc).
    """

    code: str
    kind: str
    kind_label: str
    stage: str
    stage_label: str
    binding: bool
    holder: HolderView
    due_at: datetime
    minutes_left: Minutes
    expected_at: datetime
    overrun_minutes: Minutes
    load: float | None


class Risk(Struct, frozen=True):
    """Nguy cơ trễ hạn theo nhịp xử lý hiện nay của từng đầu mối, nặng nhất trước (R111).

    Nhịp xử lý đo trên năm ngày làm việc gần nhất, từ `measured_from` (ngày hôm nay tính đến lúc này). `will_be_late` là
    tổng số hồ sơ sẽ không kịp; `cases` nêu những hồ sơ nặng nhất. `holders_unread`: số đầu mối có ít việc hơn, chưa
    được xét; lọc theo `role`, `unit` để xem.
    """

    at: datetime
    measured_from: date
    measured_minutes: Minutes
    will_be_late: int
    holders: tuple[HolderAtWork, ...]
    cases: tuple[CaseAtRisk, ...]
    holders_unread: int


def risk(outlook: Outlook, deps: Deps, *, limit: int) -> Risk:
    """Show an outlook; of the cases that will be late, the first `limit`."""
    coming = outlook.coming
    return Risk(
        at=outlook.at,
        measured_from=outlook.window.first,
        measured_minutes=_whole(outlook.window.minutes),
        will_be_late=len(coming),
        holders=tuple(_at_work(prospect, deps) for prospect in outlook.prospects),
        cases=tuple(_at_risk(one, outlook.at, deps) for one in coming[:limit]),
        holders_unread=outlook.unread,
    )


def _at_work(prospect: Prospect, deps: Deps) -> HolderAtWork:
    shown = holder(prospect.holder, deps)
    assert shown is not None
    last = prospect.queue[-1] if prospect.queue else None
    return HolderAtWork(
        holder=shown,
        open=prospect.waiting + len(prospect.queue),
        waiting=prospect.waiting,
        finished=prospect.finished,
        pace=None if prospect.pace is None else _whole(prospect.pace),
        work_minutes=_whole(last.work if last else 0),
        minutes_left=_whole(last.left or 0 if last else 0),
        load=last.load if last else None,
        overdue=prospect.past,
        will_be_late=len(prospect.coming),
        worst_overrun=_whole(prospect.worst),
        more=prospect.cut,
    )


def _at_risk(one: Expected, at: datetime, deps: Deps) -> CaseAtRisk:
    rules, case, stage = deps.regulation, one.case, one.case.stage
    shown = holder(case.holder, deps)
    assert stage is not None
    assert shown is not None
    return CaseAtRisk(
        code=case.code,
        kind=case.kind,
        kind_label=rules.kinds[case.kind].label,
        stage=stage.name,
        stage_label=rules.stages[stage.name].label,
        binding=stage.binding,
        holder=shown,
        due_at=stage.due_at,
        minutes_left=_whole(one.left or 0),
        expected_at=rules.calendar.due(at, one.work).astimezone(UTC),
        overrun_minutes=_whole(one.overrun),
        load=one.load,
    )


def _whole(minutes: float) -> float:
    return round(minutes, 1)
