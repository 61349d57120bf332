"""The whole application in this process, on moto behind a lock, with a clock that the test sets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.adapters import aws
from chalicelib.adapters.dynamo import tables as dynamo
from tests.integration import cloud as sky
from tests.integration.world import World

# On a busy machine an answer may come late, and who waits no longer asks again. AWS knows a write that is tried again
# by its token; moto does not and refuses it as somebody else's.
dynamo.Meta.read_timeout_seconds = 60


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    with sky.serve() as address:
        yield address


@pytest.fixture(scope="session")
def clients() -> Iterator[dict[str, Any]]:
    """The clients of all tests by service, and the tables' own: making them anew would be most of the time."""
    made: dict[str, Any] = {}
    yield made
    aws.client.cache_clear()
    for one in made.values():
        one.close()


@pytest.fixture
def cloud(endpoint: str, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> sky.Client:
    """A function that returns clients of the emptied cloud."""
    return sky.emptied(endpoint, clients, monkeypatch)


@pytest.fixture
def regulation() -> str:
    """Whose centre it is; `pytest.mark.parametrize("regulation", …)` plays a test at others too."""
    return "hoa_binh"


@pytest.fixture
def world(cloud: sky.Client, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch, regulation: str) -> World:
    """The running centre."""
    return sky.open_centre(cloud, clients["tables"], monkeypatch, regulation)
