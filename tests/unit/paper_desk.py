"""A desk of paper to play the demonstration's scripts at: the regulation's rules alone, no store, queue or wait."""

import json
from collections import Counter
from datetime import UTC, datetime
from itertools import count
from typing import Any

import msgspec

from chalicelib.domain import actors
from chalicelib.domain import case as domain
from chalicelib.domain import commands as cmd
from chalicelib.domain.case_code import from_number
from chalicelib.domain.counting import counters_of
from chalicelib.domain.decide import Decision, decide
from chalicelib.domain.eligibility import Matter
from chalicelib.domain.events import Recorded, Refused
from chalicelib.domain.regulation import Regulation
from chalicelib.entrypoints import exchange
from chalicelib.entrypoints.actions import ACTIONS, command_from
from examples import demo_history
from examples.demo_cases import Case
from tests.builders import REGULATION

BY_PATH = {action.path: action for action in ACTIONS}


class PaperDesk:
    """Keeps the protocol Desk with the rules alone: no store, no queue, no wait."""

    def __init__(self, now: datetime, rules: Regulation = REGULATION) -> None:
        self.now, self.rules = now, rules
        self.cases: dict[str, domain.Case] = {}
        self.history: list[Recorded] = []
        self._numbers = count(1)

    def open_now(self) -> bool:
        return self.rules.calendar.is_open(self.now)

    async def send(self, case: Case, number: int) -> dict[str, Any]:
        code, (came, forwarded) = (
            from_number(next(self._numbers)),
            demo_history.moments(case, number, self.now, self.rules),
        )
        made = self._do(code, demo_history.command(case), actors.SENDER, at=came)
        if case.path in demo_history.LATE:
            operator = actors.Actor("operator", "tong_dai")
            made = self._do(code, cmd.ForwardToOfficer(unit=case.unit), operator, at=forwarded)
        if case.path == "left_late_at_agency":
            made = self._do(
                code, cmd.ForwardToAgency(unit=case.agency), actors.Actor("officer", case.unit), at=forwarded
            )
        refusals = [past.event.guidance for past in made.history if isinstance(past.event, Refused)]
        refusal = {"guidance": refusals[0]} if refusals else None
        return {"code": code, "pin": "1", "progress": {"state": made.case.state.value}, "refusal": refusal}

    async def act(self, role: str, unit: str, code: str, action: str, /, **body: Any) -> dict[str, Any]:
        made = self._do(code, _command(action, body), actors.Actor(role, unit))
        return {"state": made.case.state.value}

    async def supply(self, code: str, pin: str, body: dict[str, Any]) -> dict[str, Any]:
        known = {"name": "An", "phone": "0900000001", "address": "Phường Tân Thịnh"}
        matter = Matter("", body["content"] + " và những lời đã gửi trước đây", actors.Sender(**known))
        made = self._do(code, cmd.SupplyDetails(content=body["content"], matter=matter), actors.SENDER)
        return {"state": made.case.state.value}

    async def told(self, unit: str, code: str, kind: str) -> None:
        assert self.cases[code].agency == unit

    async def tell(self, unit: str, code: str, kind: str, *, times: int = 1, **body: Any) -> None:
        message = {"version": "1", "message_id": "m", "unit": unit, "type": kind, "case": code, **body}
        self._do(code, exchange.read(json.dumps(message)).command, actors.Actor("agency", unit, "sqs"))

    async def until(self, code: str, event: str, times: int = 1) -> dict[str, Any]:
        told = [past for past in self.history if past.code == code and type(past.event).__name__ == event]
        assert len(told) == times
        stage = self.cases[code].stage
        return {"state": self.cases[code].state.value, "due_at": stage.due_at.isoformat() if stage else None}

    def sweep(self) -> None:
        for code, case in self.cases.items():
            if case.open:
                self._do(code, cmd.Watch(), actors.SYSTEM)

    def tallies(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for past in self.history:
            for key, amounts in counters_of(past, self.rules).items():
                if (partition := key.rpartition("|")[0]) in ("", "now"):
                    found.update({f"{partition} {name}".strip(): amount for name, amount in amounts.items()})
        return found

    def _do(self, code: str, command: cmd.Command, actor: actors.Actor, at: datetime | None = None) -> Decision:
        case, now = self.cases.get(code), (at or self.now).astimezone(UTC)
        made = decide(case, command, actor=actor, code=code, regulation=self.rules, now=now)
        self.cases[code] = made.case
        self.history += made.history
        return made


def _command(action: str, body: dict[str, Any]) -> cmd.Command:
    if action == "publication":
        return cmd.ProposePublication(question="…", answer="…")
    if action == "publication/approve":
        return cmd.ApprovePublication(question="…", answer="…")
    given = msgspec.convert({"version": 1, **body}, BY_PATH[action].body)
    made: cmd.Command = command_from(BY_PATH[action], given)
    return made
