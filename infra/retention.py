"""`python -m infra.retention --dry-run [--since 2019-08-01]`: which cases the function `forget` would anonymise now.

With the ambient credentials, for STAGE in REGION. Without `--dry-run` it does now what `forget` does each hour; with
`--since` both look again at the cases completed from that day on, e.g. when one that could not be read was mended.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import boto3

from chalicelib.bootstrap import LiveDeps
from chalicelib.config import from_mapping
from chalicelib.usecases.forget_past import completed_before, due, forget_past
from infra.names import named


def report(deps: LiveDeps, since: date | None, *, dry_run: bool) -> Iterator[str]:
    """Yield a line for each case, and one that sums up."""
    zone = deps.regulation.calendar.zone
    start = datetime.combine(since, time.min, zone).astimezone(UTC) if since else None
    yield f"completed before {completed_before(deps).astimezone(zone):%Y-%m-%d} ({deps.retention.cases.source})"
    if dry_run:
        codes = list(due(deps, start))
        yield from codes
        yield f"{len(codes)} would be anonymised"
        return
    run = forget_past(deps, since=start)
    yield from (f"{code}: {type(error).__name__}" for code, error in run.failed)
    yield f"{run.anonymised} anonymised, {run.kept} kept, {run.cleared} things taken away, {len(run.failed)} failed"


def main() -> None:
    """Read the arguments, and the settings of the deployed function."""
    asked = argparse.ArgumentParser(prog="python -m infra.retention", description=__doc__)
    asked.add_argument("--dry-run", action="store_true", help="say which, and change nothing")
    asked.add_argument("--since", type=date.fromisoformat, help="look again from this day on")
    given = asked.parse_args()
    region = os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("REGION", "ap-southeast-1"))
    name = named(os.environ.get("STAGE", "dev"), "forget")
    function = boto3.client("lambda", region_name=region).get_function_configuration(FunctionName=name)
    deps = LiveDeps(from_mapping(function["Environment"]["Variables"]))
    for line in report(deps, given.since, dry_run=given.dry_run):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
