"""A case in one line of a list, with what the reader may do with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.domain.permissions import allowed
from chalicelib.views.progress import HolderView, holder

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor
    from chalicelib.domain.case import Case, Duty
    from chalicelib.ports import Deps


class LateView(Struct, frozen=True):
    """Một lần trễ hạn (Điều 9.2)."""

    stage: str
    unit: str
    since: datetime
    corrected_at: datetime | None = None


class ActionView(Struct, frozen=True):
    """Một văn bản phải theo dõi của phản ánh hành vi (R75): thông báo, hoặc đề nghị cử cán bộ khác."""

    name: str
    label: str
    number: Annotated[str, Meta(description="Số của văn bản", examples=["4821-0937-5514/TB"])]
    unit: str
    opened_at: datetime | None
    due_at: datetime
    closed_at: datetime | None
    overdue: bool
    reminders: Annotated[int, Meta(description="Số lần đã đôn đốc")]
    withdrawn: Annotated[bool, Meta(description="Đã thu hồi cùng hồ sơ chuyển nhầm")] = False


class PhoneView(Struct, frozen=True):
    """Người gửi chưa nhận được thư: cần gọi điện, từ khi nào, đã gọi mấy lần."""

    since: datetime
    tries: int


class CaseSummary(Struct, frozen=True):
    """Một dòng trong danh sách việc; `allowed` là những thao tác người gọi được làm lúc này."""

    code: str
    version: int
    kind: str
    about: str | None
    field: str
    channel: str
    priority: str
    state: str
    state_label: str
    received_at: datetime
    late: tuple[LateView, ...]
    flags: tuple[str, ...]
    allowed: tuple[str, ...]
    holder: HolderView | None
    stage: str | None
    since: datetime | None
    due_at: datetime | None
    first_due_at: datetime | None
    paused: bool
    reappointed: int
    agency: str | None
    has_result: bool
    publication: str
    appointment: datetime | None
    actions: tuple[ActionView, ...]
    phone: PhoneView | None = None
    rating: str = ""
    reopened: int = 0
    held: Annotated[bool, Meta(description="Lãnh đạo giữ lại, không ẩn danh khi hết thời hạn lưu")] = False
    anonymised: Annotated[list[str], Meta(description="Đã ẩn danh: contact (người gửi), matter (lời)")] = []
    anonymised_at: datetime | None = None
    supervisor: str = ""


def summary(case: Case, actor: Actor, deps: Deps) -> CaseSummary:
    """Show a case in a list."""
    stage = case.stage
    return CaseSummary(
        code=case.code,
        version=case.version,
        kind=case.kind,
        about=case.about,
        field=case.field,
        channel=case.channel,
        priority=case.priority,
        state=case.state,
        state_label=deps.regulation.states[case.state],
        received_at=case.received_at,
        late=tuple(LateView(mark.stage, mark.unit, mark.since, mark.corrected_at) for mark in case.late),
        flags=case.flags,
        allowed=allowed(case, actor, deps.regulation),
        holder=holder(case.holder, deps),
        stage=stage.name if stage else None,
        since=stage.started_at if stage else None,
        due_at=stage.due_at if stage else None,
        first_due_at=stage.first_due_at if stage else None,
        paused=bool(stage and stage.paused),
        reappointed=case.reappointed,
        agency=case.agency,
        has_result=case.has_result,
        publication=case.publication,
        appointment=case.appointment,
        actions=tuple(duty(action, deps) for action in case.actions),
        phone=PhoneView(case.phone_since, case.phone_tries) if case.phone_since else None,
        rating=case.rating,
        reopened=case.reopened,
        held=case.held,
        anonymised=[*case.erased],
        anonymised_at=case.erased_at,
        supervisor=case.supervisor,
    )


def duty(action: Duty, deps: Deps) -> ActionView:
    """Show a duty of a conduct report."""
    return ActionView(
        name=action.name,
        label=deps.regulation.duty_label(action.name),
        number=action.number,
        unit=action.unit,
        opened_at=action.opened_at,
        due_at=action.due_at,
        closed_at=action.closed_at,
        overdue=action.overdue,
        reminders=action.reminders,
        withdrawn=action.withdrawn,
    )
