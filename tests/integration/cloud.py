"""A cloud in this process: moto behind a lock, and the centre's resources in it."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from moto.kms.utils import ECDSAPrivateKey
from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from chalicelib import bootstrap, config
from chalicelib.adapters import aws
from chalicelib.adapters.dynamo import tables as dynamo
from chalicelib.entrypoints import schedules
from infra import directory, keeping, signing
from infra.functions import MAX_RECEIVES
from infra.names import QUEUES, named
from infra.tables import tables
from tests.integration.deliveries import ACCOUNT, REGION
from tests.integration.world import MONDAY, ClockStub, LogInStub, World

STAGE, SENDER, INBOUND_DOMAIN = "test", "tongdai@tongdai.example", "tra-loi.tongdai.example"
FILES = named(STAGE, "files")
LAKE = named(STAGE, "lake")
ENVIRONMENT = {"AWS_DEFAULT_REGION": REGION, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
NOT_HERE = (
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "TimeToLiveSpecification",
    "SSESpecification",
)
Client = Callable[[str], Any]


def _sign(key: Any, digest: bytes, _: str) -> bytes:
    """Sign what KMS is given: moto would hash it once more, for it knows of no MessageType but RAW."""
    signature: bytes = key.private_key.sign(digest, ec.ECDSA(Prehashed(SHA256())))
    return signature


ECDSAPrivateKey.sign = _sign  # type: ignore[method-assign]


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


@contextmanager
def serve() -> Iterator[str]:
    """Run moto and give its address."""
    server = make_server("127.0.0.1", 0, Serialised(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def empty(endpoint: str) -> None:
    """Make moto forget everything."""
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset", method="POST")).close()


def emptied(endpoint: str, clients: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Client:
    """Empty the cloud and return a function that returns its clients; `clients` keeps them."""
    for name, value in (ENVIRONMENT | {"AWS_ENDPOINT_URL": endpoint}).items():
        monkeypatch.setenv(name, value)
    empty(endpoint)
    if "tables" not in clients:
        clients["tables"] = dynamo.configure(named(STAGE), keeping.days_kept("hoa_binh"))
    return lambda service: clients.setdefault(service, aws.client(service))


def open_centre(
    cloud: Client, tables_client: Any, monkeypatch: pytest.MonkeyPatch, regulation: str = "hoa_binh"
) -> World:
    """Make the running centre of a regulation in the empty cloud, on Monday 23 November 2026 at 09:00 there."""
    make_tables(tables_client)
    deps = bootstrap.LiveDeps(furnish(cloud, regulation))
    clock = ClockStub(MONDAY)
    deps.__dict__ |= {"clock": clock, "tokens": LogInStub(), "_dynamo": tables_client}
    monkeypatch.setattr(bootstrap, "deps", lambda: deps)
    monkeypatch.setattr(schedules, "SWEEPERS", 1)  # call after call in one order, which some tests count
    made = World(deps, cloud, clock)
    made.load_directory(directory.units(regulation))
    return made


def make_tables(dynamodb: Any) -> None:
    """Make the tables of the template, as far as doubles know how."""
    for table in tables(STAGE).values():
        wanted = {name: value for name, value in table["Properties"].items() if name not in NOT_HERE}
        if "StreamSpecification" in wanted:
            wanted["StreamSpecification"] = {"StreamEnabled": True, **wanted["StreamSpecification"]}
        dynamodb.create_table(**wanted)


def furnish(cloud: Client, regulation: str = "hoa_binh") -> config.Settings:
    """Make queues, secret and mail identity, and return the settings that name them."""
    urls = {name: make_queue(cloud, name) for name in QUEUES} | {"relay-dlq": make_queue(cloud, "relay-dlq", {})}
    for unit in directory.agencies(regulation):
        make_queue(cloud, f"agency-{unit.id}")
    cloud("secretsmanager").create_secret(Name=named(STAGE, "keys"), SecretString=json.dumps({"key": "k" * 64}))
    for bucket in (named(STAGE, "mails"), FILES, LAKE):
        cloud("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    _locked_bucket(cloud("s3"), named(STAGE, "reports"))
    cloud("sesv2").create_email_identity(EmailIdentity=SENDER)
    return config.Settings(
        stage=STAGE,
        table_prefix=named(STAGE),
        regulation=regulation,
        notices_queue_url=urls["notices"],
        outgoing_queue_url=urls["outgoing"],
        tallies_queue_url=urls["tallies"],
        board_queue_url=urls["board"],
        replies_queue_url=urls["replies"],
        bounces_queue_url=urls["bounces"],
        reports_queue_url=urls["reports"],
        reports_bucket=named(STAGE, "reports"),
        mails_queue_url=urls["mails"],
        relay_dlq_url=urls["relay-dlq"],
        agency_queue_prefix=urls["notices"].removesuffix("notices") + "agency-",
        files_bucket=FILES,
        lake_bucket=LAKE,
        mail_sender=SENDER,
        signing_keys=_signing_key(cloud),
        mails_bucket=named(STAGE, "mails"),
        secret_id=named(STAGE, "keys"),
        issuer="https://issuer.test",
        jwks_url="https://issuer.test/jwks",
        user_pool_id="pool",
        client_id="client",
        petition_key=cloud("kms").create_key()["KeyMetadata"]["Arn"],
        public_url="https://1022.test",
        lifetimes=keeping.setting("hoa_binh"),
        mail_inbound_domain=INBOUND_DOMAIN,
    )


def _locked_bucket(s3: Any, name: str) -> None:
    where = {"LocationConstraint": REGION}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=where, ObjectLockEnabledForBucket=True)


def _signing_key(cloud: Client) -> str:
    made = cloud("kms").create_key(KeySpec=signing.KEY_SPEC, KeyUsage=signing.KEY_USAGE)
    return str(made["KeyMetadata"]["Arn"])


def make_queue(cloud: Client, name: str, attributes: dict[str, str] | None = None) -> str:
    """Make a queue, with dead letters of its own unless told, and return its URL."""
    if attributes is None:
        dead = make_queue(cloud, f"{name}-dlq", {}).rpartition("/")[2]
        arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{dead}"
        attributes = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": arn, "maxReceiveCount": MAX_RECEIVES})}
    url: str = cloud("sqs").create_queue(QueueName=named(STAGE, name), Attributes=attributes)["QueueUrl"]
    return url
