"""What a letter may say: facts of the case and of the event, in the names the letters use (adapters/letters.py)."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from chalicelib.domain.case import INPUT, Case, Stage
from chalicelib.domain.events import (
    LATER_WORDS,
    ActionOpened,
    ActionOverdue,
    Appointed,
    DeadlineMoved,
    DetailsRequested,
    Escalated,
    Event,
    InputAsked,
    InputDeclined,
    InputGiven,
    LateCorrected,
    Reappointed,
    Received,
    Recorded,
)
from chalicelib.domain.notices import WAITING
from chalicelib.domain.reply_links import task_of
from chalicelib.domain.units import Unit
from chalicelib.ports import Deps, Dossier, unit_name
from chalicelib.usecases.addresses import FOLLOW, RATING, REPLY, WORKLIST, address

STANDINGS = ("late", "soon", "waiting")  # past the due time, before it, standing still for the sender
WITH_CONTACT = frozenset({"assigned"})
WITH_REPLY_LINK = frozenset(
    {
        *("assigned", "conduct_notice", "substitution_request", "sender_wrote", "reminder", "overdue"),
        *("input_wanted", "urged"),
    }
)


def context_of(letter: str, to: Unit | None, recorded: Recorded, dossier: Dossier, deps: Deps) -> dict[str, object]:
    """Return everything a letter may need; `to` is the unit addressed, or None for the sender."""
    case, event, rules = dossier.case, recorded.event, deps.regulation
    first = next(past.event for past in dossier.history if isinstance(past.event, Received))
    context: dict[str, object] = {
        "code": case.code,
        "pin": deps.keys.pin(case.code) if "pin" in _SECRET.get(letter, ()) else "",
        "link": address(deps, WORKLIST if to else FOLLOW, case.code),
        "kind_label": rules.kinds[case.kind].label,
        "field_label": rules.fields[case.field].label,
        "regulation": rules.title,
        "received_at": case.received_at,
        "article": recorded.article,
        "sent_at": recorded.at,
        "number": "",
        "unit": unit_name(getattr(event, "unit", "") or recorded.unit, deps, recorded.at),
        "title": first.title,
        "content": first.content,
        "details": [past.event.content for past in dossier.history if isinstance(past.event, LATER_WORDS)],
        "note": "",
        "late": bool(case.late_marks),
        "contact": dossier.sender if _with_contact(letter, event) and not case.protects_sender else None,
    }
    if letter == "answered":
        context["rating_link"] = address(deps, RATING, deps.keys.link("rating", case.code, recorded.seq))
    if letter in WITH_REPLY_LINK:
        context["reply_link"] = _reply_link(to, recorded, dossier, deps) if to else ""
    context |= {"unit_name": to.name} if to else _of_sender(dossier, deps)
    plain = {item.name: getattr(event, item.name) for item in fields(event) if item.name not in _OURS}  # type: ignore[arg-type] # all events are dataclasses
    context |= plain | _of_mail(recorded) | _times(event, case.received_at, deps)
    return context | _promise(recorded, dossier) | _document(event, case) | _of_input(event, deps)


def _with_contact(letter: str, event: Event) -> bool:
    return letter in WITH_CONTACT or getattr(event, "with_contact", False)


def _of_input(event: Event, deps: Deps) -> dict[str, object]:
    """Name the unit that asks for input, or say what became of that."""
    match event:
        case InputAsked():
            return {"asker": unit_name(event.asked_by, deps)}
        case InputGiven():
            return {"declined": False, "words": event.opinion}
        case InputDeclined():
            return {"declined": True, "words": event.reason}
    return {}


def _of_sender(dossier: Dossier, deps: Deps) -> dict[str, object]:
    kind, name = dossier.case.sender_kind, dossier.sender.name
    return {"sender_kind": kind, "sender_name": name, "answerable": bool(deps.mail_domain)}


def _of_mail(recorded: Recorded) -> dict[str, object]:
    event = recorded.event
    if not isinstance(event, LATER_WORDS) or event.mail is None:
        return {}
    told = {"attachments": event.mail.attachments, "other_address": event.mail.other_address}
    return told | {"words": event.content, "ended": event.holder is None}


def _document(event: Event, case: Case) -> dict[str, object]:
    """Return the number of the document of a conduct report that is reminded of."""
    if not isinstance(event, ActionOverdue):
        return {}
    duty = next(action for action in reversed(case.actions) if (action.name, action.unit) == (event.action, event.unit))
    return {"number": duty.number}


def _reply_link(to: Unit, recorded: Recorded, dossier: Dossier, deps: Deps) -> str:
    """Return the page on which a unit without software answers for its work; empty where it has none, or a queue."""
    event = recorded.event
    duty = event.action if isinstance(event, ActionOpened | ActionOverdue) else ""
    duty = INPUT if isinstance(event, InputAsked) else duty
    by_queue = to.exchange == "sqs" and duty != INPUT  # which software is not asked for: docs/agency-exchange.md
    task = None if by_queue else task_of(dossier.case, dossier.history, to.id, duty)
    return address(deps, REPLY, deps.keys.link("reply", dossier.case.code, task.seq)) if task else ""


_SECRET = {"acknowledged": ("pin",), "details_wanted": ("pin",)}
# Fields of events whose plain value is not what a letter shows: units are named, articles and the matter's text ours.
_OURS = frozenset({"unit", "article", "content"})


def row_of(letter: str, recorded: Recorded, case: Case, deps: Deps) -> dict[str, object]:
    """Return what a list says of one reminder: the case, whom it waits for since when, and where its clock stands."""
    told = _times(recorded.event, case.received_at, deps)
    return {
        "code": case.code,
        "kind_label": deps.regulation.kinds[case.kind].label,
        "letter": letter,
        "standing": "waiting" if told["waiting"] else "late" if told["late"] else "soon",
        **{name: told[name] for name in ("stage_label", "holder", "due_at", "minutes")},
    }


def _times(event: Event, received_at: datetime, deps: Deps) -> dict[str, object]:
    rules = deps.regulation
    match event:
        case Received():
            opens = rules.calendar.next_open(received_at)
            return _stage(event.stage, deps) | {"opens_at": opens}
        case DetailsRequested():
            asked = [rules.details[item] for item in event.missing]
            return {"wanted": asked, "question": "" if asked else event.question}
        case Escalated():
            held = _held(event.stage, event.holder.unit, deps)
            return held | _overrun(event.due_at, event.step + 1, deps) | {"waiting": event.stage == WAITING}
        case ActionOpened():
            return {"due_at": event.due_at}
        case ActionOverdue():
            label = rules.duty_label(event.action)
            return {
                "stage_label": label,
                "holder": unit_name(event.unit, deps),
                **_overrun(event.due_at, event.step + 1, deps),
                "waiting": False,
            }
    stage = getattr(event, "stage", None)
    return _stage(stage, deps) if isinstance(stage, Stage) else {}


def _promise(recorded: Recorded, dossier: Dossier) -> dict[str, object]:
    """Return what was promised and what is now: the time of an appointment, where there is one, else of the stage."""
    match recorded.event:
        case LateCorrected() as corrected:
            return {"old_due": corrected.since, "new_due": corrected.due_at}
        case DeadlineMoved(appointment=datetime() as new):
            past = [told for one in dossier.history[: recorded.seq - 1] if (told := _appointed(one.event))]
            return {"old_due": past[-1], "new_due": new}
    return {}


def _appointed(event: Event) -> datetime | None:
    match event:
        case Appointed():
            return event.at
        case Reappointed():
            return event.new_due
        case DeadlineMoved():
            return event.appointment
    return None


def _stage(stage: Stage, deps: Deps) -> dict[str, object]:
    label = deps.regulation.stages[stage.name].label
    return {"stage_label": label, "due_at": stage.due_at, "minutes": round(stage.minutes)}


def _held(stage: str, unit: str, deps: Deps) -> dict[str, object]:
    limit = deps.regulation.stages.get(stage)
    label = limit.label if limit else deps.regulation.states["awaiting_details"]
    article: dict[str, object] = {"article": limit.article} if limit else {}
    return {"stage_label": label, "holder": unit_name(unit, deps)} | article


def _overrun(due_at: datetime, step: int, deps: Deps) -> dict[str, object]:
    now, calendar = deps.clock.now(), deps.regulation.calendar
    late = now >= due_at
    start, end = (due_at, now) if late else (now, due_at)
    minutes = round(calendar.elapsed_minutes(start, end))
    return {"late": late, "minutes": minutes, "due_at": due_at, "since": due_at, "step": step}
