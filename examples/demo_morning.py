"""The morning itself: every matter played by its script, several at once; then a look at what must not happen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from examples.client import Centre, RefusedError
from examples.demo_agencies import Aside, Exchange
from examples.demo_cases import DemoError
from examples.demo_scripts import SCRIPTS
from examples.script_matter import Matter

AT_ONCE = 24  # matters in play; most of them wait for an agency
SAID_ONCE = ("AcceptedByAgency", "DetailsRequested", "Reappointed", "ResultSubmitted", "DeclinedByAgency", "Answered")


def aside_in(pool: Executor) -> Aside:
    """Return what runs a slow call in the pool's threads and waits for it."""

    async def aside(call: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(pool, partial(call, *arguments, **named))

    return aside


async def play(matters: Sequence[Matter], exchange: Exchange, each: Callable[[], None]) -> list[str]:
    """Play every matter, `each()` after one; return what went otherwise than its script."""
    failures: list[str] = []
    free = asyncio.Semaphore(AT_ONCE)

    async def one(matter: Matter) -> None:
        async with free:
            try:
                await SCRIPTS[matter.case.path](matter)
            except (DemoError, RefusedError, OSError, HTTPException) as error:
                failures.append(f"{matter.case.id} ({matter.case.path}, {matter.code or 'not sent'}): {error}")
        each()

    async with asyncio.TaskGroup() as group:
        listening = group.create_task(exchange.listen())
        await asyncio.gather(*(group.create_task(one(matter)) for matter in matters))
        listening.cancel()
    return failures


def heard_twice(matters: Sequence[Matter], door: Centre) -> list[str]:
    """Return the codes whose repeated replies had an effect twice."""
    repeated = [matter.code for matter in matters if matter.done["repeated replies"]]
    return [code for code in repeated if max(_events(code, door)[name] for name in SAID_ONCE) > 1]


def refuses_stale(matters: Sequence[Matter], door: Centre) -> bool:
    """Act on an answered case as it was when it came in; True when that is refused as stale."""
    for code in (matter.code for matter in matters if matter.state == "answered"):
        try:
            door.act(code, "publication", version=1)
        except RefusedError as refused:
            return (refused.status, refused.problem["code"]) == (HTTPStatus.CONFLICT, "stale_version")
        return False
    return True  # nothing to try it on


def _events(code: str, door: Centre) -> Counter[str]:
    return Counter(event["type"] for event in door.open(code)["timeline"])
