"""How far a case has come: who has it, since when, until when (R68). No content, no person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.case_code import display
from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.case import Case, Holder
    from chalicelib.domain.events import Recorded


class HolderView(Struct, frozen=True):
    """Ai đang giữ hồ sơ."""

    role: str
    unit: str
    unit_name: str


class Progress(Struct, frozen=True):
    """Tiến độ: trạng thái, ai đang giữ, từ khi nào, đến khi nào (R68). Không có nội dung.

    `attachments`: số tệp gửi kèm câu trả lời, xem bằng mã PIN.
    """

    code: str
    display_code: str
    kind: str
    kind_label: str
    state: str
    state_label: str
    received_at: datetime
    late: bool
    holder: HolderView | None = None
    since: datetime | None = None
    due_at: datetime | None = None
    first_due_at: datetime | None = None
    appointment: datetime | None = None
    ended_at: datetime | None = None
    attachments: int = 0
    anonymised_at: datetime | None = None


class Guidance(Struct, frozen=True):
    """Lý do không tiếp nhận, điều khoản, và nơi cần đến (R39)."""

    article: str
    reason: str
    guidance: str


class Created(Struct, frozen=True):
    """Hồ sơ vừa được ghi nhận. Mã PIN cần giữ lại: nó mở nội dung và câu trả lời.

    `repeated`: yêu cầu này đã được ghi nhận từ trước (cùng Idempotency-Key).
    """

    code: str
    pin: str
    progress: Progress
    repeated: bool
    refusal: Guidance | None = None
    wanted: str = ""


def progress(case: Case, deps: Deps) -> Progress:
    """Show a case's progress."""
    stage = case.stage
    return Progress(
        code=case.code,
        display_code=display(case.code),
        kind=case.kind,
        kind_label=deps.regulation.kinds[case.kind].label,
        state=case.state,
        state_label=deps.regulation.states[case.state],
        received_at=case.received_at,
        late=bool(case.late_marks),
        holder=holder(case.holder, deps),
        since=stage.started_at if stage else None,
        due_at=stage.due_at if stage and not stage.paused else None,
        first_due_at=stage.first_due_at if stage and stage.first_due_at != stage.due_at else None,
        appointment=case.appointment,
        ended_at=case.ended_at,
        attachments=case.attachments,
        anonymised_at=case.erased_at,
    )


def holder(owner: Holder | None, deps: Deps) -> HolderView | None:
    """Name the owner of a case in words."""
    return HolderView(owner.role, owner.unit, unit_name(owner.unit, deps)) if owner else None


def created(case: Case, pin: str, said: Recorded | None, deps: Deps, *, repeated: bool) -> Created:
    """Show a new case to whoever sent it, with the refusal or the question that its intake made."""
    from chalicelib.domain.events import DetailsRequested, Refused

    refusal, wanted = None, ""
    if said and isinstance(said.event, Refused):
        refusal = Guidance(said.article, said.event.reason, said.event.guidance)
    if said and isinstance(said.event, DetailsRequested):
        wanted = said.event.question
    return Created(case.code, pin, progress(case, deps), repeated, refusal, wanted)
