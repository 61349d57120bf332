"""Taking back a late mark, on the record (đính chính): only what the calendar proves, only by leadership."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.case import Case, LateMark, Stage
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.regulation import Regulation


def correct_late(case: Case, command: cmd.CorrectLate, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Correct every late mark that was none by the calendar of today; refused when they all stand (Điều 9.2)."""
    wrong = [(mark, due) for mark in case.late_marks if (due := _in_time_until(mark, case, regulation, now))]
    if not wrong:
        raise ConflictError(
            "late_stands",
            "Theo lịch làm việc hiện hành, hồ sơ vẫn trễ hạn nên không có căn cứ đính chính",
            late_since=[mark.since.isoformat() for mark in case.late_marks],
        )
    standing = len(case.late_marks)
    return [
        ev.LateCorrected(
            stage=mark.stage,
            unit=mark.unit,
            since=mark.since,
            due_at=due,
            leader=command.leader,
            last=place == standing,
            running=_set_right(case.stage, due, regulation, now) if case.stage and _runs(mark, case) else None,
            holder=case.holder if _runs(mark, case) else None,
            reason=command.reason,
        )
        for place, (mark, due) in enumerate(wrong, 1)
    ]


def _in_time_until(mark: LateMark, case: Case, regulation: Regulation, now: datetime) -> datetime | None:
    """Return the right due time if the mark is wrong by it: later than the one marked, and not passed either."""
    if mark.started_at is None:
        return None
    pauses = case.stage.pauses if case.stage and _runs(mark, case) else mark.pauses
    due = stages.due_after(mark.started_at, mark.minutes, regulation, pauses)
    ended = mark.done_at or now
    return due if due > mark.since and ended <= due else None


def _runs(mark: LateMark, case: Case) -> bool:
    return mark.done_at is None and case.stage is not None and not case.stage.paused


def _set_right(stage: Stage, due: datetime, regulation: Regulation, now: datetime) -> Stage:
    """Return the stage with its right due time; rungs of the ladder that lie behind are not climbed again."""
    right = replace(stage, due_at=due, late_since=None, calendar=regulation.calendar_version)
    behind = [stages.rung_at(right, rung, regulation) <= now for rung in regulation.ladder]
    return replace(right, step=behind.index(False) if False in behind else len(behind))
