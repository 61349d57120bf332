"""Records of citizen reception as those who receive read them: a month, what waits, one with everything said."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.reception import RAISED, Entry, Raised, Session, answer_until, require_receiver
from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.ports.reception import Minutes


class MatterView(Struct, frozen=True):
    """Một nội dung được nêu; `state`: open, opened (đã lập hồ sơ), accepted, transferred, refused, petition."""

    number: int
    state: str
    due_at: datetime
    overdue: bool
    case: str = ""
    reference: str = ""
    title: str = ""
    content: str = ""
    person: Sender | None = None


class SessionRow(Struct, frozen=True):
    """Một buổi, không có lời của ai."""

    code: str
    kind: str
    kind_label: str
    day: date
    unit_name: str
    matters: tuple[MatterView, ...]


class Sessions(Struct, frozen=True):
    """Các buổi trong một tháng."""

    month: str
    sessions: tuple[SessionRow, ...]


class Owed(Struct, frozen=True):
    """Một nội dung chờ trả lời về việc thụ lý, chuyển hoặc từ chối."""

    code: str
    day: date
    matter: MatterView


class OwedList(Struct, frozen=True):
    """Những nội dung chờ trả lời, hạn sớm nhất trước."""

    owed: tuple[Owed, ...]


class EntryView(Struct, frozen=True):
    """Một lần ghi vào biên bản, không sửa được."""

    seq: int
    kind: str
    at: datetime
    by: str
    unit_name: str
    article: str
    matter: int
    facts: dict[str, str]
    texts: dict[str, str]


class MinutesView(Struct, frozen=True):
    """Một biên bản với mọi điều đã ghi."""

    code: str
    version: int
    kind: str
    kind_label: str
    day: date
    unit_name: str
    place: str
    presided: str
    present: str
    proceedings: str
    conclusions: str
    promises: str
    matters: tuple[MatterView, ...]
    corrections: tuple[EntryView, ...]
    entries: tuple[EntryView, ...]
    held: bool = False
    anonymised_at: datetime | None = None


def of_month(month: str, actor: Actor, deps: Deps) -> Sessions:
    """List the sessions of a month; raises ForbiddenError for who does not receive."""
    require_receiver(actor, deps.reception_rules)
    return Sessions(month, tuple(_row(session, deps) for session in deps.receptions.of_month(month)))


def owed_by_centre(deps: Deps) -> tuple[Owed, ...]:
    """List what waits for an answer, the earliest due first; by the calendar as it is now."""
    found = [
        Owed(session.code, session.day, _matter(one, deps))
        for session in deps.receptions.waiting()
        for one in session.matters
        if one.owed
    ]
    return tuple(sorted(found, key=lambda one: one.matter.due_at))


def owed_list(actor: Actor, deps: Deps) -> OwedList:
    """List what waits; raises ForbiddenError for who does not receive."""
    require_receiver(actor, deps.reception_rules)
    return OwedList(owed_by_centre(deps))


def minutes_of(code: str, actor: Actor, deps: Deps) -> MinutesView:
    """Show a record; raises ForbiddenError, NotFoundError."""
    require_receiver(actor, deps.reception_rules)
    return _minutes(deps.receptions.load(code), deps)


def _minutes(kept: Minutes, deps: Deps) -> MinutesView:
    session, first = kept.session, kept.entries[0]
    raised = {entry.matter: entry for entry in kept.entries if entry.kind == RAISED}
    entries = tuple(_entry(entry, deps) for entry in kept.entries)
    said = {name: first.texts.get(name, "") for name in SAID}
    return MinutesView(
        code=session.code,
        version=session.version,
        kind=session.kind,
        kind_label=deps.reception_rules.kinds[session.kind],
        day=session.day,
        unit_name=unit_name(session.unit, deps),
        matters=tuple(_matter(one, deps, raised[one.number]) for one in session.matters),
        corrections=tuple(entry for entry in entries if entry.kind == "corrected"),
        entries=entries,
        held=session.held,
        anonymised_at=session.anonymised_at,
        **said,
    )


SAID = ("place", "presided", "present", "proceedings", "conclusions", "promises")


def _row(session: Session, deps: Deps) -> SessionRow:
    return SessionRow(
        session.code,
        session.kind,
        deps.reception_rules.kinds[session.kind],
        session.day,
        unit_name(session.unit, deps),
        tuple(_matter(one, deps) for one in session.matters),
    )


def _matter(one: Raised, deps: Deps, raised: Entry | None = None) -> MatterView:
    due = answer_until(one.raised_on, deps.reception_rules, deps.regulation)
    texts = raised.texts if raised else {}
    return MatterView(
        number=one.number,
        state=one.state,
        due_at=due,
        overdue=one.owed and deps.clock.now() > due,
        case=one.case,
        reference=one.reference,
        title=texts.get("title", ""),
        content=texts.get("content", ""),
        person=raised.person if raised else None,
    )


def _entry(entry: Entry, deps: Deps) -> EntryView:
    return EntryView(
        entry.seq,
        entry.kind,
        entry.at,
        entry.by.name,
        unit_name(entry.by.unit, deps),
        entry.article,
        entry.matter,
        dict(entry.facts),
        dict(entry.texts),
    )
