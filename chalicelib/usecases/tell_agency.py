"""Tell an agency by its own queue or, where it has no software, by mail (Điều 8.1.c, 8.2.a, 11.1.a)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.case import Case
from chalicelib.domain.events import DetailsSupplied, Received, Recorded
from chalicelib.domain.exchange import VERSION, Outward, facts, outward_of
from chalicelib.ports import Deps, Dossier, Message
from chalicelib.usecases.once import once
from chalicelib.usecases.tell_people import post

LETTERS: Mapping[str, str] = {
    "case_assigned": "assigned",
    "details_added": "assigned",
    "conduct_notice": "conduct_notice",
    "substitution_requested": "substitution_request",
}


def tell_agency(code: str, seq: int, deps: Deps) -> bool:
    """Send the message that an event makes for an agency; False when there is none or it was sent before."""
    dossier = deps.cases.dossier(code)
    recorded = dossier.history[seq - 1]
    outward = outward_of(recorded)
    if outward is None:
        return False
    unit = deps.directory.unit(outward.unit)
    with once(f"agency#{recorded.id}", deps) as mine:
        if mine and unit.exchange == "sqs":
            deps.outgoing.to_agency(unit.id, _message(outward, recorded, dossier))
        elif mine and outward.type in LETTERS:  # who has no software is reminded by the ladder's notices
            post(LETTERS[outward.type], f"unit:{unit.id}", recorded, dossier, deps)
    return mine


def _message(outward: Outward, recorded: Recorded, dossier: Dossier) -> Message:
    body = {
        "version": VERSION,
        "message_id": recorded.id,
        "type": outward.type,
        "unit": outward.unit,
        "case": _subject(dossier.case),
        "sent_at": recorded.at,
        **facts(recorded.event),
        **(_content(dossier, recorded) if outward.with_content else {}),
        **({"sender": dossier.sender} if outward.with_sender and not dossier.case.protects_sender else {}),
    }
    return Message(body, {"type": outward.type, "message_id": recorded.id})


def _subject(case: Case) -> dict[str, Any]:
    return {"code": case.code, "kind": case.kind, "about": case.about, "field": case.field, "version": case.version}


def _content(dossier: Dossier, until: Recorded) -> dict[str, Any]:
    before = [recorded.event for recorded in dossier.history[: until.seq]]
    first = next(event for event in before if isinstance(event, Received))
    return {
        "title": first.title,
        "content": first.content,
        "details": [event.content for event in before if isinstance(event, DetailsSupplied)],
        "note": getattr(until.event, "note", ""),
    }
