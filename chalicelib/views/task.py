"""The work that a link in a mail leads to: as much of the case as the mail shows, and what may be answered now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import Actor, Role, Sender
from chalicelib.domain.case import INPUT, Case
from chalicelib.domain.permissions import allowed
from chalicelib.domain.reply_links import OF_DUTIES, Task, due_of
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.views.files import FileView, attached

if TYPE_CHECKING:
    from chalicelib.domain.events import Event, Recorded


class TaskView(Struct, frozen=True):
    """Việc được giao; `minutes` là số phút làm việc còn lại hoặc đã quá, `allowed` là những cách trả lời được nhận."""

    code: str
    unit_name: str
    duty: str
    kind_label: str
    field_label: str
    stage_label: str
    received_at: datetime
    due_at: datetime | None
    minutes: int
    late: bool
    title: str
    content: str
    details: tuple[str, ...]
    files: tuple[FileView, ...]
    note: str
    contact: Sender | None
    allowed: tuple[str, ...]


def task_view(dossier: Dossier, task: Task, deps: Deps) -> TaskView:
    """Show work that runs; who reported an official is not told, nor the report itself where only a person is asked."""
    from chalicelib.domain.events import LATER_WORDS, Received

    case, rules, now = dossier.case, deps.regulation, deps.clock.now()
    events = [past.event for past in dossier.history]
    first = next(event for event in events if isinstance(event, Received))
    told = task.duty != "substitution"  # that letter asks for another official and repeats nothing
    due = due_of(case, task)
    start, end = sorted((now, due or now))
    return TaskView(
        code=case.code,
        unit_name=unit_name(task.unit, deps),
        duty=task.duty,
        kind_label=rules.kinds[case.kind].label,
        field_label=rules.fields[case.field].label,
        stage_label=rules.stages[case.stage.name].label if case.stage and not task.duty else "",
        received_at=case.received_at,
        due_at=due,
        minutes=round(rules.calendar.elapsed_minutes(start, end)),
        late=due is not None and now > due,
        title=first.title if told else "",
        content=first.content if told else "",
        details=tuple(event.content for event in events if told and isinstance(event, LATER_WORDS) and event.content),
        files=tuple(file for past in with_files(dossier, task) for file in attached(past.event)),
        note=_note(dossier.history[task.seq - 1].event),
        contact=dossier.sender if _shows_sender(dossier, task) else None,
        allowed=_allowed(case, task, deps),
    )


def with_files(dossier: Dossier, task: Task) -> tuple[Recorded, ...]:
    """Return the events whose files, the sender's, go with the work: as in the message that software gets of it."""
    from chalicelib.domain.events import SENDERS_WORDS

    if not _shows_sender(dossier, task):
        return ()
    return tuple(past for past in dossier.history if isinstance(past.event, SENDERS_WORDS))


def _note(event: Event) -> str:
    return str(getattr(event, "note", "") or getattr(event, "question", ""))


def _shows_sender(dossier: Dossier, task: Task) -> bool:
    """Who has a case may know who sent it; who is asked for input, if whoever asks said so."""
    event = dossier.history[task.seq - 1].event
    return not dossier.case.protects_sender and (not task.duty or getattr(event, "with_contact", False))


def _allowed(case: Case, task: Task, deps: Deps) -> tuple[str, ...]:
    if task.duty:
        return tuple(OF_DUTIES.get(task.duty, ("close_action",)))
    stage, now = case.stage, deps.clock.now()
    assert stage is not None, "a case that an agency has runs"
    senseless = {
        **dict.fromkeys(("close_action", *OF_DUTIES[INPUT]), True),  # a duty has a link of its own
        **dict.fromkeys(("ask_input", "withdraw_input"), True),  # at the desk
        "accept": stage.accepted_at is not None,
        "reappoint": case.reappointed >= deps.regulation.reappointments or now > stage.due_at,
    }
    possible = allowed(case, Actor(Role.AGENCY, task.unit), deps.regulation)
    return tuple(name for name in possible if not senseless.get(name))
