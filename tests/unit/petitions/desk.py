"""Petitions made as in life: `at(accepted(...))`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.adapters.petition_files import petition_rules
from chalicelib.adapters.regulation_files import regulation
from chalicelib.domain.actors import Actor, Role
from chalicelib.domain.petitions import commands as cmd
from chalicelib.domain.petitions.decide import decide
from chalicelib.domain.petitions.events import Recorded
from chalicelib.domain.petitions.evolve import evolve
from chalicelib.domain.petitions.limits import local_date
from chalicelib.domain.petitions.petition import Petition

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = regulation("hoa_binh").calendar
_rules = petition_rules("ha_noi")
assert _rules is not None
RULES = _rules
CODE = "482109375514"
OFFICER = Actor(Role.PETITION_OFFICER, RULES.unit, "thanh")


def at(text: str) -> datetime:
    """Return a moment of the office's clock: "2026-11-23 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@dataclass
class Life:
    """One petition and its log."""

    petition: Petition | None = None
    log: list[Recorded] = field(default_factory=list)

    def do(self, command: cmd.Command, when: str) -> Petition:
        """Do something at a moment."""
        now = at(when)
        made = decide(self.petition, command, RULES, CALENDAR, now)
        recorded = Recorded(
            code=CODE,
            seq=len(self.log) + 1,
            at=now,
            actor=OFFICER,
            article=made.article,
            event=made.event,
            words=made.words,
        )
        self.log.append(recorded)
        self.petition = evolve(self.petition, recorded, local_date(now, CALENDAR))
        return self.petition


def received(when: str = "2026-11-23 09:00") -> Life:
    """A petition that came."""
    life = Life()
    life.do(cmd.Receive(channel="web", content="Tôi tố cáo."), when)
    return life


def classified(kind: str = "denunciation") -> Life:
    """One that a person classified."""
    life = received()
    life.do(cmd.Classify(kind=kind), "2026-11-24 09:00")
    return life


def accepted(kind: str = "denunciation") -> Life:
    """One that was accepted on Thursday 26 November 2026."""
    life = classified(kind)
    life.do(cmd.Accept(body="UBND phường", on=at("2026-11-26 00:00").date()), "2026-11-26 15:00")
    return life


def settled(kind: str = "denunciation", document: str = "conclusion") -> Life:
    """One that was decided."""
    life = accepted(kind)
    on = at("2026-12-10 00:00").date()
    life.do(cmd.Settle(document=document, number="12/KL", on=on), "2026-12-10 15:00")
    return life
