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
from chalicelib.entrypoints.application import WORKERS as WORKERS_OF

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
RULES = frozenset(f"chalicelib.domain.{room}" for room in ("commands", "decide", "evolve", "regulation"))
MODULES = 200  # Python 3.11 on 2026-11-22: 150 to 192, the learned signals most
MODULES_OF_A_WORKER = 140  # 117 to 134
SCRIPT = """
import json, os, sys
from pathlib import Path
calls = []
sys.addaudithook(lambda event, _: calls.append(event) if event in ("socket.connect", "socket.getaddrinfo") else None)
folder, *addresses = sys.argv[1:]
from chalicelib.entrypoints.application import Application

def served(address):
    application = Application(Path(folder))
    assert not application.routes
    application.serve(address)
    assert application.routes
    from chalicelib import bootstrap, config
    read = config.load.cache_info().misses + bootstrap.deps.cache_info().misses
    print(json.dumps({"address": address, "modules": list(sys.modules), "calls": calls, "read": read}), flush=True)

for address in addresses:
    if not os.fork():
        served(address)
        os._exit(0)
    assert os.wait()[1] == 0
"""


def differently_served() -> dict[str, list[str]]:
    """Give one address of each set of modules that serve one, with the set."""
    return {address: list(modules) for modules, address in {tuple(v): k for k, v in app.addresses().items()}.items()}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what a release says of itself when it is first asked for an address, without any setting; for each set."""
    folder = tmp_path_factory.mktemp("release")
    (folder / ADDRESSES).write_text(json.dumps(app.addresses()), encoding="utf-8")
    lines = fresh(SCRIPT, str(folder), *differently_served()).splitlines()
    return {told["address"]: told for told in map(json.loads, lines)}


def fresh(script: str, *arguments: str) -> str:
    """Return what a fresh interpreter prints that knows no setting of ours."""
    ours = {field.name.upper() for field in fields(Settings)}
    environ = {name: value for name, value in os.environ.items() if name not in ours}
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, check=True, text=True).stdout


def test_each_set_of_modules_was_started(started: Any) -> None:
    assert len(started) > 50
    assert set(started) == set(differently_served())


@pytest.mark.parametrize("package", [*LOADED_WHEN_NEEDED, *NEVER_SHIPPED_OR_TOO_HEAVY])
def test_a_cold_start_does_not_load(started: Any, package: str) -> None:
    roots = {address: {name.partition(".")[0] for name in told["modules"]} for address, told in started.items()}
    assert not [address for address, loaded in roots.items() if package in loaded]


def test_a_cold_start_loads_the_rules_when_somebody_asks_them(started: Any) -> None:
    assert not {address: found for address, told in started.items() if (found := RULES & {*told["modules"]})}


def test_a_cold_start_loads_a_bounded_number_of_modules(started: Any) -> None:
    assert all("chalicelib.entrypoints.http" in told["modules"] for told in started.values())
    assert not {address: count for address, told in started.items() if (count := len(told["modules"])) > MODULES}


def test_importing_asks_neither_settings_nor_network(started: Any) -> None:
    assert {(told["read"], *told["calls"]) for told in started.values()} == {(0,)}


@pytest.mark.parametrize("module", sorted(WORKERS_OF))
def test_a_worker_loads_what_it_works_with_when_there_is_work(module: str) -> None:
    script = f"import sys, chalicelib.entrypoints.{module}; print(*sys.modules)"
    loaded = {*fresh(script).split()}
    assert len(loaded) <= MODULES_OF_A_WORKER
    assert not loaded & RULES
    assert not {name.partition(".")[0] for name in loaded} & {*LOADED_WHEN_NEEDED, *NEVER_SHIPPED_OR_TOO_HEAVY}


def test_a_release_knows_the_modules_that_serve_an_address() -> None:
    addresses = app.addresses()
    modules = {module for serving in addresses.values() for module in serving}
    assert set(addresses) == set(app.routes)
    assert modules == {
        file.stem for file in (ROOT / "chalicelib/entrypoints").glob("*.py") if file.stem.startswith(ROUTES)
    }
