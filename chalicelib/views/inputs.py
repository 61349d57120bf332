"""Requests for input (lấy ý kiến, R57): on the page of a case, in the list of who is asked, and as the asked see them.

Whoever is asked is no reader of the case: the matter's words are shown while the request is open, and who sent it only
where whoever asked said so.
"""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.errors import ForbiddenError, NotFoundError
from chalicelib.domain.permissions import may_read
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.views.follow_ups import page_of

if TYPE_CHECKING:
    from chalicelib.domain.case import Case, Duty
    from chalicelib.domain.events import InputAsked


class InputView(Struct, frozen=True):
    """Một lần lấy ý kiến; `state`: open, given, declined, withdrawn; `words` là ý kiến hoặc lý do, trống: chưa có."""

    id: int
    number: str
    unit: str
    unit_name: str
    asker_name: str
    question: str
    asked_at: datetime
    due_at: datetime
    state: str
    overdue: bool
    late: bool = False
    words: str = ""
    closed_at: datetime | None = None


class AskedRow(Struct, frozen=True):
    """Một dòng của danh sách được hỏi ý kiến."""

    code: str
    id: int
    number: str
    kind_label: str
    field_label: str
    due_at: datetime
    minutes: int
    overdue: bool


class Asked(Struct, frozen=True):
    """Việc một đơn vị được hỏi ý kiến và chưa trả lời, hạn sớm nhất trước; `cursor` trống là trang cuối."""

    inputs: tuple[AskedRow, ...]
    cursor: str = ""


class RequestView(Struct, frozen=True):
    """Điều được hỏi ý kiến, cùng nội dung của hồ sơ; `contact` trống nếu đơn vị hỏi không cho biết người gửi là ai."""

    code: str
    input: InputView
    kind_label: str
    field_label: str
    received_at: datetime
    title: str
    content: str
    details: tuple[str, ...]
    contact: Sender | None
    may_answer: bool


def inputs_of(dossier: Dossier, deps: Deps) -> tuple[InputView, ...]:
    """Show the requests of a case in their order."""
    from chalicelib.domain.events import InputAsked

    asked = [past.event for past in dossier.history if isinstance(past.event, InputAsked)]
    return tuple(_input(*one, dossier, deps) for one in zip(count(1), dossier.case.inputs, asked, strict=False))


def asked_of(unit: str, deps: Deps, *, limit: int, cursor: str) -> Asked:
    """Show a page of what a unit is asked and has not answered."""

    def of(case: Case) -> tuple[AskedRow, ...]:
        return tuple(
            _row(case, place, duty, deps)
            for place, duty in enumerate(case.inputs, 1)
            if duty.closed_at is None and duty.unit == unit
        )

    found, following = page_of(deps, cursor, limit, of)
    return Asked(tuple(found), following)


def request_of(dossier: Dossier, place: int, actor: Actor, deps: Deps) -> RequestView:
    """Show a request to whoever is to answer it, or may read the case; raises NotFoundError, ForbiddenError."""
    from chalicelib.domain.events import LATER_WORDS, InputAsked, Received

    case, rules = dossier.case, deps.regulation
    found = inputs_of(dossier, deps)
    if not 1 <= place <= len(found):
        raise NotFoundError("input_not_found", "Hồ sơ không có phiếu lấy ý kiến này")
    one = found[place - 1]
    its_own = one.unit == actor.unit and one.state == "open"
    if not its_own and not may_read(case, actor):
        raise ForbiddenError("not_asked", "Đơn vị của anh/chị không được hỏi, hoặc không còn được hỏi ý kiến này")
    events = [past.event for past in dossier.history]
    first = next(event for event in events if isinstance(event, Received))
    asked = [event for event in events if isinstance(event, InputAsked)][place - 1]
    return RequestView(
        code=case.code,
        input=one,
        kind_label=rules.kinds[case.kind].label,
        field_label=rules.fields[case.field].label,
        received_at=case.received_at,
        title=first.title,
        content=first.content,
        details=tuple(event.content for event in events if isinstance(event, LATER_WORDS) and event.content),
        contact=dossier.sender if asked.with_contact and not case.protects_sender else None,
        may_answer=its_own,
    )


def _input(place: int, duty: Duty, asked: InputAsked, dossier: Dossier, deps: Deps) -> InputView:
    state, words, late = _said(duty, dossier)
    return InputView(
        id=place,
        number=duty.number,
        unit=duty.unit,
        unit_name=unit_name(duty.unit, deps),
        asker_name=unit_name(asked.asked_by, deps),
        question=asked.question,
        asked_at=duty.opened_at or duty.due_at,
        due_at=duty.due_at,
        state=state,
        overdue=duty.overdue,
        late=late,
        words=words,
        closed_at=duty.closed_at,
    )


def _said(duty: Duty, dossier: Dossier) -> tuple[str, str, bool]:
    """Return what became of a request, the words that ended it, and whether they came late."""
    from chalicelib.domain.events import InputDeclined, InputGiven, InputWithdrawn

    for past in dossier.history:
        if getattr(past.event, "number", "") != duty.number:
            continue
        match past.event:
            case InputGiven(opinion=words, late=late):
                return "given", words, late
            case InputDeclined(reason=words, late=late):
                return "declined", words, late
            case InputWithdrawn(reason=words):
                return "withdrawn", words, False
    return "open", "", False


def _row(case: Case, place: int, duty: Duty, deps: Deps) -> AskedRow:
    rules, now = deps.regulation, deps.clock.now()
    start, end = sorted((now, duty.due_at))
    return AskedRow(
        code=case.code,
        id=place,
        number=duty.number,
        kind_label=rules.kinds[case.kind].label,
        field_label=rules.fields[case.field].label,
        due_at=duty.due_at,
        minutes=round(rules.calendar.elapsed_minutes(start, end)),
        overdue=now > duty.due_at,
    )
