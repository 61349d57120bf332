"""Who telephones, as far as earlier cases know, and which of these may be about the same matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chalicelib.domain.errors import DomainError
from chalicelib.domain.events import Received
from chalicelib.domain.likeness import alike
from chalicelib.views.case_summary import CaseSummary, summary

if TYPE_CHECKING:
    from chalicelib.domain.actors import Actor, Sender
    from chalicelib.domain.case import Case
    from chalicelib.ports import Deps, Dossier

MOST = 20  # cases shown
READ = 5  # of them, the newest, are read for their words
RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier case and its words, in short."""

    case: CaseSummary
    title: str
    content: str
    similar: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """A sender known by number or address: the details given last, the newest cases with words, and the rest.

    Among the rest is a case that cannot be read; where none can, nothing is known of the sender.
    """

    sender: Sender | None
    earlier: tuple[Earlier, ...]
    others: tuple[CaseSummary, ...]

    @property
    def similar(self) -> tuple[str, ...]:
        """Codes of the cases that a new one might repeat."""
        return tuple(one.case.code for one in self.earlier if one.similar)


def caller(contact: str, content: str, actor: Actor, deps: Deps) -> Caller | None:
    """Return what is known of whoever has this number or address, seen from a matter's content; None of a new one."""
    cases = deps.lists.of_sender(deps.keys.sender(contact), limit=MOST)
    if not cases:
        return None
    read = {case.code: found for case in cases[:READ] if (found := _read(case, deps))}
    now = deps.clock.now()
    return Caller(
        sender=next((dossier.sender for dossier in read.values()), None),
        earlier=tuple(_earlier(dossier, content, now, actor, deps) for dossier in read.values()),
        others=tuple(summary(case, actor, deps) for case in cases if case.code not in read),
    )


def _read(case: Case, deps: Deps) -> Dossier | None:
    try:
        return deps.cases.dossier(case.code)
    except DomainError:
        raise
    except Exception:  # noqa: BLE001 whatever is wrong with an earlier case, who calls now is to be heard
        return None


def _earlier(dossier: Dossier, content: str, now: datetime, actor: Actor, deps: Deps) -> Earlier:
    said = dossier.history[0].event
    assert isinstance(said, Received)
    similar = _recent(dossier.case, now) and alike(content, f"{said.title} {said.content}")
    return Earlier(summary(dossier.case, actor, deps), said.title, said.content, similar)


def _recent(case: Case, now: datetime) -> bool:
    return case.holder is not None or now - case.received_at <= RECENT
