"""The whole application in this process, on moto behind a lock, with a clock that the test sets."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from chalicelib import bootstrap, config
from chalicelib.adapters import aws
from chalicelib.adapters.dynamo import tables as dynamo
from infra import directory as directory_file
from infra.functions import MAX_RECEIVES
from infra.names import QUEUES, named
from infra.tables import tables
from tests.integration.deliveries import ACCOUNT, REGION
from tests.integration.world import ClockStub, LogInStub, World

STAGE = "test"


def _queue(cloud: Any, name: str, attributes: dict[str, str] | None = None) -> str:
    """Make a queue, with dead letters of its own unless told, and return its URL."""
    if attributes is None:
        dead = _queue(cloud, f"{name}-dlq", {}).rpartition("/")[2]
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{dead}"
        attributes = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": MAX_RECEIVES})}
    url: str = cloud("sqs").create_queue(QueueName=named(STAGE, name), Attributes=attributes)["QueueUrl"]
    return url


class Serialised:
    """moto's DynamoDB is not thread-safe; one request at a time makes every answer linearisable."""

    def __init__(self) -> None:
        self._app, self._lock = DomainDispatcherApplication(create_backend_app), threading.Lock()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        with self._lock:
            return list(self._app(environ, start_response))


class Quiet(WSGIRequestHandler):
    """No access log."""

    def log(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, Serialised(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def clients() -> Iterator[dict[str, Any]]:
    """The clients of all tests by service, and the tables' own: making them anew would be most of the time."""
    made: dict[str, Any] = {}
    yield made
    aws.client.cache_clear()
    for one in made.values():
        one.close()


@pytest.fixture
def cloud(endpoint: str, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """A function that returns clients of the emptied cloud."""
    for name, value in {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }.items():
        monkeypatch.setenv(name, value)
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST")).close()
    if "tables" not in clients:
        clients["tables"] = dynamo.configure(f"tongdai-{STAGE}")
    return lambda service: clients.setdefault(service, aws.client(service))


@pytest.fixture
def settings(cloud: Any) -> config.Settings:
    """Make every resource and return the settings that name them."""
    for table in tables(STAGE).values():
        wanted = dict(table["Properties"])
        for extra in ("DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "TimeToLiveSpecification"):
            wanted.pop(extra, None)
        if "StreamSpecification" in wanted:
            wanted["StreamSpecification"] = {"StreamEnabled": True, **wanted["StreamSpecification"]}
        cloud("dynamodb").create_table(**wanted)
    urls = {name: _queue(cloud, name) for name in QUEUES} | {"relay-dlq": _queue(cloud, "relay-dlq", {})}
    prefix = urls["notices"].removesuffix("notices") + "agency-"
    for unit in directory_file.agencies("hoa_binh"):
        cloud("sqs").create_queue(QueueName=f"tongdai-{STAGE}-agency-{unit.id}")
    cloud("secretsmanager").create_secret(Name=f"tongdai-{STAGE}-keys", SecretString=json.dumps({"key": "k" * 64}))
    cloud("sesv2").create_email_identity(EmailIdentity="tongdai@tongdai.example")
    return config.Settings(
        stage=STAGE,
        table_prefix=f"tongdai-{STAGE}",
        regulation="hoa_binh",
        notices_queue_url=urls["notices"],
        outgoing_queue_url=urls["outgoing"],
        tallies_queue_url=urls["tallies"],
        board_queue_url=urls["board"],
        replies_queue_url=urls["replies"],
        relay_dlq_url=urls["relay-dlq"],
        agency_queue_prefix=prefix,
        mail_sender="tongdai@tongdai.example",
        secret_id=f"tongdai-{STAGE}-keys",
        issuer="https://issuer.test",
        jwks_url="https://issuer.test/jwks",
        client_id="client",
        public_url="https://1022.test",
    )


@pytest.fixture
def world(settings: config.Settings, cloud: Any, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> World:
    """The running centre, on Monday 23 November 2026 at 09:00 in Hoà Bình."""
    deps = bootstrap.LiveDeps(settings)
    clock = ClockStub(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))
    deps.__dict__ |= {"clock": clock, "tokens": LogInStub(), "_dynamo": clients["tables"]}
    monkeypatch.setattr(bootstrap, "deps", lambda: deps)
    made = World(deps, cloud, clock)
    made.load_directory(directory_file.units("hoa_binh"))
    return made
