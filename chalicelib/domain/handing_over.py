"""Work that was just forwarded and can still be taken back: what is remembered of it, and until when; for evolve.py."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain import events as ev
from chalicelib.domain.case import Case, HandedOver, Holder


def remembered(case: Case, recorded: ev.Recorded) -> HandedOver | None:
    """Return how a case stands before its holder forwards it; nothing where the rules forward it by themselves."""
    by = Holder(recorded.actor.role, recorded.actor.unit)
    if case.holder != by or case.stage is None or recorded.before is None:
        return None
    return HandedOver(recorded.before, by, case.stage, case.agency, case.has_result, case.units, len(case.actions))


def touched(before: Case, after: Case, recorded: ev.Recorded) -> Case:
    """Forget it once whoever was given the work has done anything."""
    by = Holder(recorded.actor.role, recorded.actor.unit)
    new = after.handed_over is not before.handed_over
    return after if new or before.holder != by else replace(after, handed_over=None)


def taken_back(case: Case, event: ev.ForwardingTakenBack, _: ev.Recorded) -> Case:
    """Everything as it was; the unit has no more to do with the case, and may not read it if it could not before."""
    before = case.handed_over
    assert before is not None
    return replace(
        case,
        holder=event.holder,
        stage=event.stage,
        agency=before.agency,
        has_result=before.has_result,
        units=before.units,
        handed_over=None,
    )
