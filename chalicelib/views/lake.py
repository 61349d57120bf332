"""The event log as rows of a table, for questions that read years (Athena): no texts, no personal data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from chalicelib.ports.lake import LakeRow
from chalicelib.views.export import Line, line

if TYPE_CHECKING:
    from chalicelib.domain.events import Recorded
    from chalicelib.ports import Deps


def rows(day: date, deps: Deps) -> Iterator[LakeRow]:
    """Return what happened on a day of the office, in order of time."""
    zone = deps.regulation.calendar.zone
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    for recorded in deps.lists.events_between(start, end):
        if recorded.at < end:
            yield _row(line(recorded, end), recorded)


def _row(told: Line, recorded: Recorded) -> LakeRow:
    holder, stage = told.holder, told.stage
    return LakeRow(
        code=told.code,
        seq=told.seq,
        at=told.at,
        type=told.type,
        role=told.role,
        before=told.before,
        after=told.after,
        kind=told.kind,
        field=told.field,
        unit=told.unit,
        priority=told.priority or None,
        holder_role=holder.role if holder else None,
        holder_unit=holder.unit if holder else None,
        stage=stage.name if stage else told.stage_name or None,
        stage_started_at=stage.started_at if stage else None,
        stage_minutes=stage.minutes if stage else None,
        stage_due_at=stage.due_at if stage else None,
        stage_first_due_at=stage.first_due_at if stage else None,
        binding=stage.binding if stage else None,
        paused=stage.paused if stage else None,
        since=told.since,
        due_at=told.due_at,
        rating=getattr(recorded.event, "rating", None),
    )
