"""Fixtures round the small application."""

import io
from types import SimpleNamespace

import pytest
from chalice.test import Client

import chalicelib
from chalicelib import observability
from tests.unit.http import small_app


@pytest.fixture(scope="session")
def app():
    return small_app.make_app(small_app.make_routes())


@pytest.fixture
def deps(monkeypatch):
    stub = small_app.deps()
    monkeypatch.setattr(chalicelib, "bootstrap", SimpleNamespace(deps=lambda: stub), raising=False)
    return stub


@pytest.fixture
def client(app, deps):
    with Client(app) as client:
        yield client


@pytest.fixture
def lines():
    """Everything the logger writes, as a stream."""
    handler = observability.logger().registered_handler
    stream = io.StringIO()
    before = handler.setStream(stream)
    yield stream
    handler.setStream(before)
