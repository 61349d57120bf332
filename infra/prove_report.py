"""`python -m infra.prove_report 2026-10-31-thang`: hold a report against its kept rounds, the log and the tallies.

With the ambient credentials, for STAGE in REGION. Shows each number that differs and by what; none: they are equal.
"""

from __future__ import annotations

import argparse
import os
import sys

import boto3

from chalicelib.bootstrap import LiveDeps
from chalicelib.config import from_mapping
from chalicelib.usecases.prove_report import prove_report
from infra.names import named


def main() -> None:
    """Read the name, and the settings of the deployed function."""
    asked = argparse.ArgumentParser(prog="python -m infra.prove_report", description=__doc__)
    asked.add_argument("report")
    given = asked.parse_args()
    region = os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("REGION", "ap-southeast-1"))
    name = named(os.environ.get("STAGE", "dev"), "reports")
    function = boto3.client("lambda", region_name=region).get_function_configuration(FunctionName=name)
    found = prove_report(given.report, LiveDeps(from_mapping(function["Environment"]["Variables"])))
    lines = [f"{one.cell}: {one.reported}, {one.by} {one.said}" for one in found]
    sys.exit("\n".join([*lines, f"{len(lines)} differ"]) if lines else 0)


if __name__ == "__main__":
    main()
