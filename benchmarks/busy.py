"""A centre in the midst of its work, for pages to show: open and late cases, published answers, months of numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from benchmarks import centre
from benchmarks.centre import event, handled
from benchmarks.operations import ANSWER, LEADER, OPERATOR, StandingClock
from chalicelib.domain.units import Unit
from chalicelib.usecases.count_event import count_event
from chalicelib.usecases.post_to_board import post_to_board
from chalicelib.usecases.sweep_due import sweep_due
from infra import directory

ADMIN = "administrator:tong_dai"
ROWS = 50  # of the page of a worklist; one more is open
LATE, PUBLISHED, DAYS = 10, 12, 100


def busy(deps: Any) -> tuple[str, str]:
    """Make it; return the code of an open case and the id of a published answer."""
    deps.__dict__["clock"] = clock = StandingClock()
    for unit in directory.units("hoa_binh"):
        kept = {name: unit.attributes.get(name, "") for name in ("name", "kind", "mail", "leader_mail")}
        deps.directory.put(Unit(unit.id, **kept))
    now = clock.at
    clock.at = now - timedelta(days=5)
    late = [_sent() for _ in range(LATE)]
    for code, unit in zip(late, ("so_tu_phap", "so_y_te") * LATE, strict=False):
        _act(code, "forward", OPERATOR, version=1, unit=unit)
    clock.at = now
    sweep_due(deps, limit=500)
    published = [_sent() for _ in range(PUBLISHED)]
    for code in published:
        _act(code, "answer", OPERATOR, version=1, **ANSWER)
        _act(code, "publication", OPERATOR, version=2)
        _act(code, "publication/approve", LEADER, version=3)
        post_to_board(code, deps)
    waiting = [_sent() for _ in range(ROWS + 1)]
    for code in (*late, *published, *waiting):
        for seq in range(1, deps.cases.load(code).case.version + 1):
            count_event(code, seq, deps)
    _months(deps, now.date())
    return waiting[0], deps.keys.public_name(published[0])


def _sent() -> str:
    return str(handled(event("POST", "/v1/cases", centre.CASE))["code"])


def _act(code: str, action: str, token: str, **body: Any) -> None:
    handled(event("POST", f"/v1/desk/cases/{{code}}/{action}", body, token=token, code=code))


def _months(deps: Any, today: date) -> None:
    """Count what other days and units did: a row a day and unit, as large as true ones."""
    counts = {
        "answered": 9,
        "answered_late": 1,
        "forwarded_to_agency": 4,
        "rated_satisfied": 3,
        "rated_not_satisfied": 1,
    }
    hours = {f"hour_{hour:02}": hour for hour in range(6, 20)}
    units = [unit.id for unit in deps.directory.units() if unit.kind == "department"]
    for day in (today - timedelta(days=back) for back in range(1, DAYS)):
        rows = {f"{day}#{unit}#question": counts for unit in units}
        rows[f"{day}#{deps.regulation.operators}#question"] = counts | hours | {"received": sum(hours.values())}
        deps.tallies.count(f"bench-{day}", f"{day:%Y-%m}", rows)
