"""Keep the public board as the events say (R70); running it twice changes nothing."""

from __future__ import annotations

from chalicelib.domain.case import MATTER, Publication
from chalicelib.domain.events import Published
from chalicelib.ports import Deps, Dossier, Posting


def post_to_board(code: str, deps: Deps) -> None:
    """Put the case's last published text on the board, or take it off: the case decides, not the order of messages.

    What was done is looked at again until the case has stood still: a slow worker would else bring back what a
    quicker one has withdrawn.
    """
    done = 0
    while (dossier := deps.cases.dossier(code)).case.version != done:
        _bring(dossier, deps)
        done = dossier.case.version


def _bring(dossier: Dossier, deps: Deps) -> None:
    if dossier.case.publication is Publication.PUBLISHED:
        if MATTER not in dossier.case.erased:  # else the board alone has the words: it keeps them
            deps.board.put(_posting(dossier, deps))
    else:
        deps.board.remove(deps.keys.public_name(dossier.case.code))


def _posting(dossier: Dossier, deps: Deps) -> Posting:
    recorded = next(r for r in reversed(dossier.history) if isinstance(r.event, Published))
    assert isinstance(recorded.event, Published)
    return Posting(
        id=deps.keys.public_name(dossier.case.code),
        kind=dossier.case.kind,
        field=dossier.case.field,
        unit=recorded.event.unit,
        question=recorded.event.question,
        answer=recorded.event.answer,
        published_at=recorded.at,
        month=f"{recorded.at.astimezone(deps.regulation.calendar.zone):%Y-%m}",
    )
