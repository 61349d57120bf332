"""Routing as a table: words and facts of a matter, whose it should be, by which article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from chalicelib.adapters.regulation_files import read, regulation, routing
from chalicelib.domain.actors import Sender
from chalicelib.domain.eligibility import Matter, assess
from chalicelib.domain.routing import Suggestion, route
from chalicelib.domain.routing_facts import facts, hear
from chalicelib.domain.unit_names import UnitName
from chalicelib.domain.units import from_entries, names_now
from chalicelib.ports.routing import BRANCH, NEVER_NAMED

DAY = date(2026, 11, 22)


def written(centre: str) -> list[dict[str, Any]]:
    """Return the matters that were written from a centre's sources, each with what the source says."""
    found: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name("matters").joinpath(f"{centre}.yaml").read_text()
    )
    return found


@dataclass(frozen=True)
class Matters:
    """A matter as it comes in; what is not said is an individual's question by telephone."""

    text: str = ""
    kind: str = "question"
    about: str | None = None
    field: str = "khac"
    channel: str = "phone"
    customer: str = "individual"


class Centre:
    """A centre's rules and the names in its directory."""

    def __init__(self, name: str) -> None:
        self.rules = regulation(name)
        units = from_entries(read(f"{name}.directory.yaml")["units"])
        self.routing = routing(name, self.rules, [unit.id for unit in units if unit.in_force(DAY)])
        named = names_now([unit for unit in units if unit.kind not in NEVER_NAMED], DAY)
        self.names = tuple(UnitName(unit.id, words, unit.kind == BRANCH) for words, unit in named)

    def route(self, matter: Matters) -> Suggestion:
        flags = assess(Matter("", matter.text, Sender()), self.rules).flags
        heard = hear(matter.text, self.routing, self.names)
        known = {name: getattr(matter, name) for name in ("kind", "about", "field", "channel", "customer")}
        return route(facts(**known, flags=flags, heard=heard), self.routing)
