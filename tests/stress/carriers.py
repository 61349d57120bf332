"""Two ways from event to effect: everything once and in order, or as queues may do at their worst."""

from __future__ import annotations

import random
from typing import Any

from chalicelib.entrypoints import streams
from tests.integration.deliveries import WORKERS, Context, invoke
from tests.integration.world import World
from tests.stress.player import Reply


class Orderly:
    """Each message once, in order, at once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.delivered = 0

    def hear(self, reply: Reply) -> None:
        """Deliver an agency's reply."""
        self.world.reply(reply)
        assert self.world.work() == 0

    def carry(self) -> None:
        """Relay and deliver what is new."""
        self.delivered += self.world.relay()
        assert self.world.work() == 0

    def finish(self) -> None:
        """Deliver whatever is left."""
        self.carry()

    def tick(self, name: str) -> None:
        """Let the clock start a function."""
        getattr(self.world, name)()


class Chaotic(Orderly):
    """Loses streams, doubles and shuffles messages, keeps some for later, starts timers twice."""

    def __init__(self, world: World, dice: random.Random) -> None:
        super().__init__(world)
        self._dice = dice
        self._pool: list[tuple[str, str]] = []
        self._number = 0

    def hear(self, reply: Reply) -> None:
        """Deliver a reply, and copies of it when nobody expects them."""
        super().hear(reply)
        self.world.reply(reply)
        self._collect()

    def carry(self) -> None:
        """Relay what the stream did not lose, and deliver some of what there is."""
        records = [record for record in self.world.stream() if self._dice.random() < 0.85]
        records += [record for record in records if self._dice.random() < 0.3]
        self._dice.shuffle(records)
        while records:
            size = self._dice.randint(1, 20)
            streams.relay({"Records": records[:size]}, Context())
            records = records[size:]
        self._collect()
        self._deliver(share=0.6)

    def finish(self) -> None:
        """Deliver all there is, more than once."""
        for share in (0.8, 1.0):
            self._collect()
            self._deliver(share=share)
        self._deliver(share=1.0, again=0.0)

    def tick(self, name: str) -> None:
        """Let the clock start a function twice."""
        super().tick(name)
        super().tick(name)

    def _collect(self) -> None:
        for name in WORKERS:
            url = self.world.url(name)
            while messages := self.world.receive(url):
                for message in messages:
                    self._pool.append((name, message["Body"]))
                    self.world.cloud("sqs").delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    def _deliver(self, *, share: float, again: float = 0.3) -> None:
        now = [one for one in self._pool if self._dice.random() < share]
        for one in now:
            self._pool.remove(one)
        self._dice.shuffle(now)
        for name in WORKERS:
            self._batches(name, [body for worker, body in now if worker == name])
        self._pool += [one for one in now if self._dice.random() < again]

    def _batches(self, name: str, bodies: list[str]) -> None:
        while bodies:
            batch: list[dict[str, Any]] = []
            for body in bodies[: self._dice.randint(1, 10)]:
                self._number += 1
                batch.append({"MessageId": str(self._number), "Body": body})
            assert invoke(name, batch) == set()
            self.delivered += len(batch)
            bodies = bodies[len(batch) :]
