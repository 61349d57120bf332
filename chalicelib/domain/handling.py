"""Tiers 1 to 3: forwarding, asking, appointing, answering (Điều 8, 9)."""

from __future__ import annotations

from datetime import UTC, datetime

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.actors import Role
from chalicelib.domain.case import GIVEN_UP, INPUT, NOT_REACHED, PHONED, Case, Holder, State
from chalicelib.domain.duties import document_number
from chalicelib.domain.errors import ConflictError, InvalidError
from chalicelib.domain.regulation import Regulation
from chalicelib.domain.working_time import NeverDueError


def note_undelivered(case: Case, command: cmd.NoteUndelivered, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Put it on the record, each letter for itself: every one must be told by telephone."""
    return [ev.DeliveryFailed(channel=command.channel, reason=command.reason, letter=command.letter)]


def note_phoned(case: Case, command: cmd.NotePhoned, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Record a call in place of a letter; whoever is not reached so often need not be called any more."""
    attempt = case.phone_tries + 1
    given_up = attempt >= regulation.phone_tries
    outcome = PHONED if command.reached else GIVEN_UP if given_up else NOT_REACHED
    return [ev.SenderPhoned(outcome=outcome, attempt=attempt, number=command.number, note=command.note)]


def request_details(case: Case, command: cmd.RequestDetails, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Ask the sender; the clock of the stage waits (R40)."""
    assert case.stage is not None
    return [ev.DetailsRequested(stage=stages.pause(case.stage, regulation, now), question=command.question)]


def forward_to_officer(
    case: Case, command: cmd.ForwardToOfficer, regulation: Regulation, now: datetime
) -> list[ev.Event]:
    """Tier 1 → 2, five working hours (Điều 8.1.b, 9.1)."""
    holder = Holder(Role.OFFICER, command.unit)
    stage = stages.begin("officer", regulation, now, case.priority)
    forwarded = ev.ForwardedToOfficer(
        holder=holder, stage=stage, suggested=command.suggested, rule=command.rule, note=command.note
    )
    return [forwarded, *_conduct(case, holder.unit, regulation, now)]


def forward_to_agency(
    case: Case, command: cmd.ForwardToAgency, regulation: Regulation, now: datetime
) -> list[ev.Event]:
    """Tier 2 → 3, eight working hours (Điều 8.1.c, 9.2); to another unit where officers are not the agencies' own."""
    assert case.holder is not None
    if command.unit not in ("", case.holder.unit) and not regulation.officers_serve_all:
        raise InvalidError("not_your_agency", "Chỉ chuyển được cho cán bộ của chính cơ quan mình", pointer="/unit")
    holder = Holder(Role.AGENCY, command.unit or case.holder.unit)
    stage = stages.begin("agency", regulation, now, case.priority, case.stage)
    forwarded = ev.ForwardedToAgency(holder=holder, stage=stage, note=command.note)
    return [forwarded, *_conduct(case, holder.unit, regulation, now)]


def return_to_operator(
    case: Case, command: cmd.ReturnToOperator, regulation: Regulation, now: datetime
) -> list[ev.Event]:
    """The officer hands back; the operator's clock starts anew."""
    stage = stages.begin("operator", regulation, now, case.priority)
    return [ev.ReturnedToOperator(holder=_operators(regulation), stage=stage, reason=command.reason)]


def refer(case: Case, command: cmd.Refer, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Out of jurisdiction: to the Centre's leadership (Điều 8.3)."""
    holder = Holder(Role.LEADERSHIP, regulation.leadership)
    stage = stages.begin("leadership", regulation, now, case.priority)
    return [ev.ReferredToLeadership(holder=holder, stage=stage, reason=command.reason)]


def give_opinion(case: Case, command: cmd.GiveOpinion, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """The opinion goes to the operator, who tells the sender what to do (Điều 8.3)."""
    stage = stages.begin("operator", regulation, now, case.priority)
    return [ev.OpinionGiven(holder=_operators(regulation), stage=stage, leader=command.leader, opinion=command.opinion)]


def appoint(case: Case, command: cmd.Appoint, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """The first appointment for the reply (Điều 8.1.c); any further one is the agency's and counted (Điều 9.3)."""
    if case.appointment is not None:
        raise ConflictError(
            "appointed_already", "Hồ sơ đã có thời gian hẹn trả lời", appointment=case.appointment.isoformat()
        )
    return [ev.Appointed(at=_promise(command.at, regulation, now))]


def accept(case: Case, command: cmd.Accept, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """The agency has seen the case; saying so twice changes nothing."""
    assert case.stage is not None
    assert case.holder is not None
    return [] if case.stage.accepted_at else [ev.AcceptedByAgency(unit=case.holder.unit)]


def reappoint(case: Case, command: cmd.Reappoint, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """One new appointment at most, before the due time (Điều 9.3)."""
    assert case.stage is not None
    if case.reappointed >= regulation.reappointments:
        raise ConflictError(
            "reappointed_already", "Mỗi hồ sơ chỉ được hẹn lại tối đa một lần", limit=regulation.reappointments
        )
    if not stages.in_hours(now, regulation):
        raise ConflictError(
            "outside_office_hours", "Chỉ hẹn lại được trong giờ hành chính", next_open=_opening(now, regulation)
        )
    if now > case.stage.due_at:
        raise ConflictError("reappointed_too_late", "Đã quá hạn nên không thể hẹn lại", due_at=case.stage.due_at)
    if not command.reason:
        raise InvalidError("reason_missing", "Cần nêu lý do hẹn lại")
    if command.new_due <= case.stage.due_at:
        raise InvalidError("appointment_not_later", "Thời gian hẹn lại phải sau hạn hiện tại", due_at=case.stage.due_at)
    new_due = _promise(command.new_due, regulation, now)
    stage = stages.prolong(case.stage, regulation, new_due)
    return [ev.Reappointed(stage=stage, old_due=case.stage.due_at, new_due=new_due, reason=command.reason)]


def submit_result(case: Case, command: cmd.SubmitResult, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """The agency's result goes back to the one-stop officer (R69); the Post's is the reply itself (Điều 8.2.b)."""
    assert case.holder is not None
    unit = case.holder.unit
    if case.state is State.WITH_POST:
        return [
            ev.Answered(
                tier="post",
                unit=unit,
                late=case.answers_late,
                responsible_officer=command.responsible_officer,
                approving_leader=command.approving_leader,
                answer=command.result,
                attachments=command.attachments,
                file_names=command.file_names,
            )
        ]
    return [
        ev.ResultSubmitted(
            holder=Holder(Role.OFFICER, case.office or unit),
            stage=stages.begin("reply", regulation, now, case.priority, case.stage),
            unit=unit,
            responsible_officer=command.responsible_officer,
            approving_leader=command.approving_leader,
            result=command.result,
            attachments=command.attachments,
            file_names=command.file_names,
        )
    ]


def decline(case: Case, command: cmd.Decline, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Not ours: back to the officer who sent it, or to the operator when the Post declines."""
    assert case.holder is not None
    unit = case.holder.unit
    if case.state is State.WITH_POST:
        stage = stages.begin("operator", regulation, now, case.priority)
        return [ev.ReturnedToOperator(holder=_operators(regulation), stage=stage, reason=command.reason)]
    return [
        ev.DeclinedByAgency(
            holder=Holder(Role.OFFICER, case.office or unit),
            stage=stages.begin("officer", regulation, now, case.priority, case.stage),
            unit=unit,
            suggested=command.suggested,
            reason=command.reason,
        )
    ]


def answer(case: Case, command: cmd.Answer, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """The reply to the sender, with who answers for it (R8)."""
    assert case.stage is not None
    assert case.holder is not None
    return [
        ev.Answered(
            tier=case.stage.name,
            late=case.answers_late,
            unit=case.agency or case.holder.unit,
            responsible_officer=command.responsible_officer,
            approving_leader=command.approving_leader,
            answer=command.answer,
            attachments=command.attachments,
            file_names=command.file_names,
        )
    ]


def close_action(case: Case, command: cmd.CloseAction, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """A duty of a conduct report is done (R75)."""
    for action in case.actions:
        closable = action.closed_at is None and action.name != INPUT  # what was asked of a unit is answered, not closed
        if closable and action.name == command.name and command.unit in ("", action.unit):
            return [ev.ActionClosed(action=action.name, unit=action.unit, outcome=command.outcome)]
    raise ConflictError(
        "no_such_action",
        "Hồ sơ không có việc này đang mở",
        open_actions=[action.name for action in case.open_actions if action.name != INPUT],
    )


def _conduct(case: Case, unit: str, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """A conduct report, once it reaches the official's agency, makes two tracked duties (R75), once.

    A unit that an article gives such reports to is not that agency: it is the one that notifies.
    """
    if case.about != "conduct" or _told(case, unit) or _judges(case, unit, regulation):
        return []
    return [
        ev.ActionOpened(
            action=name,
            unit=unit,
            due_at=stages.due_after(now, minutes, regulation),
            minutes=minutes,
            calendar=regulation.calendar_version,
            number=document_number(case, name, regulation.conduct_symbols[name]),
        )
        for name, minutes in regulation.conduct_actions.items()
    ]


def _judges(case: Case, unit: str, regulation: Regulation) -> bool:
    reserved = regulation.authority.reserves(case.kind, case.about, case.field)
    return reserved is not None and unit in reserved.competent


def _told(case: Case, unit: str) -> bool:
    return any(one.unit == unit and one.name != INPUT and not one.withdrawn for one in case.actions)


def _operators(regulation: Regulation) -> Holder:
    return Holder(Role.OPERATOR, regulation.operators)


def _promise(at: datetime, regulation: Regulation, now: datetime) -> datetime:
    if at <= now:
        raise InvalidError("appointment_in_past", "Thời gian hẹn phải ở tương lai")
    if not stages.in_hours(at, regulation):
        raise InvalidError(
            "appointment_outside_hours", "Thời gian hẹn phải trong giờ hành chính", next_open=_opening(at, regulation)
        )
    return at.astimezone(UTC)


def _opening(at: datetime, regulation: Regulation) -> str | None:
    try:
        return regulation.calendar.next_open(at).isoformat()
    except NeverDueError:
        return None
