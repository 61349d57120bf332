"""`python -m infra.recount 2026-11-01 2026-11-30 [--mend]`: hold the tallies of past days against the log.

With the ambient credentials, for STAGE in REGION: no function of the centre may change what was counted. Shows each
counter that differs; `--mend` sets it right. Days that are still being counted are named and left alone.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import boto3

from chalicelib.bootstrap import LiveDeps
from chalicelib.config import from_mapping
from chalicelib.domain.errors import ConflictError
from chalicelib.usecases.recount_day import recount_day
from infra.names import named


def recount(first: date, last: date, deps: LiveDeps, *, mend: bool) -> Iterator[str]:
    """Yield a line for each counter that differed, and for each day that could not be recounted."""
    for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
        try:
            for one in recount_day(day, deps, mend=mend):
                yield f"{one.row} {one.name}: {one.counted} -> {one.said}"
        except ConflictError as error:
            yield f"{day}: {error.title}"


def main() -> None:
    """Read the arguments, and the settings of the deployed function."""
    asked = argparse.ArgumentParser(prog="python -m infra.recount", description=__doc__)
    asked.add_argument("first", type=date.fromisoformat)
    asked.add_argument("last", type=date.fromisoformat)
    asked.add_argument("--mend", action="store_true", help="set right what differs")
    given = asked.parse_args()
    region = os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("REGION", "ap-southeast-1"))
    name = named(os.environ.get("STAGE", "dev"), "tallies")
    function = boto3.client("lambda", region_name=region).get_function_configuration(FunctionName=name)
    deps = LiveDeps(from_mapping(function["Environment"]["Variables"]))
    lines = list(recount(given.first, given.last, deps, mend=given.mend))
    sys.stdout.write("\n".join([*lines, f"{len(lines)} {'set right' if given.mend else 'differ'}"]) + "\n")


if __name__ == "__main__":
    main()
