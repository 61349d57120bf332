"""A matter as it is played: what its people do next, and what has been done so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from chalicelib.domain.regulation import Regulation
from examples.demo_cases import Case, DemoError

OPERATOR, LEADERSHIP = ("operator", "tong_dai"), ("leadership", "lanh_dao_trung_tam")
OFFICERS = ("Trần Văn Bình", "Hà Thị Thảo", "Nguyễn Quốc Dũng", "Bùi Văn Thịnh", "Đinh Thị Lan")
LEADERS = ("Lê Thị Minh", "Quách Công Sơn", "Phạm Đức Long")
DUPLICATED = 4  # every fourth matter's agency sends its replies twice
PUBLISHED = 3  # every third answer is published


class Desk(Protocol):
    """Where a script is played. Replies are the API's own."""

    rules: Regulation

    def open_now(self) -> bool:
        """Tell whether the office works now."""

    async def send(self, case: Case, number: int) -> dict[str, Any]:
        """Send the case and return the receipt."""

    async def act(self, role: str, unit: str, code: str, action: str, /, **body: Any) -> dict[str, Any]:
        """Do a desk action and return the case after it."""

    async def supply(self, code: str, pin: str, body: dict[str, Any]) -> dict[str, Any]:
        """Complete the matter as its sender and return its progress."""

    async def told(self, unit: str, code: str, kind: str) -> None:
        """Wait until an agency has a message about the case."""

    async def tell(self, unit: str, code: str, kind: str, *, times: int = 1, **body: Any) -> None:
        """Let an agency reply, the very same message as many times as asked."""

    async def until(self, code: str, event: str, times: int = 1) -> dict[str, Any]:
        """Wait until an event stands in the case's timeline so many times; return the case."""


@dataclass
class Matter:
    """One case in play. `done` counts what ought to be counted by the centre too; `state` is what it said last."""

    desk: Desk
    case: Case
    number: int
    code: str = ""
    pin: str = ""
    state: str = ""
    done: Counter[str] = field(default_factory=Counter)

    @property
    def people(self) -> dict[str, str]:
        """Who answers for a reply."""
        officer, leader = OFFICERS[self.number % len(OFFICERS)], LEADERS[self.number % len(LEADERS)]
        return {"responsible_officer": officer, "approving_leader": leader}

    async def arrive(self, expected: str) -> None:
        """Send the case; the rules must judge it as its script foresees."""
        made = await self.desk.send(self.case, self.number)
        self.code, self.pin = made["code"], made["pin"]
        self.done["received"] += 1
        self._now(made["progress"]["state"], expected)
        if expected == "refused":
            self._refused(made["refusal"] or {})

    async def operator(self, action: str, expected: str, **body: Any) -> None:
        """Let the operator act."""
        await self._act(OPERATOR, action, expected, body)

    async def officer(self, action: str, expected: str, *, unit: str = "", **body: Any) -> None:
        """Let the one-stop officer of the unit act."""
        await self._act(("officer", unit or self.case.unit), action, expected, body)

    async def hand_over(self, note: str = "") -> None:
        """Let the officer give it to the agency."""
        body = {"note": note} | ({"unit": self.case.agency} if self.case.agency else {})
        await self._act(("officer", self.case.unit), "forward-to-agency", "with_agency", body)

    async def leader(self, action: str, expected: str, **body: Any) -> None:
        """Let the Centre's leadership act."""
        await self._act(LEADERSHIP, action, expected, body)

    async def agency(self, kind: str, event: str, expected: str, *, unit: str = "", **body: Any) -> None:
        """Let the agency reply, some of them twice, and wait for what the reply makes happen."""
        times = 1 if self.number % DUPLICATED else 2
        await self.desk.tell(unit or self.case.given_to, self.code, kind, times=times, **body)
        self.done["repeated replies"] += times - 1
        self._now((await self.desk.until(self.code, event))["state"], expected)

    async def told(self, kind: str = "case_assigned", *, unit: str = "") -> None:
        """Wait until the agency has the message."""
        await self.desk.told(unit or self.case.given_to, self.code, kind)

    async def supply(self, expected: str) -> None:
        """Let the sender add what was asked for, with the PIN."""
        added = self.case.supplied
        assert added, "the path brings what is supplied"
        body = {"content": added.content, "sender": added.sender}
        made = await self.desk.supply(self.code, self.pin, body)
        self._now(made["state"], expected)

    async def answer(self, who: str = "operator", *, unit: str = "", words: str = "") -> None:
        """Answer the sender."""
        by = OPERATOR if who == "operator" else (who, unit or self.case.unit)
        await self._act(by, "answer", "answered", {"answer": words or self.case.answer, **self.people})
        await self.answered()

    async def answered(self) -> None:
        """Count the answer; every third goes on to the public board."""
        self.done["answered"] += 1
        if self.number % PUBLISHED:
            return
        await self.operator("publication", "answered")
        await self.leader("publication/approve", "answered")
        self.done["published"] += 1

    async def refuse(self, reason: str, guidance: str) -> None:
        """Refuse as a person does (R39)."""
        await self.operator("refuse", "refused", reason=reason, guidance=guidance)
        self._refused({"guidance": guidance})

    async def _act(self, by: tuple[str, str], action: str, expected: str, body: dict[str, Any]) -> None:
        made = await self.desk.act(*by, self.code, action, **body)
        self._now(made["state"], expected)

    def _refused(self, words: dict[str, Any]) -> None:
        if not words.get("guidance"):
            raise DemoError(f"{self.case.id} was refused without guidance")
        self.done["refused"] += 1

    def _now(self, state: str, expected: str) -> None:
        if state != expected:
            raise DemoError(f"{self.case.id} ({self.case.path}) is {state}, expected {expected}")
        self.state = expected
