"""Make a case of a matter that was raised at a session, linked both ways, once (R25)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain import reception
from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.commands import Receive
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.reception import OPENED, Entry, Session
from chalicelib.ports import Deps, Receipt
from chalicelib.usecases.receive_case import Receipted, receive_case
from chalicelib.usecases.write_minutes import add_entry


@dataclass(frozen=True, slots=True)
class Sorting:
    """What kind of case the matter becomes."""

    kind: str
    about: str | None
    field: str


def follow_up_matter(code: str, number: int, sorting: Sorting, *, actor: Actor, deps: Deps) -> Case:
    """Return the case of a matter: made now, or before.

    The matter's own name is the receipt of its case: after a crash between case and entry, or pressed twice, there is
    one case, and the entry is added if it is not there. Raises what receive_case raises, ConflictError for a matter
    that was answered otherwise.
    """
    reception.require_receiver(actor, deps.reception_rules)
    kept = deps.receptions.load(code)
    matter = reception.matter_of(kept.session, number)
    if matter.case:
        return deps.cases.load(matter.case).case
    reception.owed(kept.session, number)
    raised = next(entry for entry in kept.entries if (entry.kind, entry.matter) == (reception.RAISED, number))
    made = _received(raised, f"{code}-{number}", sorting, actor, deps)
    try:
        add_entry(code, lambda session: _opened(session, number, made.case.code, actor, deps), actor=actor, deps=deps)
    except ConflictError:
        if reception.matter_of(deps.receptions.load(code).session, number).case != made.case.code:
            raise  # else a twin was quicker with the very same case
    return made.case


def _received(raised: Entry, source: str, sorting: Sorting, actor: Actor, deps: Deps) -> Receipted:
    assert raised.person is not None
    command = Receive(
        matter=Matter(raised.texts.get("title", ""), raised.texts["content"], raised.person),
        kind=sorting.kind,
        about=sorting.about,
        channel=deps.reception_rules.channel,
        field=sorting.field,
        source=source,
    )
    return receive_case(command, actor=actor, receipt=Receipt(f"reception#{source}", source), deps=deps)


def _opened(session: Session, number: int, case: str, actor: Actor, deps: Deps) -> Entry:
    reception.owed(session, number)
    article, now = deps.reception_rules.article, deps.clock.now()
    return Entry(session.version + 1, OPENED, now, actor, article, number, facts={"case": case})
