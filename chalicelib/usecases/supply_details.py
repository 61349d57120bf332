"""Complete a matter: the sender's further words and contact details, judged again (R40, Điều 10.2.a)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

from chalicelib.domain.actors import Actor, Sender
from chalicelib.domain.case import Case
from chalicelib.domain.commands import SupplyDetails
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.errors import InvalidError
from chalicelib.domain.events import LATER_WORDS, Received
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps, Dossier, Receipt
from chalicelib.usecases.attach_files import Attaching
from chalicelib.usecases.carry_out import change
from chalicelib.usecases.receive_case import clean_sender


def supply_details(  # noqa: PLR0913 - each by its name
    code: str,
    *,
    content: str,
    sender: Sender,
    actor: Actor,
    deps: Deps,
    uploads: Sequence[str] = (),
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Add words, details and files; empty fields of `sender` leave what was known. Something must be new."""
    words = normalise(content)
    given, files = clean_sender(sender), Attaching(uploads, actor, deps)
    if not words and not uploads and given == Sender(kind=given.kind):
        raise InvalidError("nothing_supplied", "Vui lòng bổ sung nội dung hoặc thông tin liên hệ")

    def plan() -> tuple[SupplyDetails, Sender]:
        # Read at each try, after the case: what somebody else added meanwhile is kept, not written over.
        dossier = deps.cases.dossier(code)
        whole = merged(dossier.sender, given)
        command = SupplyDetails(content=words, matter=matter_with(dossier, words, whole))
        return files.with_files(command, dossier), whole

    return change(code, plan, actor=actor, deps=deps, version=version, receipt=receipt, keep=files.keep)


def merged(known: Sender, given: Sender) -> Sender:
    """Lay new details over the known ones."""
    new = {item.name: value for item in fields(Sender) if item.name != "kind" and (value := getattr(given, item.name))}
    return replace(known, **new)


def matter_with(dossier: Dossier, words: str, sender: Sender) -> Matter:
    """Return the whole matter as these words make it."""
    events = [recorded.event for recorded in dossier.history]
    first = next(event for event in events if isinstance(event, Received))
    later = [event.content for event in events if isinstance(event, LATER_WORDS)]
    content = "\n\n".join(part for part in (first.content, *later, words) if part)
    return Matter(first.title, content, sender)
