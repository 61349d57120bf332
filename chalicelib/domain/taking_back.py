"""A case forwarded by mistake is taken back, while whoever was given it has done nothing yet (Điều 7.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import retiming, stages
from chalicelib.domain.case import Case
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.regulation import Regulation


def take_back(case: Case, command: cmd.TakeBack, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Put the case back as it stood: its clock was running all the time, so a mistake buys nobody any."""
    before, holder = case.handed_over, case.holder
    assert before is not None
    assert holder is not None
    if not in_time(case, now):
        raise ConflictError(
            "taken_back_too_late",
            "Đã quá hạn của bước này hoặc bước trước nên không thể thu hồi; đề nghị đơn vị đang giữ trả lại hồ sơ",
            due_at=before.stage.due_at,
        )
    given_with_it = [duty for duty in case.actions[before.duties :] if duty.closed_at is None]
    closed = [ev.ActionClosed(action=duty.name, unit=duty.unit, withdrawn=True) for duty in given_with_it]
    taken = ev.ForwardingTakenBack(
        taken_from=holder, holder=before.holder, stage=before.stage, back_to=before.state, reason=command.reason
    )
    restored = replace(case, holder=before.holder, stage=before.stage)
    return [*closed, taken, *retiming.moved(restored, regulation, now)]  # the calendar may have changed meanwhile


def in_time(case: Case, now: datetime) -> bool:
    """Tell whether neither limit has passed: what is late stays with whom it is late (Điều 9.1, 9.2)."""
    before, stage = case.handed_over, case.stage
    if before is None or stage is None or stage.late_since is not None:
        return False
    return not any(one.binding and stages.passed(one, now) for one in (before.stage, stage))
