"""`python -m infra.load_procedures FILE --note "Quyết định …" --effective 2026-07-01 [--complete] [--accept]`.

Holds a file of procedures (JSON Lines or XLSX) against the catalogue of STAGE in REGION, with the ambient credentials,
and says what it would add, change and end, and which rows cannot be read. With `--accept` it is done.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import boto3

from chalicelib.bootstrap import LiveDeps
from chalicelib.config import from_mapping
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.attachments import XLSX
from chalicelib.domain.errors import DomainError
from chalicelib.usecases.accept_procedures import accept_procedures
from chalicelib.usecases.propose_procedures import JSON_LINES, Publication, propose_file
from infra.names import named

if TYPE_CHECKING:
    from chalicelib.ports.deps import Deps
    from chalicelib.ports.procedures import Draft


def load(file: Path, about: Publication, deps: Deps, *, by: str, accept: bool) -> Iterator[str]:
    """Propose a file, and accept it if asked; yields what there is to say."""
    actor = Actor(Role.ADMINISTRATOR, deps.regulation.operators, by)
    media_type = XLSX if file.suffix.lower() == ".xlsx" else JSON_LINES
    draft = propose_file(file.read_bytes(), media_type, about, actor=actor, deps=deps)
    yield from told(draft)
    if accept and draft.changes:
        yield f"accepted: version {accept_procedures(draft.id, actor=actor, deps=deps).number}"
    elif draft.changes:
        yield "nothing is changed yet; --accept does it"


def told(draft: Draft) -> Iterator[str]:
    """Yield a line for each change and each row that cannot be read, and the sums."""
    for one in draft.changes:
        parts = f": {', '.join(part.field for part in one.fields)}" if one.kind == "changed" else ""
        yield f"{one.kind:8} {one.code} {one.name[:80]}{parts}"
    for fault in draft.faults:
        yield f"line {fault.line} {fault.code}: {fault.reason}"
    sums = ", ".join(f"{draft.count(kind)} {kind}" for kind in ("added", "changed", "ended"))
    yield f"{sums}, {draft.unchanged} unchanged, {len(draft.faults)} cannot be read"


def main() -> None:
    """Read the arguments, and the settings of the deployed function."""
    asked = argparse.ArgumentParser(prog="python -m infra.load_procedures", description=__doc__)
    asked.add_argument("file", type=Path)
    asked.add_argument("--note", required=True, help="the decision that published it")
    asked.add_argument("--effective", required=True, type=date.fromisoformat, help="first day of rows without one")
    asked.add_argument("--decided-on", type=date.fromisoformat, help="day of the decision, of rows without one")
    asked.add_argument("--complete", action="store_true", help="what the file does not name ends")
    asked.add_argument("--accept", action="store_true", help="do it")
    given = asked.parse_args()
    about = Publication(
        note=given.note, effective=given.effective, decided_on=given.decided_on, complete=given.complete
    )
    region = os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("REGION", "ap-southeast-1"))
    name = named(os.environ.get("STAGE", "dev"), "api")
    function = boto3.client("lambda", region_name=region).get_function_configuration(FunctionName=name)
    deps = LiveDeps(from_mapping(function["Environment"]["Variables"]))
    try:
        for line in load(given.file, about, deps, by=f"cmd:{getpass.getuser()}", accept=given.accept):
            sys.stdout.write(f"{line}\n")
    except DomainError as error:
        sys.exit(f"load_procedures: {error}")


if __name__ == "__main__":
    main()
