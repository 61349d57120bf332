"""The running application: what a citizen waits for, and how soon every effect of it is done."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.centre import CASE
from benchmarks.table import Line, compared
from examples.client import Centre
from infra.local_stack import LocalStack

CALLS, LIMIT = 150, 3.0
WARM_UP = 10
PATIENCE = 120  # seconds until effects count as lost


def lines() -> list[Line]:
    """Start the local stack in a folder of its own, measure, drain, stop."""
    with tempfile.TemporaryDirectory() as folder, LocalStack(Path(folder)) as stack:
        centre = Centre(stack.base_url)
        sent = load(centre, 1, WARM_UP)[2] + load(centre, 4, WARM_UP)[2]
        drained(stack.description, centre, sent)
        found = []
        for clients in (1, 4):
            sending, nothing, more = load(centre, clients, CALLS)
            sent += more
            waited = drained(stack.description, centre, sent)
            names = f"{clients} client" + "s" * (clients > 1)
            found += [
                compared(
                    f"POST /v1/cases, p50 of {more}, {names} / GET /v1/health", sending, nothing, "ms", limit=LIMIT
                ),
                Line(f"  … until the last of its {more} mails is sent and all are counted", f"{waited:.1f} s"),
            ]
        centre.close()
    return found


def load(centre: Centre, clients: int, calls: int) -> tuple[float, float, int]:
    """Call both routes by turns from every client; p50 of each in milliseconds, and how many cases were sent."""
    sending: list[float] = []
    nothing: list[float] = []

    def client(share: int) -> None:
        for _ in range(share):
            sending.append(timed(lambda: centre.send(CASE)))
            nothing.append(timed(lambda: centre.call("GET", "/v1/health")))
        centre.close()

    threads = [threading.Thread(target=client, args=(-(-calls // clients),)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.median(sending) * 1000, statistics.median(nothing) * 1000, len(sending)


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def drained(stack: dict[str, Any], centre: Centre, sent: int) -> float:
    """Wait until as many cases are counted and acknowledged as were sent; more, or never, is an error."""
    began = time.perf_counter()
    user = next(user for user in stack["users"] if user["role"] == "leadership")
    desk, captured = centre.log_in(user["username"], user["password"]), Centre(stack["endpoint_url"])
    while True:
        counted, mails = desk.tallies()["totals"].get("received", 0), acknowledged(captured)
        if counted == mails == sent:
            break
        if max(counted, mails) > sent or time.perf_counter() - began > PATIENCE:
            raise SystemExit(f"bench: {sent} cases sent, {counted} counted, {mails} acknowledged")
        time.sleep(0.1)
    desk.close()
    captured.close()
    return time.perf_counter() - began


def acknowledged(captured: Centre) -> int:
    """Count the acknowledgements that the local cloud has taken."""
    mails = captured.call("GET", "/_ministack/ses/messages")["messages"]
    return sum("Đã tiếp nhận" in str(mail) for account in mails.values() for mail in account)
