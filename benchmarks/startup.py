"""How long a fresh interpreter takes until it can speak to DynamoDB, ours against boto3 alone."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from app import app
from benchmarks.table import Line, compared
from chalicelib.entrypoints.application import ADDRESSES

RUNS, LIMIT = 9, 1.35
PLACE = {"AWS_DEFAULT_REGION": "ap-southeast-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"}
TIMED = "import time; began = time.process_time(); {}; print(time.process_time() - began)"
ASKED_FOR = ("/v1/cases", "/ban-lam-viec/ho-so/{code}")  # the citizens' door, and the page that needs most
OURS = TIMED.replace(
    "{}",
    "from pathlib import Path; from chalicelib.entrypoints.application import Application;"
    'Application(Path("{folder}")).serve("{address}");'
    'from chalicelib.adapters.dynamo import tables; tables.configure("tongdai-bench", {})',
)
BARE = TIMED.format('import boto3; boto3.client("dynamodb")')


def lines() -> list[Line]:
    """Measure by turns, as a release starts. All find their bytecode in one cache, filled before it is measured."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ADDRESSES).write_text(json.dumps(app.addresses()), encoding="utf-8")
        environ = {**os.environ, **PLACE, "PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        ours = [OURS.replace("{folder}", folder).replace("{address}", address) for address in ASKED_FOR]
        uncompiled = [seconds(script, environ) for script in (*ours, BARE)]
        rounds = [[seconds(script, environ) for script in (*ours, BARE)] for _ in range(RUNS)]
    *warm, bare = (statistics.median(column) * 1000 for column in zip(*rounds, strict=True))
    return [
        *(
            compared(f"cold start until {address} could ask DynamoDB / boto3 alone", ms, bare, "ms", limit=LIMIT)
            for address, ms in zip(ASKED_FOR, warm, strict=True)
        ),
        compared("the first, nothing compiled yet / compiled", uncompiled[0] * 1000, warm[0], "ms"),
    ]


def seconds(script: str, environ: dict[str, str]) -> float:
    """Run a script that prints how long its part took."""
    done = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    return float(done.stdout)
