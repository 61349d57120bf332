"""Take words and identity away of petitions whose time is over (R99, R100): by a function of the track, without a key.

First the event, then its effect, as with cases: where a run dies between the two the row that led to the petition still
stands, and the next one clears it. Facts, log and counts stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.keeping import first_kept
from chalicelib.domain.petitions.commands import Erase
from chalicelib.domain.petitions.decide import over
from chalicelib.ports import StaleVersionError
from chalicelib.ports.petitions import PetitionDeps
from chalicelib.usecases.forgotten import Forgotten
from chalicelib.usecases.petitions.act_on_petition import commit_of


def shred_petitions(deps: PetitionDeps, *, go_on: Callable[[], bool] = lambda: True) -> Forgotten:
    """Do it while there is time; raises UnavailableError, and the next run begins anew with what is left."""
    run = Forgotten()
    if deps.petition_rules is None:
        return run
    before = closed_before(deps)
    for code in deps.petitions.closed_before(before):
        if not go_on():
            break
        _see_to(code, before, run, deps)
    return run


def due(deps: PetitionDeps) -> Iterator[str]:
    """Yield the codes of those that a run would erase now; nothing is changed."""
    before = closed_before(deps)
    for code in deps.petitions.closed_before(before):
        petition = deps.petitions.load(code).petition
        if over(petition, before) and not petition.erased_on:
            yield code


def closed_before(deps: PetitionDeps) -> date:
    """Return the day before which one must have been closed."""
    return first_kept(deps.clock.now(), deps.retention.petitions.years, deps.regulation.calendar.zone)


def _see_to(code: str, before: date, run: Forgotten, deps: PetitionDeps) -> None:
    try:
        stored = deps.petitions.load(code)
        if not over(stored.petition, before):
            run.kept += 1
            return
        if not stored.petition.erased_on:
            command = Erase(closed_before=before, article=deps.retention.petitions.source)
            deps.petitions.commit(commit_of(stored, command, SYSTEM, deps))
            run.anonymised += 1
        run.cleared += deps.petitions.clear(code)
    except UnavailableError:
        raise
    except StaleVersionError:  # somebody was quicker: looked at again in the next run
        run.kept += 1
    except Exception as error:  # noqa: BLE001 one that cannot be read must not keep all others
        run.failed.append((code, error))
