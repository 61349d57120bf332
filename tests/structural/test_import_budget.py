"""What a cold start loads for the first request: our rules, the rim and what serves it, nothing others need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from app import app
from chalicelib.config import Settings
from chalicelib.entrypoints.application import ADDRESSES, ROUTES

ROOT = Path(__file__).parents[2]
LOADED_WHEN_NEEDED = (
    "aws_lambda_powertools",
    "botocore",
    "cryptography",
    "jinja2",
    "jwt",
    "pynamodb",
    "urllib3",
    "yaml",
)
NEVER_SHIPPED_OR_TOO_HEAVY = ("aws_xray_sdk", "boto3", "holidays", "moto", "pydantic", "requests")
MODULES = 245  # Python 3.11 on 2026-11-22: 202 to 237, the desk's page of a case most
ASKED_FOR = ("/v1/cases", "/v1/cases/{code}", "/v1/desk/cases/{code}", "/gui", "/ban-lam-viec/ho-so/{code}")
SCRIPT = """
import json, sys
from pathlib import Path
calls = []
sys.addaudithook(lambda event, _: calls.append(event) if event in ("socket.connect", "socket.getaddrinfo") else None)
from chalicelib.entrypoints.application import Application
application = Application(Path(sys.argv[1]))
assert not application.routes
application.serve(sys.argv[2])
assert application.routes
from chalicelib import bootstrap, config
read = config.load.cache_info().misses + bootstrap.deps.cache_info().misses
print(json.dumps({"modules": list(sys.modules), "calls": calls, "read": read}))
"""


@pytest.fixture(scope="module", params=ASKED_FOR)
def started(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what a fresh interpreter says of itself when a release is asked for an address, without any setting."""
    folder = tmp_path_factory.mktemp("release")
    (folder / ADDRESSES).write_text(json.dumps(app.addresses()), encoding="utf-8")
    ours = {field.name.upper() for field in fields(Settings)}
    environ = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "-c", SCRIPT, str(folder), request.param]
    return json.loads(subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True).stdout)


@pytest.mark.parametrize("package", [*LOADED_WHEN_NEEDED, *NEVER_SHIPPED_OR_TOO_HEAVY])
def test_a_cold_start_does_not_load(started: Any, package: str) -> None:
    assert package not in {module.partition(".")[0] for module in started["modules"]}


def test_a_cold_start_loads_a_bounded_number_of_modules(started: Any) -> None:
    assert "chalicelib.entrypoints.http" in started["modules"]
    assert len(started["modules"]) <= MODULES


def test_importing_asks_neither_settings_nor_network(started: Any) -> None:
    assert (started["read"], started["calls"]) == (0, [])


def test_a_release_knows_the_modules_that_serve_an_address() -> None:
    addresses = app.addresses()
    modules = {module for serving in addresses.values() for module in serving}
    assert set(addresses) == set(app.routes)
    assert modules == {
        file.stem for file in (ROOT / "chalicelib/entrypoints").glob("*.py") if file.stem.startswith(ROUTES)
    }
