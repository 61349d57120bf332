"""`make replay`: read an export, run every stage again under other rules, print what would have become of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import yaml
from tqdm import tqdm

from chalicelib.domain.calendar_parsing import CalendarError
from chalicelib.domain.errors import DomainError
from chalicelib.domain.regulation_parsing import RegulationError
from replay import changes
from replay.counting import counted
from replay.reading import LONGEST_LINE, ReadError, cases
from replay.rules import rules, unit_names
from replay.table import report

STEP = 1 << 20  # bytes between two looks at the progress bar


def lines(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Yield the lines of a file; a bar shows how much of it is read, on a terminal only."""
    with tqdm(total=size, unit="B", unit_scale=True, disable=None, leave=False) as bar:
        read = 0
        while line := file.readline(LONGEST_LINE):
            read += len(line)
            if read >= STEP:
                bar.update(read)
                read = 0
            yield line


def main() -> None:
    """Replay; nothing is printed before everything is read, and what went wrong is one line."""
    parser = argparse.ArgumentParser(prog="make replay", description=__doc__)
    parser.add_argument("events", type=Path, help="a file of make export")
    parser.add_argument("--regulation", default="", help="a name of ours, or a YAML file")
    parser.add_argument("--calendar", default="", help="a YAML file")
    asked = parser.parse_args()
    if not asked.events.name:
        sys.exit("make replay: say which export: EVENTS=export.jsonl")
    try:
        other = rules(asked.regulation, asked.calendar, changes.read(asked.events))
        with asked.events.open("rb") as file:
            totals = counted(cases(lines(file, asked.events.stat().st_size)), other)
        print(report(totals, other, unit_names()))
    except (ReadError, RegulationError, CalendarError, DomainError, yaml.YAMLError, OSError) as error:
        sys.exit(f"make replay: {error}")


if __name__ == "__main__":
    main()
