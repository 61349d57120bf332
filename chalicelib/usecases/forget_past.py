"""Anonymise the cases whose time is over, and clear away what was anonymised since the last run (R99, R100).

Cases are found by the days on which they were answered, refused or closed. A watermark moves behind what was looked at:
a run cut short is continued by the next, and whatever is looked at twice is done once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice

from chalicelib.domain.case import PARTS
from chalicelib.domain.errors import ConflictError, UnavailableError
from chalicelib.domain.keeping import end_of_time, over
from chalicelib.ports import Deps, StaleVersionError
from chalicelib.ports.keeping import Place
from chalicelib.usecases.anonymise_case import anonymise_case, clear_traces
from chalicelib.usecases.forgotten import Forgotten

PAST, TRACES = "forget", "forget-traces"  # watermarks
ENDS = ("Answered", "Refused", "Closed")
LET_GO = ("Anonymised", "HoldLifted")
SETTLED = timedelta(minutes=2)  # what is younger may not be in the index yet
FIRST_LOOK = timedelta(days=31)
BATCH = 100


def forget_past(deps: Deps, *, go_on: Callable[[], bool] = lambda: True, since: datetime | None = None) -> Forgotten:
    """Do both while there is time; raises UnavailableError, and the next run goes on where this one ended.

    With `since`, cases completed from then on are looked at once more.
    """
    run, now = Forgotten(), deps.clock.now()
    mark, before = deps.watermarks.get(TRACES), completed_before(deps)
    for place in _from(TRACES, mark or now - FIRST_LOOK, now - SETTLED, LET_GO, deps, go_on):
        _see_to(place, before, run, deps)
    begin = since or deps.watermarks.get(PAST) or first_moment(deps)
    for place in _from(PAST, begin, before, ENDS, deps, go_on):
        _see_to(place, before, run, deps)
    return run


def due(deps: Deps, since: datetime | None = None) -> Iterator[str]:
    """Yield the codes of the cases that a run would anonymise now; nothing is changed."""
    before, seen = completed_before(deps), set[str]()
    start = since or deps.watermarks.get(PAST) or first_moment(deps)
    for place in deps.lists.happened_between(start, before, ENDS):
        if place.code not in seen:
            seen.add(place.code)
            case = deps.cases.load(place.code).case
            if over(case, before) and set(case.erased) != set(PARTS):
                yield place.code


def completed_before(deps: Deps) -> datetime:
    """Return the moment before which a case must have been completed."""
    return end_of_time(deps.clock.now(), deps.retention.cases.years, deps.regulation.calendar.zone)


def first_moment(deps: Deps) -> datetime:
    """Return the beginning of the first day that there are cases of."""
    return datetime.combine(deps.retention.first_day, time.min, deps.regulation.calendar.zone).astimezone(UTC)


def _from(
    name: str, start: datetime, end: datetime, kinds: tuple[str, ...], deps: Deps, go_on: Callable[[], bool]
) -> Iterator[Place]:
    """Yield the places, and move the watermark behind each batch of them that was seen to."""
    places = iter(deps.lists.happened_between(start, end, kinds))
    while go_on():
        batch = list(islice(places, BATCH))
        yield from batch
        if len(batch) < BATCH:
            if end > start:
                deps.watermarks.advance(name, end)
            return
        deps.watermarks.advance(name, batch[-1].at)


def _see_to(place: Place, before: datetime, run: Forgotten, deps: Deps) -> None:
    try:
        if place.kind == "Anonymised":
            run.cleared += clear_traces(place.code, place.seq, deps)
            return
        case = deps.cases.load(place.code).case
        if set(case.erased) == set(PARTS):
            return
        if not over(case, before):
            run.kept += 1
            return
        case = anonymise_case(place.code, before, deps)
        run.anonymised += 1
        run.cleared += clear_traces(place.code, case.version, deps)
    except (UnavailableError, StaleVersionError):
        raise
    except ConflictError:  # held or opened again a moment ago
        run.kept += 1
    except Exception as error:  # noqa: BLE001 one case that cannot be read must not keep all others
        run.failed.append((place.code, error))
