"""Stress: everything here is random, prints its seed, and can be played again with STRESS_SEED."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from chalicelib import observability
from tests.integration import cloud as sky
from tests.integration.conftest import clients, cloud, endpoint, world
from tests.integration.world import World
from tests.stress import stores

__all__ = ["clients", "cloud", "endpoint", "world"]
SEED = int(os.environ.get("STRESS_SEED") or secrets.randbelow(10**6))
SAID: list[str] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lives in this folder."""
    for item in items:
        if "tests/stress/" in item.path.as_posix():
            item.add_marker(pytest.mark.stress)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what was tried, and how to try it again."""
    if SAID:
        terminalreporter.section(f"stress, STRESS_SEED={SEED}")
        for line in SAID:
            terminalreporter.line(line)


@pytest.fixture(autouse=True)
def _silence() -> Iterator[None]:
    """Thousands of log lines help nobody."""
    handler = observability.logger().registered_handler
    before = handler.setStream(io.StringIO())
    yield
    handler.setStream(before)


@pytest.fixture(scope="session")
def seed() -> int:
    """The seed of this session."""
    return SEED


@pytest.fixture(scope="session")
def say() -> Callable[[str], None]:
    """A function that adds a line to the summary."""
    return SAID.append


@pytest.fixture(scope="session")
def dynamodb_local() -> Iterator[str]:
    with stores.dynamodb_local() as address:
        yield address


@pytest.fixture(scope="session")
def mini_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("ministack")
    with stores.mini_stack(folder) as address:
        yield address


@pytest.fixture(params=["mini_stack", "dynamodb_local"])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where the tables are from now on; not in moto, which copies whole tables for each item of a transaction."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", request.getfixturevalue(request.param))
    return str(request.param)


@pytest.fixture
def anew(
    cloud: sky.Client, store: str, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], World]]:
    """A function that makes the centre anew, its tables in that store."""
    with ExitStack() as leave:

        def make() -> World:
            sky.empty(endpoint)
            return sky.open_centre(cloud, leave.enter_context(stores.elsewhere()), monkeypatch)

        yield make


@pytest.fixture(params=["moto", "mini_stack", "dynamodb_local"])
def anywhere(request: pytest.FixtureRequest, cloud: sky.Client, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The centre with its tables in one of three doubles, the rest in moto."""
    if request.param != "moto":
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", request.getfixturevalue(request.param))
    with stores.elsewhere() as client:
        made = sky.open_centre(cloud, client, monkeypatch)
        made.store = request.param
        yield made
