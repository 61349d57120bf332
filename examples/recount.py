"""Recount a report from the export, knowing nothing of the centre's program: the standard library and docs/replay.md.

    make export FROM=2025-12-01 TO=2026-11-30 FILE=export.jsonl      # a year: what was carried over came in before
    python -m examples.recount export.jsonl 2026-11-01 2026-11-30 [--against figures.json]

Prints the report's main tables. With `--against`, the file `figures` of a report, it names every number that differs
and ends with 1. The export must hold every case that was open when the period began.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import groupby
from pathlib import Path
from typing import Any

Event = dict[str, Any]
OFFICE = timezone(timedelta(hours=7))  # Việt Nam has no daylight saving
COLUMNS = (
    "entered",
    "received",
    "reopened",
    "carried",
    "answered",
    "answered_early",
    "answered_on_time",
    "answered_late",
    "refused",
    "open",
    "open_in_time",
    "open_late",
)
ROWS = ("total", "channel", "kind", "field", "unit")


@dataclass
class Round:
    """A case from its reception, or its being opened again, to its answer or refusal."""

    began: datetime
    again: bool
    channel: str
    kind: str = ""
    field: str = ""
    unit: str = ""
    outcome: str = "open"
    ended: datetime | None = None
    due: datetime | None = None
    binding: bool = False
    paused: bool = False
    promised: datetime | None = None
    marks: dict[tuple[str, str], bool] = dataclasses.field(default_factory=dict)  # stage and since → it stands
    late: tuple[tuple[str, str], ...] = ()  # the marks there were when it ended


def moment(text: str | None) -> datetime | None:
    """Read a time."""
    return datetime.fromisoformat(text) if text else None


def rounds_of(events: Iterable[Event], start: datetime, end: datetime) -> Iterator[Round]:
    """Yield the rounds of one case as they stood at `end`; late marks as they stand now."""
    rounds: list[Round] = []
    for event in events:
        at = moment(event["at"])
        assert at is not None
        if event["type"] == "LateCorrected":
            for one in rounds:
                key = (event["stage_name"], event["since"])
                if key in one.marks:
                    one.marks[key] = False
        if at >= end:
            continue
        if event["type"] in ("Received", "Reopened"):
            channel = event.get("channel") or rounds[0].channel
            rounds.append(Round(at, event["type"] == "Reopened", channel))
        take(rounds[-1], event, at)
    yield from (one for one in rounds if one.ended is None or one.ended >= start)


def take(one: Round, event: Event, at: datetime) -> None:
    """Take an event into its round."""
    if one.ended is not None and event["type"] not in ("Answered", "Refused"):
        return
    one.kind, one.field, one.unit = event["kind"], event["field"], event["unit"]
    if event["type"] == "MarkedLate":
        one.marks[event["stage_name"], event["since"]] = True
    if promised := moment(event.get("promised")):
        one.promised = promised
    if event["type"] in ("Answered", "Refused"):
        one.outcome, one.ended, one.late = event["type"].lower(), at, tuple(one.marks)
    elif stage := event.get("stage"):
        one.due, one.binding = moment(stage["due_at"]), stage["binding"]
        one.paused = any(until is None for _, until in stage.get("pauses", ()))


def columns(one: Round, start: datetime, end: datetime) -> Iterator[str]:
    """Yield the columns that a round counts in."""
    yield "entered"
    yield "carried" if one.began < start else "reopened" if one.again else "received"
    yield one.outcome
    if one.outcome == "answered":
        assert one.ended is not None
        due = one.promised or one.due or one.ended
        late = any(one.marks[key] for key in one.late)
        early = one.ended.astimezone(OFFICE).date() < due.astimezone(OFFICE).date()
        yield "answered_late" if late else "answered_early" if early else "answered_on_time"
    elif one.outcome == "open":
        passed = one.binding and not one.paused and one.due is not None and one.due < end
        yield "open_late" if passed or any(one.marks.values()) else "open_in_time"


def recount(lines: Iterable[str], first: date, last: date) -> Counter[str]:
    """Return cell → number, `<row>/<column>`; raises ValueError for a line that is none of the export's."""
    start = datetime(first.year, first.month, first.day, tzinfo=OFFICE)
    end = datetime(last.year, last.month, last.day, tzinfo=OFFICE) + timedelta(days=1)
    cells: Counter[str] = Counter()
    events = (json.loads(line) for line in lines if line.strip())
    for _, of_case in groupby(events, key=lambda event: event["code"]):
        for one in rounds_of(of_case, start, end):
            values = {"channel": one.channel, "kind": one.kind, "field": one.field, "unit": one.unit}
            rows = ["total", *(f"{name}:{value}" for name, value in values.items())]
            cells.update(f"{row}/{column}" for column in columns(one, start, end) for row in rows)
    return cells


def differences(cells: Counter[str], kept: dict[str, int]) -> list[str]:
    """Name every number of the main tables that is not the report's."""

    def told(cell: str) -> bool:
        row, _, column = cell.partition("/")
        return column in COLUMNS and row.partition(":")[0] in ROWS

    names = sorted(cell for cell in {*cells, *kept} if told(cell) and cells[cell] != kept.get(cell, 0))
    return [f"{cell}: recounted {cells[cell]}, in the report {kept.get(cell, 0)}" for cell in names]


def main() -> None:
    """Print the tables, or what differs."""
    parser = argparse.ArgumentParser(prog="python -m examples.recount", description="Recount a report from the export.")
    parser.add_argument("export", type=Path)
    parser.add_argument("first", type=date.fromisoformat)
    parser.add_argument("last", type=date.fromisoformat)
    parser.add_argument("--against", type=Path, metavar="FIGURES", help="the report's file `figures`, to compare with")
    asked = parser.parse_args()
    with asked.export.open(encoding="utf-8") as lines:
        cells = recount(lines, asked.first, asked.last)
    rows = sorted({cell.partition("/")[0] for cell in cells}, key=lambda row: (row != "total", row))
    width = max((len(row) for row in rows), default=0)
    print(" " * width, *COLUMNS)
    for row in rows:
        print(row.ljust(width), *(str(cells[f"{row}/{column}"]).rjust(len(column)) for column in COLUMNS))
    if asked.against:
        found = differences(cells, json.loads(asked.against.read_text("utf-8"))["counts"])
        print(*found, sep="\n") if found else print("The report has the same numbers.")
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
