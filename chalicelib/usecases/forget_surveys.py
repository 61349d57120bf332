"""Take away who was asked in surveys whose time is over, and what was said in free words; figures stay (R97, R99).

How many were asked is written down first: a run that dies while the marks go leaves the number right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import ConflictError
from chalicelib.domain.keeping import end_of_time
from chalicelib.domain.surveys import Phase, Survey
from chalicelib.ports import Deps
from chalicelib.usecases.forgotten import Forgotten


def forget_surveys(deps: Deps) -> Forgotten:
    """Do it; raises UnavailableError, and the next run begins anew with what is left."""
    run = Forgotten()
    for survey in list(due(deps)):
        try:
            run.cleared += _forget(survey, deps)
            run.anonymised += 1
        except ConflictError:  # published a moment ago: the next run
            run.kept += 1
    return run


def due(deps: Deps) -> Iterator[Survey]:
    """Yield those whose answers were taken until a moment that is past its years."""
    before = ended_before(deps)
    for survey in deps.surveys.all():
        if survey.phase is Phase.CLOSED and survey.until < before and not survey.forgotten_at:
            yield survey


def ended_before(deps: Deps) -> datetime:
    """Return the moment before which it must have ended."""
    return end_of_time(deps.clock.now(), deps.retention.surveys.years, deps.regulation.calendar.zone)


def _forget(survey: Survey, deps: Deps) -> int:
    if survey.asked is None:
        survey = _next(survey, deps, asked=len(deps.surveys.asked(survey.id)))
    cleared = deps.surveys.clear(survey.id)
    _next(survey, deps, forgotten_at=deps.clock.now())
    return cleared


def _next(survey: Survey, deps: Deps, **changes: object) -> Survey:
    made: Survey = replace(survey, version=survey.version + 1, **changes)  # type: ignore[arg-type] # its own fields
    deps.surveys.save(made)
    return made
