"""What a cold start loads before the first request: our rules and the rim, nothing that only some requests need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from chalicelib.config import Settings

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
MODULES = 280  # 266 with Python 3.11 on 2026-11-22, and a few more
SCRIPT = """
import json, sys
calls = []
sys.addaudithook(lambda event, _: calls.append(event) if event in ("socket.connect", "socket.getaddrinfo") else None)
import app
from chalicelib import bootstrap, config
read = config.load.cache_info().misses + bootstrap.deps.cache_info().misses
print(json.dumps({"modules": list(sys.modules), "calls": calls, "read": read}))
"""


@pytest.fixture(scope="module")
def started() -> Any:
    """Give what a fresh interpreter says of itself after `import app`, in an environment without any setting."""
    ours = {field.name.upper() for field in fields(Settings)}
    environ = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, env=environ, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("package", [*LOADED_WHEN_NEEDED, *NEVER_SHIPPED_OR_TOO_HEAVY])
def test_a_cold_start_does_not_load(started: Any, package: str) -> None:
    assert package not in {module.partition(".")[0] for module in started["modules"]}


def test_a_cold_start_loads_a_bounded_number_of_modules(started: Any) -> None:
    assert "chalicelib.entrypoints.api_public" in started["modules"]
    assert len(started["modules"]) <= MODULES


def test_importing_asks_neither_settings_nor_network(started: Any) -> None:
    assert (started["read"], started["calls"]) == (0, [])
