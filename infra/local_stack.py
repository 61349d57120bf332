"""The whole application on this machine: MiniStack with IAM enforced, both stacks, log-ins, and a front door.

`make run` and the stack tests start the same thing; only folder and ports differ.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import boto3
from botocore.config import Config

from infra import (
    accounts,
    agency_keys,
    directory,
    example_procedures,
    files,
    incoming_mail,
    lake,
    load_directory,
    mend,
    reports,
    wheels,
)
from infra.cloudformation import Cloud, outputs
from infra.functions import FUNCTIONS
from infra.ministack import HOST, MiniStack, StackError, free_port, taken
from infra.names import QUEUES, TABLES, Json, app_stack, named
from infra.package import Plan, Release, build
from infra.proxy import Proxy
from infra.release import put_app, put_data

DEFAULT = "hoa_binh"  # the regulation, unless told
STAGE = "local"
REGION = "ap-southeast-1"
SENDER = "tong-dai@tongdai.example"
MAIL = {"MailInboundDomain": "tra-loi.tongdai.example"}  # not of the data stack: MiniStack knows no receipt rules there
LIMITS = {"RateLimit": "5000", "BurstLimit": "5000"}  # measurements must not meet the limits of a real stage
WARM: Json = {"Records": []}  # what wakes a queue worker without giving it work
COLD = {
    "api_handler",
    "sweep",
    "remind",
    "retime",
    "recover",
    "digest",
    "petitions",
    "urge",
    "shred",
    "learn",
}  # woken through the door; started by the clock


@dataclass
class LocalStack:
    """A running application; a context manager. `description` says where everything is."""

    folder: Path
    port: int = field(default_factory=free_port)
    stack_port: int = field(default_factory=free_port)
    regulation: str = DEFAULT
    fresh: bool = False  # forget what an earlier run left in the folder
    kept: bool = True  # write the state down at the end: it takes as long as it is large
    stage: str = STAGE
    beside: LocalStack | None = None  # on whose server it stands, under a stage of its own
    description: Json = field(default_factory=dict, init=False)
    alive: Callable[[], bool] = field(default=lambda: False, init=False)
    server: MiniStack = field(init=False)
    _running: ExitStack = field(default_factory=ExitStack, init=False)

    @property
    def base_url(self) -> str:
        """Give the address of the application, without a slash at the end."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> None:
        """Build, start, deploy, fill, open the door."""
        if taken(self.port):
            raise StackError(f"port {self.port} is taken: stop what listens there, or choose another with PORT=")
        if self.beside:
            self.server = self.beside.server
        else:
            self.server = MiniStack(self.folder, self.stack_port, REGION, self.kept)
            self.server.check_port()
        if self.fresh:
            shutil.rmtree(self.folder, ignore_errors=True)
        plan = Plan(self.stage, self.regulation, wheels.host_architecture(), self.folder / "build")
        release = build(plan, wheels.in_local_server())
        if not self.beside:
            mend.streams(self.folder / "state")
            self._running.enter_context(self.server)
        self.alive = self.server.alive
        try:
            self._fill(release)
        except BaseException:
            self.stop()
            raise

    def _fill(self, release: Release) -> None:
        session = boto3.Session("test", "test", region_name=REGION)  # MiniStack's root keys
        cloud = Cloud(session, bucket=named(self.stage, "artefacts"), pause=0.05, endpoint=self.server.endpoint)
        data = put_data(cloud, release, self.stage, {"MailSender": SENDER})
        mend.tables(cloud, self.stage)
        mend.bucket(cloud, data["FilesBucket"], files.forgets(self.regulation))
        mend.bucket(cloud, data["LakeBucket"], lake.FORGETS)
        mend.bucket(cloud, data["MailsBucket"], incoming_mail.forgets(self.regulation))
        mend.bucket(cloud, data["ReportsBucket"], reports.FORGETS)
        jwks = f"{self.server.endpoint}/{data['UserPoolId']}/.well-known/jwks.json"
        app = put_app(cloud, release, self.stage, {"PublicUrl": self.base_url, "JwksUrl": jwks, **MAIL, **LIMITS})
        mend.gateway(cloud, app["RestAPIId"])
        mend.mail(cloud, self.stage)
        mend.batches(cloud, self.stage)
        cloud.client("ses").verify_email_identity(EmailAddress=SENDER)
        load_directory.load(cloud.client("dynamodb"), self.stage, self.regulation)
        units = {unit.id for unit in directory.units(self.regulation) if unit.works}
        users = accounts.create(cloud.client("cognito-idp"), data["UserPoolId"], units)
        self._open(cloud)
        warm(cloud, self.port, self.stage)
        self._describe(data, users, self._administer(users))

    def _administer(self, users: list[dict[str, str]]) -> Json:
        door = agency_keys.Door(self.base_url)
        who = next(user for user in users if user["role"] == "administrator")
        door.sign_in(who["username"], who["password"])
        accounts.adopt(door, users)
        example_procedures.show(door)
        units = [unit.id for unit in directory.agencies(self.regulation)]
        return agency_keys.register(door, agency_keys.kept(self.folder, units))

    def _open(self, cloud: Cloud) -> None:
        def base() -> str:
            return f"/restapis/{outputs(cloud, app_stack(self.stage))['RestAPIId']}/api/_user_request_"

        door = Proxy(self.port, self.server.port, base)
        door.start()
        self._running.callback(door.stop)

    def _describe(self, data: dict[str, str], users: list[dict[str, str]], keys: Json) -> None:
        agencies = directory.agencies(self.regulation)
        prefix = data["NoticesQueueUrl"].removesuffix("notices")
        self.description = {
            "base_url": self.base_url,
            "endpoint_url": self.server.endpoint,
            "region": REGION,
            "stage": self.stage,
            "regulation": self.regulation,
            "folder": str(self.folder),
            "user_pool_id": data["UserPoolId"],
            "client_id": data["ClientId"],
            "users": users,
            "tables": {name: named(self.stage, name) for name in TABLES},
            "queues": {name: data[f"{name.capitalize()}QueueUrl"] for name in QUEUES},
            "files": data["FilesBucket"],
            "agency_queues": {unit.id: f"{prefix}agency-{unit.id}" for unit in agencies},
            "agency_accounts": {unit.id: unit.account for unit in agencies if unit.account},
            "agency_keys": keys,
            "replies_queue": data["RepliesQueueUrl"],
            "mails_bucket": data["MailsBucket"],
            "reports_bucket": data["ReportsBucket"],
            "dead_letters": {name: f"{prefix}{name}-dlq" for name in (*QUEUES, "relay")},
        }
        path = self.folder / "stack.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps(self.description, indent=1, ensure_ascii=False), encoding="utf-8")

    def stop(self) -> None:
        """Close the door, stop the server gracefully."""
        (self.folder / "stack.json").unlink(missing_ok=True)
        self._running.close()

    def __enter__(self) -> LocalStack:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def warm(cloud: Cloud, door: int, stage: str) -> None:
    """Start a process of each function that somebody waits for."""
    client = cloud.session.client(
        "lambda", endpoint_url=cloud.endpoint, config=Config(retries={"total_max_attempts": 1})
    )
    visitor = http.client.HTTPConnection(HOST, door, timeout=60)
    visitor.request("GET", "/v1/health")
    visitor.getresponse().read()
    visitor.close()
    payload = json.dumps(WARM).encode()
    names = [named(stage, function.short_name) for function in FUNCTIONS if function.name not in COLD]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        list(pool.map(lambda name: client.invoke(FunctionName=name, Payload=payload), names))
