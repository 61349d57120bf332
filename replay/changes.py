"""What the centre announced of its calendar at run time, kept beside an export: `x.jsonl`, `x.changes.json`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.domain.centre_calendar import Change
from replay.reading import ReadError

_EVER = datetime(2000, 1, 1, tzinfo=UTC)  # a calendar depends neither on when it was announced nor by whom and why


class Announced(msgspec.Struct, frozen=True):
    """A change as `GET /v1/desk/calendar/changes` shows it, without who made it and why."""

    number: int
    kind: str
    dates: tuple[date, ...]
    hours: tuple[tuple[str, str], ...]
    withdraws: int | None = None


def beside(events: Path) -> Path:
    """Return where the changes that belong to an export are."""
    return events.with_name(f"{events.stem}.changes.json") if events.name else events


def write(shown: Any, events: Path) -> int:
    """Keep what the desk shows of the changes; returns how many there are."""
    found = msgspec.convert(shown["changes"], list[Announced])
    beside(events).write_bytes(msgspec.json.encode(sorted(found, key=lambda change: change.number)) + b"\n")
    return len(found)


def read(events: Path) -> Sequence[Change]:
    """Return the changes that belong to an export, none where there is no such file; raises ReadError."""
    file = beside(events)
    if not file.is_file():
        return ()
    try:
        found = msgspec.json.decode(file.read_bytes(), type=list[Announced])
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise ReadError(f"{file}: no changes of a calendar: {error}") from error
    return [
        Change(
            number=one.number,
            kind=one.kind,
            dates=one.dates,
            frames=one.hours,
            withdraws=one.withdraws,
            reason="",
            author="",
            at=_EVER,
        )
        for one in found
    ]
