"""The agencies that have software: what they were told by their queues, what they reply."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import boto3

from examples.client import Agency, Stack
from examples.demo_cases import DemoError
from infra import directory

Aside = Callable[..., Awaitable[Any]]  # run something slow beside the event loop
PATIENCE, PAUSE = 90.0, 0.4  # seconds
ROOT = "test"  # the key of the stack's own account; another account's key is its number


def agencies(stack: Stack, regulation: str) -> Mapping[str, Agency]:
    """Return every agency with software; one in another AWS account comes with that account's credentials."""
    return {
        unit.id: Agency(_sqs(stack, unit.account or ROOT), stack, unit.id) for unit in directory.agencies(regulation)
    }


class Exchange:
    """Their queues, read by one task for all; replies go straight out."""

    def __init__(self, agencies: Mapping[str, Agency], aside: Aside) -> None:
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


def _sqs(stack: Stack, key: str) -> Any:
    return boto3.Session(key, "test", region_name=stack["region"]).client("sqs", endpoint_url=stack["endpoint_url"])
