"""Petitions as the department sees them: facts, never a word that was not asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chalicelib.domain.petitions.decide import allowed
from chalicelib.domain.petitions.due import due_of
from chalicelib.domain.petitions.limits import local_date

if TYPE_CHECKING:
    from chalicelib.domain.petitions.events import Recorded
    from chalicelib.domain.petitions.petition import Petition
    from chalicelib.domain.petitions.rules import PetitionRules
    from chalicelib.ports.petitions import PetitionDeps


class DueView(Struct, frozen=True):
    """What is due (accept, settle, follow), on which day, and how it stands: late, soon, in_time."""

    what: str
    on: date
    article: str
    binding: bool
    standing: str


class PetitionRow(Struct, frozen=True):
    """A line of the list."""

    code: str
    state: str
    kind: str
    channel: str
    joint: bool
    received_on: date
    due: DueView | None
    outcome: str
    opened: int


class PetitionList(Struct, frozen=True):
    """Those that are open, what is due first before the others; or those closed in a month."""

    petitions: tuple[PetitionRow, ...]
    more: bool = False  # there are more than fit


class PetitionStep(Struct, frozen=True):
    """An event: facts, and whether words belong to it, which are shown only to who opened them."""

    seq: int
    at: datetime
    by: str
    role: str
    type: str
    article: str
    facts: Mapping[str, Any]
    noted: bool
    words: Mapping[str, str] = {}


class PetitionSheet(Struct, frozen=True, kw_only=True):
    """A petition with its history and what can be done with it now."""

    row: PetitionRow
    accepted_on: date | None
    granted: tuple[int, ...]
    document: str
    number: str
    settled_on: date | None
    urged: int
    checked: int
    withdrawn: bool
    closed_on: date | None
    held: bool
    erased_on: date | None
    allowed: tuple[str, ...]
    steps: tuple[PetitionStep, ...]
    version: int


def listed(petitions: Iterable[Petition], rules: PetitionRules, deps: PetitionDeps, limit: int) -> PetitionList:
    """Return a list, what is due first before the others."""
    found = [row(petition, rules, deps) for petition in islice(petitions, limit + 1)]
    ordered = sorted(found[:limit], key=lambda one: (one.due.on if one.due else date.max, one.code))
    return PetitionList(tuple(ordered), more=len(found) > limit)


def row(petition: Petition, rules: PetitionRules, deps: PetitionDeps) -> PetitionRow:
    """Return the line of one."""
    calendar = deps.regulation.calendar
    return PetitionRow(
        code=petition.code,
        state=petition.state,
        kind=petition.kind,
        channel=petition.channel,
        joint=petition.joint,
        received_on=local_date(petition.received_at, calendar),
        due=due_view(petition, rules, deps),
        outcome=petition.outcome,
        opened=petition.opened,
    )


def due_view(petition: Petition, rules: PetitionRules, deps: PetitionDeps) -> DueView | None:
    """Return what is due."""
    calendar = deps.regulation.calendar
    due = due_of(petition, rules, calendar)
    if due is None:
        return None
    standing = due.standing(local_date(deps.clock.now(), calendar), rules.warn)
    return DueView(due.what, due.on, due.article, due.binding, standing)


def sheet(
    petition: Petition,
    history: Iterable[Recorded],
    rules: PetitionRules,
    deps: PetitionDeps,
    words: Mapping[int, Mapping[str, str]] | None = None,
) -> PetitionSheet:
    """Return one whole; with `words` what was said, by the number of its event."""
    return PetitionSheet(
        row=row(petition, rules, deps),
        accepted_on=petition.accepted_on,
        granted=petition.granted,
        document=petition.document,
        number=petition.number,
        settled_on=petition.settled_on,
        urged=petition.urged,
        checked=petition.checked,
        withdrawn=petition.withdrawn,
        closed_on=petition.closed_on,
        held=petition.held,
        erased_on=petition.erased_on,
        allowed=allowed(petition, rules),
        steps=tuple(step(recorded, (words or {}).get(recorded.seq, {})) for recorded in history),
        version=petition.version,
    )


def step(recorded: Recorded, words: Mapping[str, str]) -> PetitionStep:
    """Return an event."""
    return PetitionStep(
        seq=recorded.seq,
        at=recorded.at,
        by=recorded.actor.name,
        role=recorded.actor.role,
        type=type(recorded.event).__name__,
        article=recorded.article,
        facts=asdict(recorded.event),  # type: ignore[call-overload] # every event is a dataclass
        noted=bool(recorded.noted),
        words=words,
    )
