"""A case as whoever has its code may follow it: how far it has come, who has had it, how long it still takes (R68)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.case import Case, State
from chalicelib.ports import Deps, unit_name
from chalicelib.views.progress import Progress, progress

if TYPE_CHECKING:
    from chalicelib.domain.events import Recorded


class Step(Struct, frozen=True):
    """Một chặng của hồ sơ: từ lúc nào, ở trạng thái nào, ai giữ, và thời hạn của chặng khi bắt đầu.

    `again`: chặng bắt đầu vì người gửi đề nghị xem xét lại.
    """

    at: datetime
    label: str
    unit_name: str
    until: datetime | None
    again: bool


class Following(Struct, frozen=True):
    """Tiến độ và các chặng; `minutes` là số phút làm việc còn lại (âm: đã quá), `binding` khi quy chế ấn định hạn."""

    progress: Progress
    steps: tuple[Step, ...]
    minutes: float | None
    binding: bool


def following(case: Case, history: Iterable[Recorded], deps: Deps) -> Following:
    """Show a case's way; of its events only states, holders and times are told."""
    return Following(
        progress=progress(case, deps),
        steps=tuple(_step(past, deps) for past in history if past.before is not past.after),
        minutes=minutes_left(case, deps),
        binding=case.stage is not None and case.stage.binding,
    )


def _step(past: Recorded, deps: Deps) -> Step:
    stage = getattr(past.event, "stage", None)
    held = past.after not in (State.REFUSED, State.CLOSED, State.AWAITING_DETAILS)
    return Step(
        at=past.at,
        label=deps.regulation.states[past.after],
        unit_name=unit_name(past.unit, deps, past.at) if held else "",
        until=stage.due_at if stage and not stage.paused else None,
        again=type(past.event).__name__ == "Reopened",
    )


def minutes_left(case: Case, deps: Deps) -> float | None:
    """Return the working minutes until a case's stage is due, negative when over; None where no clock runs."""
    if case.stage is None or case.stage.paused:
        return None
    now, due = deps.clock.now(), case.stage.due_at
    calendar = deps.regulation.calendar
    return calendar.elapsed_minutes(now, due) if due >= now else -calendar.elapsed_minutes(due, now)
