"""Anonymise the records of citizen reception whose time is over (R25, R99, R100).

Their years count from when everybody who raised a matter had been answered. First the entry, then its effect: where a
run dies between the two the record is still listed, and the next one clears it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from chalicelib.domain.actors import SYSTEM
from chalicelib.domain.errors import UnavailableError
from chalicelib.domain.keeping import end_of_time
from chalicelib.domain.reception import ANONYMISED, Entry, evolve, over
from chalicelib.ports import Deps, StaleVersionError
from chalicelib.ports.reception import Minutes, Settled
from chalicelib.usecases.forgotten import Forgotten


def forget_receptions(deps: Deps, *, go_on: Callable[[], bool] = lambda: True) -> Forgotten:
    """Do it while there is time; raises UnavailableError, and the next run begins anew with what is left."""
    run, before = Forgotten(), settled_before(deps)
    for settled in deps.receptions.settled_before(before):
        if not go_on():
            break
        try:
            _see_to(settled, before, run, deps)
        except UnavailableError:
            raise
        except StaleVersionError:  # somebody wrote to it: looked at again in the next run
            run.kept += 1
        except Exception as error:  # noqa: BLE001 one that cannot be read must not keep all others
            run.failed.append((settled.code, error))
    return run


def due(deps: Deps) -> Iterator[str]:
    """Yield the codes of those that a run would anonymise now; nothing is changed."""
    before = settled_before(deps)
    for settled in deps.receptions.settled_before(before):
        session = deps.receptions.load(settled.code).session
        if over(session, before) and not session.anonymised_at:
            yield session.code


def settled_before(deps: Deps) -> datetime:
    """Return the moment before which everybody must have been answered."""
    return end_of_time(deps.clock.now(), deps.retention.receptions.years, deps.regulation.calendar.zone)


def _see_to(settled: Settled, before: datetime, run: Forgotten, deps: Deps) -> None:
    kept = deps.receptions.load(settled.code)
    if kept.session.settled_at != settled.at:  # something was raised later: it is listed again, or will be
        deps.receptions.cross_off(settled)
    elif not over(kept.session, before):
        run.kept += 1
    else:
        if not kept.session.anonymised_at:
            _anonymise(kept, deps)
            run.anonymised += 1
        run.cleared += deps.receptions.clear(settled.code)
        deps.receptions.cross_off(settled)


def _anonymise(kept: Minutes, deps: Deps) -> None:
    session, source = kept.session, deps.retention.receptions.source
    entry = Entry(session.version + 1, ANONYMISED, deps.clock.now(), SYSTEM, source)
    deps.receptions.add(entry, evolve(session.code, session, entry), kept.chain)
