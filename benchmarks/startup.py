"""How long a fresh interpreter takes until it can speak to DynamoDB, ours against boto3 alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile

from benchmarks.table import Line, compared

RUNS, LIMIT = 9, 1.35
PLACE = {"AWS_DEFAULT_REGION": "ap-southeast-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
TIMED = "import time; began = time.process_time(); {}; print(time.process_time() - began)"
OURS = TIMED.format('import app; from chalicelib.adapters.dynamo import tables; tables.configure("tongdai-bench")')
BARE = TIMED.format('import boto3; boto3.client("dynamodb")')


def lines() -> list[Line]:
    """Measure by turns. Both find their bytecode in one cache, filled before the first measurement."""
    with tempfile.TemporaryDirectory() as cache:
        environ = {**os.environ, **PLACE, "PYTHONPYCACHEPREFIX": cache, "PYTHONDONTWRITEBYTECODE": ""}
        uncompiled = seconds(OURS, environ)
        seconds(BARE, environ)
        pairs = [(seconds(OURS, environ), seconds(BARE, environ)) for _ in range(RUNS)]
    ours, bare = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    return [
        compared("import app + first DynamoDB client / boto3 alone", ours, bare, "ms", limit=LIMIT),
        compared("the same, nothing compiled yet / compiled", uncompiled * 1000, ours, "ms"),
    ]


def seconds(script: str, environ: dict[str, str]) -> float:
    """Run a script that prints how long its part took."""
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    return float(done.stdout)
