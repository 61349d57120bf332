"""`evolve(case, recorded) -> case`: what an event makes of a case. No rule is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from chalicelib.domain import duties, handing_over, keeping, merits
from chalicelib.domain import events as ev
from chalicelib.domain.actors import STAFF
from chalicelib.domain.case import NOT_REACHED, PHONE_THE_SENDER, SENDER_WROTE, Case, LateMark, Publication, State


def evolve(case: Case | None, recorded: ev.Recorded) -> Case:
    """Return the case after the event; only Received may come first."""
    event = recorded.event
    if isinstance(event, ev.Received):
        return _received(recorded, event)
    assert case is not None, "a case begins with Received"
    case = replace(case, version=recorded.seq, state=recorded.after)
    beside = isinstance(event, ev.InputGiven | ev.InputDeclined)  # who was asked has not seen to what the sender wrote
    if SENDER_WROTE in case.flags and recorded.actor.role in STAFF and not beside:
        case = _without(case, SENDER_WROTE)
    handler = _HANDLERS.get(type(event))
    after = _settled(case, handler(case, event, recorded), recorded) if handler else case
    return handing_over.touched(case, after, recorded) if case.handed_over else after


def fold(history: Iterable[ev.Recorded]) -> Case:
    """Return the case that a whole history makes."""
    case: Case | None = None
    for recorded in history:
        case = evolve(case, recorded)
    assert case is not None, "a history is not empty"
    return case


def _received(recorded: ev.Recorded, event: ev.Received) -> Case:
    return Case(
        code=recorded.code,
        version=recorded.seq,
        kind=event.kind,
        about=event.about,
        channel=event.channel,
        field=event.field,
        sender_kind=event.sender_kind,
        received_at=recorded.at,
        state=State.RECEIVED,
        holder=event.holder,
        stage=event.stage,
        reachable=event.reachable,
        flags=event.flags,
        priority=event.priority,
        supervisor=event.supervisor,
    )


def _settled(before: Case, after: Case, recorded: ev.Recorded) -> Case:
    """Note when a stage that ran over has ended at last."""
    ran = before.stage
    if ran is None or ran.late_since is None or (after.stage and after.stage.started_at == ran.started_at):
        return after
    *others, mark = after.late
    return replace(after, late=(*others, replace(mark, done_at=recorded.at)))


def _transferred(case: Case, event: Any, _: ev.Recorded) -> Case:
    units = case.units if event.holder.unit in case.units else (*case.units, event.holder.unit)
    return replace(case, holder=event.holder, stage=event.stage, waiting_from=None, units=units, handed_over=None)


def _handed_back(case: Case, event: Any, recorded: ev.Recorded) -> Case:
    # Whoever handed the case back without a result does not answer for it, nor is it counted for them.
    return replace(_transferred(case, event, recorded), agency=case.agency if case.has_result else None)


def _to_agency(case: Case, event: Any, recorded: ev.Recorded) -> Case:
    handed_over, unit = handing_over.remembered(case, recorded), event.holder.unit
    office = recorded.actor.unit if recorded.after is State.WITH_AGENCY and recorded.actor.unit != unit else ""
    return replace(
        _transferred(case, event, recorded), agency=unit, office=office, has_result=False, handed_over=handed_over
    )


def _result(case: Case, event: ev.ResultSubmitted, recorded: ev.Recorded) -> Case:
    return replace(_transferred(case, event, recorded), has_result=True)


def _waiting(case: Case, event: ev.DetailsRequested, recorded: ev.Recorded) -> Case:
    return replace(case, stage=event.stage, waiting_from=recorded.before or State.RECEIVED)


def _resumed(case: Case, event: ev.DetailsSupplied, _: ev.Recorded) -> Case:
    resumed = replace(case, holder=event.holder, stage=event.stage, waiting_from=None, reachable=event.reachable)
    return _heard_from(resumed)


def _wrote(case: Case, event: ev.SenderWrote, recorded: ev.Recorded) -> Case:
    heard = _with(_heard_from(case), SENDER_WROTE)
    return replace(heard, written_back_at=recorded.at) if event.written_back else heard


def _undelivered(case: Case, _: ev.DeliveryFailed, recorded: ev.Recorded) -> Case:
    # A further letter is to be told too: as many calls again, but the matter is as old as the first.
    return replace(_with(case, PHONE_THE_SENDER), phone_since=case.phone_since or recorded.at, phone_tries=0)


def _phoned(case: Case, event: ev.SenderPhoned, _: ev.Recorded) -> Case:
    return replace(case, phone_tries=event.attempt) if event.outcome == NOT_REACHED else _heard_from(case)


def _heard_from(case: Case) -> Case:
    return replace(_without(case, PHONE_THE_SENDER), phone_since=None, phone_tries=0)


def _with(case: Case, flag: str) -> Case:
    return case if flag in case.flags else replace(case, flags=(*case.flags, flag))


def _without(case: Case, flag: str) -> Case:
    return replace(case, flags=tuple(other for other in case.flags if other != flag))


def _classified(case: Case, event: ev.Classified, _: ev.Recorded) -> Case:
    what = {name: getattr(event, name) for name in ("kind", "about", "field", "supervisor")}
    return replace(case, **what, priority=event.priority or case.priority)


def _answered(case: Case, event: ev.Answered, recorded: ev.Recorded) -> Case:
    return replace(
        case,
        holder=None,
        stage=None,
        agency=event.unit,
        ended_at=recorded.at,
        waiting_from=None,
        attachments=len(event.attachments),
        rating="",
        rated_criteria={},
        rated_at=None,
    )


def _rated(case: Case, event: ev.Rated, recorded: ev.Recorded) -> Case:
    return replace(
        case, rating=event.rating, rated_criteria=dict(event.criteria), rated_at=case.rated_at or recorded.at
    )


def _reopened(case: Case, event: ev.Reopened, recorded: ev.Recorded) -> Case:
    # As new, but for what is never erased: late marks, and the re-appointment that a case has once (Điều 9.3).
    proposed = case.publication is Publication.PROPOSED
    return replace(
        _transferred(case, event, recorded),
        agency=None,
        has_result=False,
        appointment=None,
        ended_at=None,
        publication=Publication.NONE if proposed else case.publication,
        verdict="",
        reopened=case.reopened + 1,
        reopened_at=recorded.at,
    )


def _refused(case: Case, _: ev.Refused, recorded: ev.Recorded) -> Case:
    return replace(case, holder=None, stage=None, ended_at=recorded.at, waiting_from=None)


def _reappointed(case: Case, event: ev.Reappointed, _: ev.Recorded) -> Case:
    return replace(case, stage=event.stage, appointment=event.new_due, reappointed=case.reappointed + 1)


def _late(case: Case, event: ev.MarkedLate, _: ev.Recorded) -> Case:
    stage = case.stage
    assert stage is not None
    mark = LateMark(event.stage, event.holder.unit, event.since, stage.started_at, stage.minutes, stage.pauses)
    return replace(case, late=(*case.late, mark)).with_stage(late_since=event.since)


def _moved(case: Case, event: ev.DeadlineMoved, _: ev.Recorded) -> Case:
    moved = {(action.name, action.unit): action for action in event.actions}
    return replace(
        case,
        stage=event.stage,
        appointment=event.appointment or case.appointment,
        actions=tuple(
            action if action.closed_at else moved.get((action.name, action.unit), action) for action in case.actions
        ),
    )


def _corrected(case: Case, event: ev.LateCorrected, recorded: ev.Recorded) -> Case:
    marks = tuple(
        replace(mark, corrected_at=recorded.at) if (mark.stage, mark.since) == (event.stage, event.since) else mark
        for mark in case.late
    )
    return replace(case, late=marks, stage=event.running or case.stage)


def _escalated(case: Case, event: ev.Escalated, _: ev.Recorded) -> Case:
    return case.with_stage(reminded=True) if event.stage == "waiting" else case.with_stage(step=event.step + 1)


_HANDLERS: dict[type[ev.Event], Callable[[Case, Any, ev.Recorded], Case]] = {
    ev.DetailsRequested: _waiting,
    ev.DetailsSupplied: _resumed,
    ev.SenderWrote: _wrote,
    ev.Refused: _refused,
    ev.Classified: _classified,
    ev.ForwardedToOfficer: _to_agency,
    ev.ForwardedToAgency: _to_agency,
    ev.SentToPost: _to_agency,
    ev.ReferredToLeadership: _transferred,
    ev.OpinionGiven: _handed_back,
    ev.ReturnedToOperator: _handed_back,
    ev.DeclinedByAgency: lambda case, event, recorded: replace(_transferred(case, event, recorded), agency=None),
    ev.ForwardingTakenBack: handing_over.taken_back,
    ev.ResultSubmitted: _result,
    ev.AcceptedByAgency: lambda case, _, recorded: case.with_stage(accepted_at=recorded.at),
    ev.Appointed: lambda case, event, _: replace(case, appointment=event.at),
    ev.Reappointed: _reappointed,
    ev.Answered: _answered,
    ev.Rated: _rated,
    ev.Reopened: _reopened,
    ev.MarkedLate: _late,
    ev.Escalated: _escalated,
    ev.DeadlineMoved: _moved,
    ev.LateCorrected: _corrected,
    **duties.HANDLERS,
    **keeping.HANDLERS,
    **merits.HANDLERS,
    ev.DeliveryFailed: _undelivered,
    ev.SenderPhoned: _phoned,
    ev.PublicationProposed: lambda case, *_: replace(case, publication=Publication.PROPOSED),
    ev.Published: lambda case, *_: replace(case, publication=Publication.PUBLISHED),
    ev.PublicationWithdrawn: lambda case, *_: replace(case, publication=Publication.WITHDRAWN),
}
