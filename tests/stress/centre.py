"""The centre as it lives with failures: people try again, queues bring back, the clock goes on, recovery runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from chalice.local import RouteMatcher
from moto.backends import get_backend

from app import app
from chalicelib.domain.errors import DomainError
from chalicelib.entrypoints import streams
from infra import track
from infra.functions import MAX_RECEIVES
from tests.builders import local
from tests.integration.browser import Page, open_page, send
from tests.integration.deliveries import ACCOUNT, FULL, REGION, WORKERS, Context, invoke
from tests.integration.world import World
from tests.stress.sabotage import DiedError, Saboteur

TRIES, LEASE = 6, timedelta(seconds=61)
DONE = (200, 201, 204, 303)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROUTES = RouteMatcher(list(app.routes))


def route(method: str, path: str) -> str:
    """Name the route that a request takes: "POST /v1/cases/{code}/details"."""
    return f"{method} {ROUTES.match_route(path).route}"


def answers(path: str) -> str:
    """Name the function that answers an address."""
    return "petitions" if path.startswith(track.ADDRESSES) else "api_handler"


def _waits(url: str) -> bool:
    """Look into moto: asking empty queues whether they are empty would be a quarter of the time."""
    return bool(get_backend("sqs")[ACCOUNT][REGION].queues[url.rpartition("/")[2]].messages)


class Centre:
    """Every function of the application, called as AWS calls it: until it succeeds."""

    def __init__(self, world: World, saboteur: Saboteur) -> None:
        self.world, self.saboteur = world, saboteur
        self._keys = 0
        self.at_once = 1  # messages of a batch: a place of the program is easier named one by one
        self.taken: list[Any] = []  # what agencies have taken out of their queues

    def at(self, text: str) -> None:
        """Set the office's clock; the date may be left out."""
        text = text if "-" in text else f"{self.world.clock.now().astimezone(ZONE):%Y-%m-%d} {text}"
        assert local(text) > self.world.clock.now(), "what was repaired took longer than the story allows"
        self.world.clock.set(local(text))

    def ask(
        self, method: str, path: str, body: Any = None, token: str = "", *, may_say: int = 200, **headers: str
    ) -> Any:
        """Send a request as a patient program does: again with the same key, while there is no answer.

        It is done, or the answer is as foreseen: what takes no key may say to a repeat that it was done before.
        """
        self._keys += 1
        headers |= {"Idempotency_Key": f"key-{self._keys}"} if body is not None else {}
        call = partial(self.world.call, method, path, body, token=token, **headers)
        status, answer = self._patiently(method, path, call)
        assert status in (*DONE, may_say), answer
        return answer

    def browse(self, where: str | Page, form: str = "", *, may_say: int = 200, **typed: Any) -> Page:
        """Open a page by its path, or fill in a form of one that is open and send it; answered as `ask` is."""
        if isinstance(where, str):
            method, path, ask = "GET", where, partial(open_page, where, **typed)
        else:
            method, path, ask = (
                "POST",
                urljoin(where.address, where.forms[form][""]),
                partial(send, where, form, **typed),
            )
        status, page = self._patiently(method, path, lambda: ((page := ask()).status, page))
        assert status in (*DONE, may_say), page.words
        return page  # type: ignore[no-any-return]

    def act(self, code: str, action: str, token: str, body: Any = None, *, version: int | None = None) -> Any:
        """Do a desk action."""
        seen = {"version": version or self.world.case(code).version}
        return self.ask("POST", f"/v1/desk/cases/{code}/{action}", seen | (body or {}), token)

    def in_vain(self, ask: Callable[[], Any]) -> None:
        """Hold that a request is never answered; who sends it once more has kept its key."""
        keys = self._keys
        with pytest.raises(AssertionError, match="never succeeds"):
            ask()
        self._keys = keys

    def cut_off(self, name: str, call: str) -> None:
        """Let the clock start a function that cannot make a call."""
        self.saboteur.fails = lambda one: one == call
        with suppress(DiedError, DomainError):
            self.tick(name)
        self.saboteur.fails = None

    def tick(self, name: str) -> None:
        """Let the clock start a function, once."""
        with self.saboteur.watching(name):
            getattr(self.world, name)()

    def timer(self, name: str) -> None:
        """Let the clock start a function, again while it fails, later while somebody holds what it wants."""
        for attempt in range(TRIES):
            try:
                self.tick(name)
            except (DiedError, DomainError):
                self.world.clock.forward(seconds=LEASE.seconds if attempt else 0)
            else:
                return
        raise AssertionError(f"{name} never succeeds")

    def stream(self, records: list[Any]) -> None:
        """Hand records to the relay as Lambda does: again while it dies or gives one back."""
        for _ in range(TRIES):
            with suppress(DiedError), self.saboteur.watching("relay"):
                if not streams.relay({"Records": records}, Context())["batchItemFailures"]:
                    return
        raise AssertionError("the relay never succeeds")

    def sweep(self, text: str) -> None:
        """Sweep at a time and a moment later: a case that failed is set aside for the next sweep."""
        self.at(text)
        self.timer("sweep")
        self.timer("sweep")
        self.settle()

    def relay(self, records: list[Any]) -> None:
        """Hand records of the stream to the relay; what it loses is lost."""
        with suppress(DiedError), self.saboteur.watching("relay"):
            streams.relay({"Records": records}, Context())

    def settle_but_one(self) -> None:
        """Relay and work, where something always fails."""
        self.relay(self.world.stream())
        self.wear_out()

    def settle(self) -> None:
        """Relay what is new, let the workers work, recover, and work again."""
        self.relay(self.world.stream())
        self.deliver()
        self.world.clock.forward(minutes=3)
        self.timer("recover")
        self.deliver()

    def _patiently(self, method: str, path: str, ask: Callable[[], tuple[int, Any]]) -> tuple[int, Any]:
        """Ask until there is an answer."""
        for _ in range(TRIES):
            with suppress(DiedError), self.saboteur.watching(answers(path), route(method, path)):
                status, answer = ask()
                if status < 500:
                    return status, answer
        raise AssertionError(f"{method} {path} never succeeds")

    def deliver(self) -> None:
        """Let the workers work until nothing fails."""
        for attempt in range(TRIES):
            if attempt > 1:
                self.world.clock.forward(seconds=LEASE.seconds)
            if not sum(self.work(name) for name in WORKERS):
                return
        raise AssertionError("a message always fails")

    def wear_out(self) -> None:
        """Let the workers try until what always fails is given up."""
        for name in WORKERS:
            while self.work(name):
                pass

    def leave_lying(self, unit: str) -> None:
        """Let an agency receive its messages and never delete one, until they are given up."""
        url, sqs = f"{self.world.deps.settings.agency_queue_prefix}{unit}", self.world.cloud("sqs")
        for _ in range(MAX_RECEIVES + 1):
            for message in self.world.receive(url):
                sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)

    def work(self, name: str) -> int:
        """Give a worker everything in its queue; returns how many failed and were laid back."""
        url, sqs, failed = self.world.url(name), self.world.cloud("sqs"), []
        messages = [None] * (FULL if _waits(url) else 0)
        while len(messages) == FULL:
            messages = self.world.receive(url)
            for place in range(0, len(messages), self.at_once):
                batch = messages[place : place + self.at_once]
                bad = self._failed(name, batch)
                for message in batch:
                    if message["MessageId"] in bad:
                        failed.append(message["ReceiptHandle"])
                    else:
                        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        for handle in failed:
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
        return len(failed)

    def _failed(self, name: str, batch: list[dict[str, Any]]) -> set[str]:
        try:
            with self.saboteur.watching(name):
                return invoke(name, batch)
        except DiedError:
            return {message["MessageId"] for message in batch}
