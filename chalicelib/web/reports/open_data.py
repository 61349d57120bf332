"""The open data of a report as files: a CSV whose cells stay words, and JSON Lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from chalicelib.web.spreadsheets import plain


def write_open_data(heads: Sequence[str], lines: Iterable[Mapping[str, str]], table: Path, objects: Path) -> None:
    """Write both, line by line."""
    with (
        table.open("w", encoding="utf-8-sig", newline="") as as_table,
        objects.open("w", encoding="utf-8") as as_objects,
    ):
        rows = csv.writer(as_table)
        rows.writerow(heads)
        for line in lines:
            rows.writerow(plain(line[head]) for head in heads)
            as_objects.write(json.dumps(dict(line), ensure_ascii=False) + "\n")
