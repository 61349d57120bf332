"""Hold a day's tallies against the log and set right what differs, e.g. for a counter that is newer than the day.

Only of a day that nobody counts any more: it is over, what the stream lost of it was recovered, and each event has its
receipt. Ratings are counted on the day of the first one and SMS when they are sent: both are left as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from chalicelib.domain.counting import counters_of
from chalicelib.domain.errors import ConflictError
from chalicelib.domain.events import Recorded
from chalicelib.domain.sums import RATED
from chalicelib.ports import Deps
from chalicelib.usecases.recover_events import WATERMARK

RECEIPTS = timedelta(days=80)  # the inbox keeps them for ninety; what is older is in no queue any more
BATCH = 100
SENT = ("sms", "sms_parts")


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter that is not what the log says."""

    row: str  # "<day>#<unit>#<kind>"
    name: str
    counted: int
    said: int


def recount_day(day: date, deps: Deps, *, mend: bool) -> list[Difference]:
    """Return what differed; with `mend` it is set. Raises ConflictError while the day is still being counted."""
    zone = deps.regulation.calendar.zone
    start, end = (datetime.combine(day + timedelta(days=days), time(), zone) for days in (0, 1))
    if (deps.watermarks.get(WATERMARK) or start) < end:
        raise ConflictError("day_not_over", "Ngày này chưa kết thúc hoặc còn sự kiện chưa thống kê", day=f"{day}")
    events = list(deps.lists.events_between(start, end))
    _require_counted(events, start, deps)
    month = f"{day:%Y-%m}"
    found = list(_differences(events, deps.tallies.between(month, f"{day}#", f"{day}#~"), deps))
    if mend:
        for one in found:
            deps.tallies.correct(month, one.row, one.name, was=one.counted, to=one.said)
    return found


def _require_counted(events: list[Recorded], start: datetime, deps: Deps) -> None:
    keys = [f"tally#{event.id}" for event in events] if deps.clock.now() - start < RECEIPTS else []
    missing = sum(len(deps.inbox.missing(keys[at : at + BATCH])) for at in range(0, len(keys), BATCH))
    if missing:
        raise ConflictError("day_not_over", "Ngày này còn sự kiện chưa thống kê", events=missing)


def _differences(events: list[Recorded], stored: Mapping[str, Mapping[str, int]], deps: Deps) -> Iterator[Difference]:
    said: dict[str, Counter[str]] = {}
    for event in events:
        for row, names in counters_of(event, deps.regulation).items():
            if "|" not in row:
                said.setdefault(row, Counter()).update(names)
    for row in sorted(said.keys() | stored.keys()):
        told, counted = said.get(row, Counter()), stored.get(row, {})
        for name in sorted(told.keys() | counted.keys()):
            if name not in SENT and not name.startswith(RATED) and told[name] != counted.get(name, 0):
                yield Difference(row, name, counted.get(name, 0), told[name])
