"""What an import would make of the catalogue: added, changed field by field, to be ended, unchanged. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from chalicelib.domain.procedure_rows import Fault, Row
from chalicelib.domain.procedures import CONTENT, Catalogue, Procedure

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A part of a procedure before and after, as text."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one procedure on a day: "added", "changed" or "ended"."""

    kind: str
    code: str
    name: str
    decision: str
    on: date
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What an import would do; `editions` are those it writes."""

    changes: tuple[Change, ...]
    editions: tuple[Procedure, ...]
    unchanged: int
    faults: tuple[Fault, ...]

    def count(self, kind: str) -> int:
        """Return how many procedures are added, changed or ended."""
        return sum(one.kind == kind for one in self.changes)


def compare(catalogue: Catalogue, rows: Iterable[Row | Fault], *, complete: bool, effective: date) -> Difference:
    """Hold rows against the catalogue. With `complete` what the file does not name ends on the day before `effective`.

    A row with a fault ends nothing: its procedure is there, only not readable.
    """
    changes: list[Change] = []
    editions: list[Procedure] = []
    faults: list[Fault] = []
    named: set[str] = set()
    unchanged = 0
    for row in rows:
        made = _taken(row, catalogue) if isinstance(row, Row) else row
        named.add(row.edition.code if isinstance(row, Row) else row.code)
        if isinstance(made, Fault):
            faults.append(made)
        elif made is None:
            unchanged += 1
        else:
            changes.append(made[0])
            editions += made[1]
    if complete:
        for one in catalogue.on(effective):
            if one.code not in named:
                change, edition = _ended(one, effective)
                changes.append(change)
                editions.append(edition)
    return Difference(tuple(changes), tuple(editions), unchanged, tuple(faults))


def _taken(row: Row, catalogue: Catalogue) -> tuple[Change, tuple[Procedure, ...]] | Fault | None:
    """Say what a row does; None: nothing."""
    new = row.edition
    editions = catalogue.by_code.get(new.code)
    added = Change("added", new.code, new.name, new.decision, new.valid_from), (new,)
    if not editions:
        return added
    last = editions[-1]
    fields = differing(last, new)
    if not fields:
        return None
    if last.valid_to is not None and last.valid_to < new.valid_from:  # it had ended: here it is again
        return added
    if new.valid_from < last.valid_from:
        reason = f"Đã có bản hiệu lực từ {last.valid_from:%d/%m/%Y}, sau ngày {new.valid_from:%d/%m/%Y} của dòng này"
        return Fault(row.line, new.code, reason)
    change = Change("changed", new.code, new.name, new.decision, new.valid_from, fields)
    before = () if new.valid_from == last.valid_from else (replace(last, valid_to=new.valid_from - DAY),)
    return change, (*before, new)


def _ended(one: Procedure, effective: date) -> tuple[Change, Procedure]:
    last_day = max(effective - DAY, one.valid_from)
    ended = replace(one, valid_to=last_day)
    return Change("ended", one.code, one.name, one.decision, last_day, differing(one, ended)), ended


def differing(before: Procedure, after: Procedure) -> tuple[FieldChange, ...]:
    """Return the parts in which two editions differ; the day on which they begin is none."""
    pairs = ((name, told(getattr(before, name)), told(getattr(after, name))) for name in CONTENT)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def told(value: Any) -> str:
    """Return a part as text."""
    match value:
        case None:
            return ""
        case tuple():
            return "; ".join(value)
        case date():
            return f"{value:%d/%m/%Y}"
    return str(value)
