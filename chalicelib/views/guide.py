"""What a role is told of its work: limits, and who is reminded when; the numbers are the regulation file's (R13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from chalicelib.domain.actors import Role
from chalicelib.domain.case import NORMAL
from chalicelib.ports import Deps, unit_name

if TYPE_CHECKING:
    from chalicelib.domain.regulation import Regulation, Rung

OWN: Mapping[str, tuple[str, ...]] = {  # stages of a role
    Role.OPERATOR: ("operator",),
    Role.OFFICER: ("officer", "reply"),
    Role.AGENCY: ("agency", "post"),
    Role.LEADERSHIP: ("leadership",),
}
READERS = {
    "holder": "đơn vị đang giữ hồ sơ",
    "holder_leader": "lãnh đạo đơn vị ấy",
    "centre_leadership": "lãnh đạo Trung tâm",
}


class StageLimit(Struct, frozen=True):
    """How long a stage may take, in working minutes; `own`: it is the reader's work. `sooner`: priority → minutes."""

    label: str
    minutes: int
    sooner: tuple[tuple[str, int], ...]
    binding: bool
    article: str
    own: bool


class Reminding(Struct, frozen=True):
    """When somebody is reminded (percent of the limit, or working minutes from its end), and who."""

    percent: int | None
    minutes: int
    readers: tuple[str, ...]


class Guide(Struct, frozen=True):
    """The limits, those of the reader first, and the steps of the ladder."""

    limits: tuple[StageLimit, ...]
    reminders: tuple[Reminding, ...]


def guide(role: str, deps: Deps) -> Guide:
    """Return what the regulation says to somebody of a role."""
    rules, own = deps.regulation, OWN.get(role, ())
    limits = (_limit(stage, stage in own, rules) for stage in rules.stages)
    return Guide(
        tuple(sorted(limits, key=lambda one: not one.own)),
        tuple(Reminding(rung.percent, _from_end(rung), _readers(rung, deps)) for rung in rules.ladder),
    )


def _limit(stage: str, own: bool, rules: Regulation) -> StageLimit:
    limit = rules.stages[stage]
    sooner = tuple(
        (one.label, one.minutes[stage])
        for name, one in rules.priorities.items()
        if name != NORMAL and stage in one.minutes
    )
    return StageLimit(limit.label, limit.minutes, sooner, limit.binding, limit.article, own)


def _from_end(rung: Rung) -> int:
    return rung.minutes_after or -(rung.minutes_before or 0)


def _readers(rung: Rung, deps: Deps) -> tuple[str, ...]:
    return tuple(READERS.get(to) or unit_name(deps.regulation.supervisor, deps) for to in rung.to)
