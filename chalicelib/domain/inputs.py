"""Asking other units for input inside a case (lấy ý kiến, R57): its clock does not stop, its owner stays (R18).

A request is a duty of the unit that was asked: reminded of and escalated as duties are, and never in the way of the
holder's own answer – with the case ends what nobody has answered yet.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain import commands as cmd
from chalicelib.domain import events as ev
from chalicelib.domain import stages
from chalicelib.domain.case import INPUT, Case, Duty
from chalicelib.domain.duties import document_number
from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError
from chalicelib.domain.regulation import Regulation


def ask(case: Case, command: cmd.AskInput, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Ask each unit by a request of its own; one at a time of each."""
    rules, holder = regulation.inputs, case.holder
    assert rules is not None
    assert holder is not None
    units = tuple(dict.fromkeys(command.units))
    _check_units(case, units, holder.unit)
    if command.with_contact and case.protects_sender:
        raise InvalidError(
            "contact_protected", "Không được cho biết người phản ánh về cán bộ là ai", pointer="/with_contact"
        )
    minutes = _minutes(case, command.minutes, regulation, now)
    due = stages.due_after(now, minutes, regulation)
    return [
        ev.InputAsked(
            unit=unit,
            number=document_number(case, INPUT, rules.symbol, ahead=ahead),
            due_at=due,
            minutes=minutes,
            calendar=regulation.calendar_version,
            remind_every=rules.remind_every,
            article=rules.article,
            asked_by=holder.unit,
            with_contact=command.with_contact,
            question=command.question,
        )
        for ahead, unit in enumerate(units, 1)
    ]


def give(case: Case, command: cmd.GiveInput, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Record a unit's input; late is said, not refused."""
    asked = _open(case, command.id, command.unit)
    given = ev.InputGiven(
        unit=asked.unit,
        number=asked.number,
        article=asked.article,
        asked_by=_asker(case),
        late=now > asked.due_at,
        opinion=command.opinion,
    )
    return [given]


def decline(case: Case, command: cmd.DeclineInput, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Record that a unit has none to give."""
    asked = _open(case, command.id, command.unit)
    declined = ev.InputDeclined(
        unit=asked.unit,
        number=asked.number,
        article=asked.article,
        asked_by=_asker(case),
        late=now > asked.due_at,
        reason=command.reason,
    )
    return [declined]


def withdraw(case: Case, command: cmd.WithdrawInput, regulation: Regulation, now: datetime) -> list[ev.Event]:
    """Ask no more."""
    asked = _open(case, command.id)
    return [ev.InputWithdrawn(unit=asked.unit, number=asked.number, article=asked.article, reason=command.reason)]


def ended(case: Case) -> list[ev.Event]:
    """End the requests of a case that has ended: nobody waits for them any more."""
    if case.open:
        return []
    return [
        ev.InputWithdrawn(unit=asked.unit, number=asked.number, article=asked.article, ended=True)
        for asked in case.inputs
        if asked.closed_at is None
    ]


def longest(case: Case, regulation: Regulation, now: datetime) -> int:
    """Return how many working minutes a unit may be given: what is left of the holder's own, or the least there is."""
    stage, rules = case.stage, regulation.inputs
    assert stage is not None
    assert rules is not None
    elapsed = regulation.calendar.elapsed_minutes
    if stage.paused:
        *past, (began, _) = stage.pauses
        left = stage.minutes - elapsed(stage.started_at, began, tuple(past))
    else:
        left = elapsed(now, stage.due_at) if now < stage.due_at else 0
    return max(int(left), rules.least)


def _minutes(case: Case, wanted: int | None, regulation: Regulation, now: datetime) -> int:
    rules = regulation.inputs
    assert rules is not None
    most = longest(case, regulation, now)
    if wanted is None:
        return min(rules.minutes, most)
    if not rules.least <= wanted <= most:
        title = f"Thời gian cho ý kiến phải từ {rules.least} đến {most} phút làm việc, trong thời hạn còn lại của hồ sơ"
        raise InvalidError("input_time_invalid", title, pointer="/minutes", least=rules.least, most=most)
    return wanted


def _check_units(case: Case, units: tuple[str, ...], own: str) -> None:
    if own in units:
        raise InvalidError("own_unit", "Không lấy ý kiến của chính đơn vị đang giữ hồ sơ", pointer="/units")
    if waiting := {asked.unit for asked in case.inputs if asked.closed_at is None} & set(units):
        raise ConflictError(
            "input_asked_already",
            "Đơn vị này đang được hỏi ý kiến và chưa trả lời",
            pointer="/units",
            units=sorted(waiting),
        )


def _open(case: Case, place: int, unit: str = "") -> Duty:
    if place > len(case.inputs):
        raise NotFoundError("input_not_found", "Hồ sơ không có phiếu lấy ý kiến này")
    found = case.inputs[place - 1 : place] if place else case.inputs
    fitting = [asked for asked in found if asked.closed_at is None and unit in ("", asked.unit)]
    if not fitting:
        raise ConflictError("input_over", "Phiếu lấy ý kiến này đã được trả lời hoặc thu hồi")
    return fitting[0]


def _asker(case: Case) -> str:
    assert case.holder is not None, "with the case its requests end"
    return case.holder.unit
