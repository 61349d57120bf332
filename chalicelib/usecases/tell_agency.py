"""Tell an agency by its own queue or, where it has no software, by mail (Điều 8.1.c, 8.2.a, 11.1.a)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.domain.attachments import files_of
from chalicelib.domain.case import Case
from chalicelib.domain.events import (
    LATER_WORDS,
    SENDERS_WORDS,
    Event,
    ForwardingTakenBack,
    Received,
    Recorded,
    SenderWrote,
)
from chalicelib.domain.evolve import fold
from chalicelib.domain.exchange import Outward, outward_of
from chalicelib.exchange.fields import LARGEST, VERSION
from chalicelib.exchange.told import TYPES, Citizen, CitizensFile, OnCase, Subject
from chalicelib.ports import Deps, Dossier, Message
from chalicelib.usecases.once import once
from chalicelib.usecases.tell_people import post

LETTERS: Mapping[str, str] = {
    "case_assigned": "assigned",
    "details_added": "assigned",
    "conduct_notice": "conduct_notice",
    "substitution_requested": "substitution_request",
}
OF_EVENT: Mapping[type[Event], str] = {SenderWrote: "sender_wrote", ForwardingTakenBack: "taken_back"}


def tell_agency(code: str, seq: int, deps: Deps) -> bool:
    """Send the message that an event makes for an agency; False when there is none or it was sent before."""
    dossier = deps.cases.dossier(code)
    recorded = dossier.history[seq - 1]
    outward = outward_of(recorded, fold(dossier.history[: seq - 1]).holder if seq > 1 else None)
    if outward is None:
        return False
    unit = deps.directory.unit(outward.unit)
    by_queue = unit.exchange == "sqs"
    letter = OF_EVENT.get(type(recorded.event)) or LETTERS.get(outward.type)
    if not by_queue and letter is None:  # who has no software is reminded by the ladder's notices
        return False
    with once(f"agency#{recorded.id}", deps) as mine:
        if mine and by_queue:
            body = message(outward, recorded, dossier)
            deps.outgoing.to_agency(unit.id, Message(body, {"type": outward.type, "message_id": recorded.id}))
        elif mine and letter:
            post(letter, f"unit:{unit.id}", recorded, dossier, deps)
    return mine


def message(outward: Outward, recorded: Recorded, dossier: Dossier) -> OnCase:
    """Return the message, within the size that a queue takes."""
    parts: dict[str, Any] = {**outward.facts, **(_content(dossier, recorded) if outward.with_content else {})}
    if outward.with_sender and not dossier.case.protects_sender:
        parts["sender"] = msgspec.convert(dossier.sender, Citizen, from_attributes=True)
        if files := _files(dossier, recorded):
            parts["attachments"] = files
    made: OnCase = TYPES[outward.type](
        version=VERSION,
        message_id=recorded.id,
        unit=outward.unit,
        sent_at=recorded.at,
        case=_subject(dossier.case),
        **parts,
    )
    return _fitting(made)


def _fitting(made: Any) -> OnCase:
    while getattr(made, "details", ()) and len(msgspec.json.encode(made)) > LARGEST:
        made = msgspec.structs.replace(made, details=made.details[1:], shortened=True)
    return made  # type: ignore[no-any-return] # only fields that it has were replaced


def _subject(case: Case) -> Subject:
    return Subject(code=case.code, kind=case.kind, about=case.about, field=case.field, version=case.version)  # type: ignore[arg-type] # the regulation holds what they may be


def _content(dossier: Dossier, until: Recorded) -> dict[str, Any]:
    before = [recorded.event for recorded in dossier.history[: until.seq]]
    first = next(event for event in before if isinstance(event, Received))
    return {
        "title": first.title,
        "content": first.content,
        "details": [event.content for event in before if isinstance(event, LATER_WORDS)],
        "note": getattr(until.event, "note", ""),
    }


def _files(dossier: Dossier, until: Recorded) -> list[CitizensFile]:
    supplied = (one for one in dossier.history[: until.seq] if isinstance(one.event, SENDERS_WORDS))
    return [CitizensFile(one.id, name, one.media_type, one.size, one.sha256) for one, name in files_of(supplied)]
