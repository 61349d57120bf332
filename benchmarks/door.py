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
WARM_UP = 20
PATIENCE = 120  # seconds until effects count as lost


def lines() -> list[Line]:
    """Start the local stack in a folder of its own; measure and drain it, warm; stop."""
    with tempfile.TemporaryDirectory() as folder, LocalStack(Path(folder)) as stack:
        centre = Centre(stack.base_url)
        routes = {"send": lambda: centre.send(CASE), "nothing": lambda: centre.call("GET", "/v1/health")}
        sent, found = 0, []
        for clients, calls in ((4, WARM_UP), (1, CALLS), (4, CALLS)):
            alone = load(centre, clients, calls, [routes["nothing"]])
            both = load(centre, clients, calls, [*routes.values()])
            sent += len(both[0])
            waited = drained(stack.description, centre, sent)
            found.append(_lines(clients, both, alone, waited))
    return [line for some in found[1:] for line in some]


def _lines(clients: int, both: list[list[float]], alone: list[list[float]], waited: float) -> list[Line]:
    sending, nothing, idle = (statistics.median(times) * 1000 for times in (*both, *alone))
    what = f"POST /v1/cases / GET /v1/health by turns, p50, {clients} client" + "s" * (clients > 1)
    return [
        compared(what, sending, nothing, "ms", limit=LIMIT),
        compared("  … that GET / with no case to be handled meanwhile", nothing, idle, "ms"),
        Line(f"  … until the last of its {len(both[0])} mails is sent and all are counted", f"{waited:.1f} s"),
    ]


def load(centre: Centre, clients: int, calls: int, routes: list[Callable[[], object]]) -> list[list[float]]:
    """Call the routes by turns from every client; the seconds of each call, by route."""
    times: list[list[float]] = [[] for _ in routes]

    def client() -> None:
        for _ in range(-(-calls // clients)):
            for route, taken in zip(routes, times, strict=True):
                taken.append(timed(route))
        centre.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


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
