"""The running centre as a place to play scripts at: HTTP for people, queues for agencies that have software."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from chalicelib.domain.regulation import Regulation
from examples.client import RefusedError
from examples.demo_agencies import Aside, Exchange
from examples.demo_cases import Case, DemoError
from examples.demo_people import Staff
from examples.script_matter import OPERATOR

REPEATED = 8  # every eighth case is sent twice with one Idempotency-Key
PATIENCE, PAUSE = 90.0, 0.8  # seconds
RACES = 5
# What an agency without software does at the desk instead of sending a message.
AT_DESK: Mapping[str, str] = {
    "accepted": "accept",
    "details_wanted": "request-details",
    "reappointed": "reappointment",
    "result": "result",
    "not_ours": "decline",
}


class LiveDesk:
    """Keeps the protocol Desk. `arrived`: the receipts of cases that came in before the demonstration, by id."""

    def __init__(
        self, staff: Staff, exchange: Exchange, rules: Regulation, arrived: Mapping[str, dict[str, Any]], aside: Aside
    ) -> None:
        self._staff, self._exchange, self.rules, self._arrived, self._aside = staff, exchange, rules, arrived, aside
        self.seen: Counter[str] = Counter()

    def open_now(self) -> bool:
        """Tell whether the office works now."""
        return self.rules.calendar.is_open(datetime.now(UTC))

    async def send(self, case: Case, number: int) -> dict[str, Any]:
        """Send the case, some twice; the second sending must give the same case."""
        if case.id in self._arrived:
            return self._arrived[case.id]
        sending = partial(self._send, case, str(uuid.uuid4()))
        made: dict[str, Any] = await self._aside(sending)
        self.seen["written down at the desk" if case.at_desk else "sent by citizens"] += 1
        if number % REPEATED == 0:
            again = await self._aside(sending)
            if (again["code"], again["repeated"]) != (made["code"], True):
                raise DemoError(f"{case.id}: the same Idempotency-Key made another case")
            self.seen["sent again with the same key"] += 1
        return made

    async def act(self, role: str, unit: str, code: str, action: str, /, **body: Any) -> dict[str, Any]:
        """Open the case and act on what was seen; one that changed meanwhile is read again."""
        for _ in range(RACES):
            try:
                made: dict[str, Any] = await self._aside(self._act, role, unit, code, action, body)
            except RefusedError as refused:
                if refused.problem["code"] != "stale_version":
                    raise
            else:
                return made
        raise DemoError(f"{code}: {action} met another change {RACES} times")

    async def supply(self, code: str, pin: str, body: dict[str, Any]) -> dict[str, Any]:
        """Complete the matter with the PIN."""
        path, headers = f"/v1/cases/{code}/details", {"X-Case-Pin": pin, "Idempotency-Key": str(uuid.uuid4())}
        made: dict[str, Any] = await self._aside(self._staff.citizen.call, "POST", path, body, headers)
        return made

    async def told(self, unit: str, code: str, kind: str) -> None:
        """Wait for the message; an agency without software gets a mail, and finds the case in its worklist."""
        if self._exchange.has(unit):
            await self._exchange.told(unit, code, kind)

    async def tell(self, unit: str, code: str, kind: str, *, times: int = 1, **body: Any) -> None:
        """Reply by queue, or at the desk where the agency has no software."""
        if self._exchange.has(unit):
            await self._exchange.tell(unit, code, kind, times=times, **body)
        elif kind == "action_done":
            await self.act("agency", unit, code, f"actions/{body.pop('action')}/close", **body)
        else:
            await self.act("agency", unit, code, AT_DESK[kind], **body)

    async def until(self, code: str, event: str, times: int = 1) -> dict[str, Any]:
        """Read the file until the event is there."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            file = await self._aside(self._open, code)
            if sum(past["type"] == event for past in file["timeline"]) >= times:
                case: dict[str, Any] = file["case"]
                return case
            await asyncio.sleep(PAUSE)
        raise DemoError(f"{code}: {event} did not come within {PATIENCE:.0f} s")

    # These wait for log-ins and answers, so they run aside.
    def _send(self, case: Case, key: str) -> Any:
        door = self._staff.door(*OPERATOR) if case.at_desk else self._staff.citizen
        return door.send(case.body(), desk=case.at_desk, key=key)

    def _open(self, code: str) -> Any:
        return self._staff.door(*OPERATOR).open(code)

    def _act(self, role: str, unit: str, code: str, action: str, body: dict[str, Any]) -> Any:
        return self._staff.door(role, unit).act(code, action, **body)
