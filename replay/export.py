"""`make export`: page through the desk's export into a file. See docs/replay.md for the format."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tqdm import tqdm

from examples.client import Centre, RefusedError
from replay import changes

STACK = Path(".local/stack.json")
PATIENCE = (1, 2, 5, 10, 30)  # seconds to wait before each further try
BUSY = frozenset({429, 503})


class ExportError(Exception):
    """The file was not written; the message says why in one line."""


def pages(centre: Centre, first: str, last: str) -> Iterator[Any]:
    """Yield the pages of an export; raises RefusedError."""
    asked = {"from": first, "to": last}
    while True:
        page = _patiently(centre, f"/v1/desk/export?{urlencode(asked)}")
        yield page
        if not page["cursor"]:
            return
        asked["cursor"] = page["cursor"]


def write(found: Iterator[Any], file: Path) -> int:
    """Write each event as a line and return how many; the file appears when it is whole."""
    part, count = file.with_name(f"{file.name}.part"), 0
    with part.open("w", encoding="utf-8") as out, tqdm(unit=" events", disable=None, leave=False) as bar:
        for page in found:
            out.writelines(
                json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n" for event in page["events"]
            )
            count += len(page["events"])
            bar.update(len(page["events"]))
    part.replace(file)
    return count


def leadership(stack: Path) -> Centre:
    """Log in to a running stack as one who may export."""
    try:
        described = json.loads(stack.read_text("utf-8"))
        user = next(user for user in described["users"] if user["role"] == "leadership")
        with closing(Centre(described["base_url"])) as door:
            return door.log_in(user["username"], user["password"])
    except (OSError, HTTPException) as error:
        raise ExportError("no stack is running: start it with make run") from error


def _patiently(centre: Centre, path: str) -> Any:
    for wait in PATIENCE:
        try:
            return centre.call("GET", path)
        except RefusedError as error:
            if error.status not in BUSY:
                raise
            time.sleep(wait)
    return centre.call("GET", path)


def main() -> None:
    """Export; what went wrong is one line."""
    parser = argparse.ArgumentParser(prog="make export", description=__doc__)
    parser.add_argument("first", help="first local day of reception, 2026-11-01")
    parser.add_argument("last", help="last local day of reception")
    parser.add_argument("file", type=Path)
    parser.add_argument("--stack", type=Path, default=STACK)
    asked = parser.parse_args()
    if not (asked.first and asked.last):
        sys.exit("make export: say which days: FROM=2026-11-01 TO=2026-11-30")
    try:
        with closing(leadership(asked.stack)) as centre:
            count = write(pages(centre, asked.first, asked.last), asked.file)
            changed = changes.write(_patiently(centre, "/v1/desk/calendar/changes"), asked.file)
    except (ExportError, RefusedError, OSError, HTTPException) as error:
        sys.exit(f"make export: {error}")
    print(f"{count} events of the cases received from {asked.first} to {asked.last}: {asked.file}")
    print(f"{changed} changes of the calendar at run time: {changes.beside(asked.file)}")


if __name__ == "__main__":
    main()
