"""The units of the directory to choose from: those in force by kind, after them the names that are no more."""

from __future__ import annotations

from chalicelib import bootstrap
from chalicelib.domain.text import fold
from chalicelib.domain.units import KINDS, NO_AGENCIES, Unit, names_now
from chalicelib.web.labels import UNITS_OF

FORMER = "Tên cũ, nay là"

Choice = tuple[str, str, str]  # id, words, group


def every_unit() -> list[Choice]:
    """Offer every unit in force."""
    return _choices(frozenset())


def agencies() -> list[Choice]:
    """Offer the units in force that a matter may belong to."""
    return _choices(NO_AGENCIES)


def _choices(without: frozenset[str]) -> list[Choice]:
    from chalicelib.ports import local_day

    deps = bootstrap.deps()
    today = local_day(deps.clock.now(), deps.regulation)
    units = [unit for unit in deps.directory.units() if unit.kind not in without]
    there = sorted((unit for unit in units if unit.in_force(today)), key=_place)
    former = [(unit.id, f"{name} – {unit.name}", FORMER) for name, unit in names_now(units, today) if name != unit.name]
    return [(unit.id, unit.area or unit.name, UNITS_OF[unit.kind]) for unit in there] + sorted(former, key=_words)


def _place(unit: Unit) -> tuple[int, list[str]]:
    words = fold(unit.area or unit.name).split()
    return KINDS.index(unit.kind), [word.zfill(4) if word.isdecimal() else word for word in words]  # 2 before 10


def _words(choice: Choice) -> str:
    return fold(choice[1])
