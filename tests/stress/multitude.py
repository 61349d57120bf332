"""Thousands of cases at every point of their lives, made by the use cases themselves, faster than a store could."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from chalicelib.adapters.dynamo import codec
from chalicelib.adapters.dynamo.alarms import rings_at
from chalicelib.adapters.dynamo.cases import DynamoCases
from chalicelib.adapters.dynamo.tables import HEAD, CaseItem
from chalicelib.domain import commands as cmd
from chalicelib.domain.actors import SENDER
from chalicelib.domain.case import Case
from chalicelib.domain.case_code import from_number
from chalicelib.ports import Receipt, Stored
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.receive_case import receive_case
from chalicelib.usecases.watch_case import watch_case
from tests import builders
from tests.builders import REGULATION, local
from tests.integration.world import ClockStub

Item = dict[str, Any]
DAYS = (9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23)  # of November 2026, on which the office is open
UNITS = ("so_tu_phap", "so_y_te", "so_noi_vu", "so_xay_dung")
POISONS = ("{", '{"code":"1"}')  # what a head may be that nobody can read


class Ledger(DynamoCases):
    """The case store, its items in memory: what a commit would have written to the tables."""

    def __init__(self) -> None:
        super().__init__(self)
        self.items: dict[str, dict[str, Item]] = {}

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # noqa: N803 a client's own name
        """Keep the items of cases."""
        for item in (one["Put"]["Item"] for one in TransactItems):
            if "sk" in item:
                self.items.setdefault(item["pk"]["S"], {})[item["sk"]["S"]] = item

    def load(self, code: str) -> Stored:
        """Return a case."""
        head = CaseItem.from_raw_data(self.items[code][HEAD])
        return Stored(codec.case_from_body(head.body), head.chain, head.sender_key or "", rings_at(head))


@dataclass
class Multitude:
    """Cases by code, with the kind of life each had, and which of them were spoilt."""

    ledger: Ledger
    cases: dict[str, Case] = field(default_factory=dict)
    lives: Counter[str] = field(default_factory=Counter)
    poison: set[str] = field(default_factory=set)

    def overdue(self, now: datetime) -> set[str]:
        """Codes of the cases to be flagged, by no rule of the program: a limit that binds, runs and has passed."""
        return {code for code, case in self.cases.items() if is_overdue(case, now)} - self.poison

    def spoil(self, code: str, body: str) -> None:
        """Make a case's head unreadable."""
        self.ledger.items[code][HEAD]["body"] = {"S": body}
        self.poison.add(code)


def is_overdue(case: Case, now: datetime) -> bool:
    stage = case.stage
    runs = stage is not None and stage.binding and not stage.paused and stage.late_since is None
    return runs and stage.due_at < now


class Life:
    """One case, and those who deal with it; a command takes some minutes."""

    def __init__(self, deps: Any, code: str, dice: random.Random) -> None:
        self.code, self.deps, self.dice = code, deps, dice
        day, minute = dice.choice(DAYS), dice.randrange(100)
        deps.clock.set(local(f"2026-11-{day:02} 07:45") + timedelta(minutes=minute))
        deps.ids = SimpleNamespace(case_code=lambda: code)

    @property
    def case(self) -> Case:
        return self.deps.cases.load(self.code).case  # type: ignore[no-any-return]

    def receive(self, **about: Any) -> None:
        """Come in."""
        asked = {"kind": "question", "about": None, "channel": "web", "field": "ho_tich"} | about
        sender = replace(builders.HUONG, phone=f"+849{self.dice.randrange(10**8):08}")
        command = cmd.Receive(matter=builders.matter(sender=sender), **asked)
        receive_case(command, actor=SENDER, receipt=Receipt(self.code, ""), deps=self.deps)

    def do(self, *commands: cmd.Command) -> None:
        """Be dealt with by whoever holds it."""
        for command in commands:
            self.deps.clock.forward(minutes=self.dice.randrange(1, 5))
            carry_out(self.code, command, actor=builders.actor_for(self.case, command.action), deps=self.deps)

    def wait(self, *, until: datetime) -> None:
        """Lie there."""
        self.deps.clock.set(max(until, self.deps.clock.now()))

    def be_watched(self) -> None:
        """Be looked at by an earlier sweep."""
        watch_case(self.code, self.deps)

    def due(self, *, more: float = 0) -> datetime:
        """Return when its stage is due, or so many minutes later."""
        case = self.case
        assert case.stage
        return case.stage.due_at + timedelta(minutes=more)

    def to_officer(self, **about: Any) -> None:
        self.receive(**about)
        self.do(builders.to_officer(self.dice.choice(UNITS)))

    def to_agency(self, **about: Any) -> None:
        self.to_officer(**about)
        self.do(builders.to_agency())


def reappointed(life: Life) -> None:
    life.to_agency()
    life.do(cmd.Accept(), builders.reappoint(REGULATION.calendar.next_open(life.due(more=24 * 60))))


def resumed(life: Life) -> None:
    life.to_officer()
    life.do(builders.ask())
    life.deps.clock.forward(minutes=40)
    life.do(builders.supply())


def late_before(life: Life) -> None:
    life.to_officer()
    life.wait(until=life.due(more=3))
    life.do(builders.to_agency())


def warned(life: Life) -> None:
    life.to_agency()
    life.wait(until=life.due(more=-30))
    life.be_watched()


def flagged(life: Life) -> None:
    life.to_officer()
    life.wait(until=life.due(more=1))
    life.be_watched()


def paused(life: Life) -> None:
    life.to_agency()
    life.do(builders.ask())


def answered(life: Life) -> None:
    life.to_officer()
    life.do(builders.answer())


def referred(life: Life) -> None:
    life.receive()
    life.do(cmd.Refer(reason="Ngoài thẩm quyền"))


def conduct(life: Life) -> None:
    life.to_agency(kind="report", about="conduct")


LIVES: dict[Callable[[Life], None], int] = {
    Life.receive: 3,
    Life.to_officer: 24,
    Life.to_agency: 24,
    reappointed: 9,
    resumed: 9,
    late_before: 9,
    warned: 9,
    flagged: 4,
    paused: 4,
    answered: 4,
    referred: 2,
    conduct: 3,
}


def gather(keys: Any, seed: int, now: datetime, *, overdue: int, poison: int) -> Multitude:
    """Let so many cases become overdue at `now`, others live beside them, and spoil some."""
    dice, made = random.Random(seed), Multitude(Ledger())
    clock = ClockStub(now)
    deps = SimpleNamespace(cases=made.ledger, clock=clock, keys=keys, regulation=REGULATION)
    found = 0
    while found < overdue + poison:
        [live] = dice.choices(list(LIVES), list(LIVES.values()))
        life = Life(deps, from_number(dice.randrange(10**11)), dice)
        live(life)
        if clock.now() > now or life.code in made.cases:
            del made.ledger.items[life.code]
            continue
        made.cases[life.code] = life.case
        made.lives[live.__name__] += 1
        found += is_overdue(life.case, now)
    for code in sorted(made.overdue(now))[:poison]:
        made.spoil(code, dice.choice(POISONS))
    return made
