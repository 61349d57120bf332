"""`python -m infra.retention --dry-run [--since 2019-08-01]`: what the function `forget` would anonymise now.

With the ambient credentials, for STAGE in REGION. Without `--dry-run` it does now what `forget` does each hour; with
`--since` both look again at the cases completed from that day on, e.g. when one that could not be read was mended.
`--petitions` is about those alone, as the function `shred`, for whoever of the department may reach their table.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

import boto3

from chalicelib.bootstrap import LiveDeps
from chalicelib.config import from_mapping
from chalicelib.ports import Deps
from chalicelib.ports.petitions import PetitionDeps
from chalicelib.usecases import forget_receptions as receptions
from chalicelib.usecases import forget_surveys as surveys
from chalicelib.usecases.forget_past import completed_before, due, forget_past
from chalicelib.usecases.forgotten import Forgotten
from chalicelib.usecases.petitions import shred_petitions as petitions
from infra.names import named


def report(deps: LiveDeps, since: date | None, *, dry_run: bool) -> Iterator[str]:
    """Yield a line for each case, record of reception and survey, and for each of the three one that sums up."""
    zone = deps.regulation.calendar.zone
    start = datetime.combine(since, time.min, zone).astimezone(UTC) if since else None
    before = completed_before(deps), receptions.settled_before(deps), surveys.ended_before(deps)
    yield _heading("cases", before[0].astimezone(zone), deps)
    yield from _listed(due(deps, start)) if dry_run else _told(forget_past(deps, since=start))
    yield _heading("receptions", before[1].astimezone(zone), deps)
    yield from _listed(receptions.due(deps)) if dry_run else _told(receptions.forget_receptions(deps))
    yield _heading("surveys", before[2].astimezone(zone), deps)
    yield from _listed(each.id for each in surveys.due(deps)) if dry_run else _told(surveys.forget_surveys(deps))


def report_petitions(deps: PetitionDeps, *, dry_run: bool) -> Iterator[str]:
    """Yield a line for each petition, and one that sums up; codes alone."""
    yield _heading("petitions", petitions.closed_before(deps), deps)
    yield from _listed(petitions.due(deps)) if dry_run else _told(petitions.shred_petitions(deps))


def _heading(what: str, before: date, deps: Deps) -> str:
    return f"{what} completed before {before:%Y-%m-%d} ({getattr(deps.retention, what).source})"


def _listed(codes: Iterable[str]) -> Iterator[str]:
    found = list(codes)
    yield from found
    yield f"{len(found)} would be anonymised"


def _told(run: Forgotten) -> Iterator[str]:
    yield from (f"{code}: {type(error).__name__}" for code, error in run.failed)
    yield f"{run.anonymised} anonymised, {run.kept} kept, {run.cleared} things taken away, {len(run.failed)} failed"


def main() -> None:
    """Read the arguments, and the settings of the deployed function."""
    asked = argparse.ArgumentParser(prog="python -m infra.retention", description=__doc__)
    asked.add_argument("--dry-run", action="store_true", help="say which, and change nothing")
    asked.add_argument("--since", type=date.fromisoformat, help="look again from this day on")
    asked.add_argument("--petitions", action="store_true", help="of complaints and denunciations")
    given = asked.parse_args()
    region = os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("REGION", "ap-southeast-1"))
    name = named(os.environ.get("STAGE", "dev"), "shred" if given.petitions else "forget")
    function = boto3.client("lambda", region_name=region).get_function_configuration(FunctionName=name)
    deps = LiveDeps(from_mapping(function["Environment"]["Variables"]))
    if given.petitions:
        lines = report_petitions(deps, dry_run=given.dry_run)
    else:
        lines = report(deps, given.since, dry_run=given.dry_run)
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
