"""Hand a case to people of a unit that exists: its one-stop officer (Điều 8.1.b), or its focal officer (8.1.c)."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.commands import ForwardToAgency, ForwardToOfficer
from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.domain.routing import route
from chalicelib.domain.routing_facts import facts_of
from chalicelib.domain.units import NO_AGENCIES
from chalicelib.ports import Deps, Receipt
from chalicelib.ports.routing import hear_history
from chalicelib.usecases.carry_out import carry_out
from chalicelib.usecases.choose_unit import choose_unit


def forward_case(
    code: str,
    command: ForwardToOfficer | ForwardToAgency,
    *,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Forward; raises InvalidError for a unit that is not there, is no more, or has no one-stop officer.

    What routing suggests goes on the record beside the unit chosen: where they differ, there is something to learn.
    """
    if command.unit:
        _check(command.unit, deps)
    if isinstance(command, ForwardToOfficer):
        command = _with_suggestion(code, command, deps)
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)


def _check(wanted: str, deps: Deps) -> None:
    try:
        unit = choose_unit(wanted, deps)
    except NotFoundError as error:
        raise InvalidError("unknown_unit", "Cơ quan, đơn vị này không có trong danh bạ", pointer="/unit") from error
    if unit.kind in NO_AGENCIES:
        raise InvalidError("not_an_agency", "Đơn vị này không nhận hồ sơ để thụ lý", pointer="/unit")


def _with_suggestion(code: str, command: ForwardToOfficer, deps: Deps) -> ForwardToOfficer:
    dossier = deps.cases.dossier(code)
    found = route(facts_of(dossier.case, hear_history(dossier.history, deps)), deps.routing)
    return replace(command, suggested=found.owner or None, rule=found.rule.id if found.rule else "")
