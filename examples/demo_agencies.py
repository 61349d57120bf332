"""The agencies that have software: what they were told by their queues, what they reply."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import boto3

from examples.agency.store import Store
from examples.agency_process import DATABASE, settle, start
from examples.client import Agency, Stack
from examples.demo_cases import DemoError

Aside = Callable[..., Awaitable[Any]]  # run something slow beside the event loop
PATIENCE, PAUSE = 90.0, 0.4  # seconds


class Software(Protocol):
    """An agency's software, as its own people use it."""

    def messages(self, *, wait: int) -> list[dict[str, Any]]:
        """Return what the centre said since the last call."""

    def reply(self, kind: str, code: str, *, message_id: str, **body: Any) -> None:
        """Say something about a case."""


class ReferenceAgency:
    """The reference agency at work in a process of its own; its people read and write its database."""

    def __init__(self, unit: str, database: Path) -> None:
        self._unit, self._database, self._read = unit, database, 0

    def messages(self, *, wait: int = 0) -> list[dict[str, Any]]:  # noqa: ARG002 to look is quick
        """Return what it has kept since the last call."""
        with closing(Store(self._database)) as store:
            found = store.since(self._read)
        self._read = max([self._read, *(number for number, _ in found)])
        return [message for _, message in found]

    def reply(self, kind: str, code: str, *, message_id: str, **body: Any) -> None:
        """Have it say something; the same again is sent again."""
        whole = {"version": "1", "message_id": message_id, "unit": self._unit, "type": kind, "case": code, **body}
        with closing(Store(self._database)) as store:
            store.say(whole)


@contextmanager
def agencies(stack: Stack) -> Iterator[Mapping[str, Software]]:
    """Let every agency with software work; those with an AWS account of their own as the reference agency."""
    here: dict[str, Software] = {
        unit: Agency(_sqs(stack), stack, unit) for unit in stack["agency_queues"].keys() - stack["agency_accounts"]
    }
    with tempfile.TemporaryDirectory() as kept:
        processes = []
        for unit in stack["agency_accounts"]:
            folder = Path(kept) / unit
            folder.mkdir()
            settings = settle(stack, unit, folder, answers="people", wait_seconds=1)
            here[unit] = ReferenceAgency(unit, folder / DATABASE)
            processes.append(start(stack, unit, settings, folder / "log"))
        try:
            yield here
            if any(process.poll() is not None for process in processes):
                raise DemoError("the reference agency has stopped")
        finally:
            for process in processes:
                process.terminate()
                process.wait()


class Exchange:
    """Their queues, read by one task for all; replies go straight out."""

    def __init__(self, agencies: Mapping[str, Software], aside: Aside) -> None:
        self._agencies, self._aside = agencies, aside
        self._told: defaultdict[tuple[str, str], asyncio.Event] = defaultdict(asyncio.Event)
        self._said: set[str] = set()
        self.seen: Counter[str] = Counter()
        self.rejected: list[str] = []

    def has(self, unit: str) -> bool:
        """Tell whether a unit talks by queue."""
        return unit in self._agencies

    async def listen(self) -> None:
        """Read until cancelled."""
        while True:
            for agency in self._agencies.values():
                for message in await self._aside(agency.messages, wait=0):
                    self._hear(message)
            await asyncio.sleep(PAUSE)

    async def told(self, unit: str, code: str, kind: str) -> None:
        """Wait until a message of this type about the case has come."""
        try:
            await asyncio.wait_for(self._told[code, kind].wait(), PATIENCE)
        except TimeoutError as error:
            raise DemoError(f"{code}: {unit} was never sent {kind}") from error

    async def tell(self, unit: str, code: str, kind: str, *, times: int, **body: Any) -> None:
        """Send the very same message so many times."""
        name = f"{kind}-{code}-{body.get('action', 'x')}"
        self._said.add(name)
        for _ in range(times):
            await self._aside(self._agencies[unit].reply, kind, code, message_id=name, **body)
        self.seen["agency replies by queue"] += times
        self.seen["of these the same again"] += times - 1

    def _hear(self, message: dict[str, Any]) -> None:
        if message.get("rejected_message_id") in self._said:
            self.rejected.append(f"{message['rejected_message_id']}: {message['code']}")
        elif isinstance(subject := message.get("case"), dict):
            self._told[subject["code"], message["type"]].set()


def _sqs(stack: Stack) -> Any:
    return boto3.Session("test", "test", region_name=stack["region"]).client("sqs", endpoint_url=stack["endpoint_url"])
