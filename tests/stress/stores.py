"""Other doubles of DynamoDB than moto: each has a semantics of its own, and two of them take requests in parallel."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from chalicelib.adapters.dynamo import tables as dynamo
from infra import ministack
from infra.keeping import days_kept
from infra.names import named
from tests.integration.cloud import STAGE
from tests.integration.deliveries import REGION

ROOT = Path(__file__).parents[2]
EMULATOR = Path(os.environ.get("DYNAMODB_LOCAL", ROOT / ".local" / "dynamodb-local" / "package" / "emulator"))
JAR = EMULATOR / "DynamoDBLocal.jar"
FETCH = (
    "mkdir -p .local/dynamodb-local && cd .local/dynamodb-local && "
    "npm pack amplify-dynamodb-simulator && tar xzf amplify-dynamodb-simulator-*.tgz"
)


@contextmanager
def dynamodb_local() -> Iterator[str]:
    """Run the vendor's own DynamoDB Local; skip where it, or a Java to start it, is not there."""
    java = shutil.which("java")
    if not java or not shutil.which("javac"):
        pytest.skip("DynamoDB Local needs Java 17 with its compiler: apt-get install openjdk-17-jdk-headless")
    if not JAR.exists():
        pytest.skip(f"DynamoDB Local is not there; fetch it by: {FETCH}")
    port = ministack.free_port()
    paths = f"{JAR}:{JAR.parent / 'DynamoDBLocal_lib'}/*"
    command = [java, f"-Djava.library.path={JAR.parent / 'DynamoDBLocal_lib'}", "-Xmx512m", "-cp", paths]
    command += [str(Path(__file__).with_name("Loopback.java")), "-inMemory", "-port", str(port), "-disableTelemetry"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def mini_stack(folder: Path) -> Iterator[str]:
    """Run a MiniStack of our own; skip where it is not installed."""
    if not ministack.PROGRAM.exists():
        pytest.skip("MiniStack is not installed: make setup")
    with ministack.MiniStack(folder, ministack.free_port(), REGION) as server:
        yield server.endpoint


@contextmanager
def elsewhere() -> Iterator[Any]:
    """Give the models a client for where the environment points now, emptied; then the old one back."""
    before = {model: model._connection for model in dynamo.MODELS.values()}
    client = dynamo.configure(named(STAGE), days_kept("hoa_binh"))
    for name in client.list_tables()["TableNames"]:
        client.delete_table(TableName=name)
    yield client
    client.close()
    for model, connection in before.items():
        model._connection = connection


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + 60
    while not ministack.taken(port):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("DynamoDB Local did not start")
        time.sleep(0.1)
