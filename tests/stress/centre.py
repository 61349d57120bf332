"""The centre as it lives with failures: people try again, queues bring back, the clock goes on, recovery runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import streams
from tests.builders import local
from tests.integration.deliveries import FULL, WORKERS, Context, invoke
from tests.integration.world import World
from tests.stress.sabotage import DiedError, Saboteur

TRIES, LEASE = 6, timedelta(seconds=61)


class Centre:
    """Every function of the application, called as AWS calls it: until it succeeds."""

    def __init__(self, world: World, saboteur: Saboteur) -> None:
        self.world, self._saboteur = world, saboteur
        self._keys = 0

    def at(self, text: str) -> None:
        """Set the office's clock."""
        assert local(text) > self.world.clock.now(), "what was repaired took longer than the story allows"
        self.world.clock.set(local(text))

    def ask(self, method: str, path: str, body: Any, token: str = "", **headers: str) -> Any:
        """Send a request as a patient program does: again with the same key, while there is no answer."""
        self._keys += 1
        headers["Idempotency_Key"] = f"key-{self._keys}"
        for _ in range(TRIES):
            status, answer = self._once(method, path, body, token, headers)
            if status < 500:
                assert status in (200, 201), answer
                return answer
        raise AssertionError(f"{method} {path} never succeeds")

    def act(self, code: str, action: str, token: str, body: Any = None, *, version: int | None = None) -> Any:
        """Do a desk action."""
        seen = {"version": version or self.world.case(code).version}
        return self.ask("POST", f"/v1/desk/cases/{code}/{action}", seen | (body or {}), token)

    def timer(self, name: str) -> None:
        """Let the clock start a function, again while it fails, later while somebody holds what it wants."""
        run: Callable[[], None] = getattr(self.world, name)
        for attempt in range(TRIES):
            try:
                with self._saboteur.watching(name):
                    run()
            except (DiedError, DomainError):
                self.world.clock.forward(seconds=LEASE.seconds if attempt else 0)
            else:
                return
        raise AssertionError(f"{name} never succeeds")

    def sweep(self, text: str) -> None:
        """Sweep at a time and a moment later: a case that failed is set aside for the next sweep."""
        self.at(text)
        self.timer("sweep")
        self.timer("sweep")
        self.settle()

    def settle(self) -> None:
        """Relay what is new (what the relay loses is lost), let the workers work, recover, and work again."""
        records = self.world.stream()
        try:
            with self._saboteur.watching("relay"):
                streams.relay({"Records": records}, Context())
        except DiedError:
            pass
        self.deliver()
        self.world.clock.forward(minutes=3)
        self.timer("recover")
        self.deliver()

    def _once(self, method: str, path: str, body: Any, token: str, headers: dict[str, str]) -> Any:
        try:
            with self._saboteur.watching("api"):
                return self.world.call(method, path, body, token=token, **headers)
        except DiedError:
            return 502, None

    def deliver(self) -> None:
        """Let the workers work until nothing fails."""
        for attempt in range(TRIES):
            if attempt > 1:
                self.world.clock.forward(seconds=LEASE.seconds)
            if not sum(self._pass(name) for name in WORKERS):
                return
        raise AssertionError("a message always fails")

    def _pass(self, name: str) -> int:
        """Give a worker everything in its queue, one by one; returns how many failed and were laid back."""
        url, sqs, failed = self.world.url(name), self.world.cloud("sqs"), []
        messages = [None] * FULL
        while len(messages) == FULL:
            messages = self.world.receive(url)
            for message in messages:
                if self._handled(name, message):
                    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
                else:
                    failed.append(message["ReceiptHandle"])
        for handle in failed:
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
        return len(failed)

    def _handled(self, name: str, message: dict[str, Any]) -> bool:
        try:
            with self._saboteur.watching(name):
                return not invoke(name, [message])
        except DiedError:
            return False
