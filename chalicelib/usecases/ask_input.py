"""Ask other units for input inside a case: units that exist (lấy ý kiến, R57)."""

from __future__ import annotations

from chalicelib.domain.actors import Actor
from chalicelib.domain.case import Case
from chalicelib.domain.commands import AskInput
from chalicelib.domain.errors import InvalidError
from chalicelib.ports import Deps, Receipt, local_day
from chalicelib.usecases.carry_out import carry_out


def ask_input(
    code: str,
    command: AskInput,
    *,
    actor: Actor,
    deps: Deps,
    version: int | None = None,
    receipt: Receipt | None = None,
) -> Case:
    """Ask; raises InvalidError for a unit that is not in the directory, or no more."""
    today = local_day(deps.clock.now(), deps.regulation)
    known = {unit.id for unit in deps.directory.units() if unit.in_force(today)}
    if unknown := [unit for unit in command.units if unit not in known]:
        raise InvalidError(
            "unknown_unit", "Cơ quan, đơn vị này không có trong danh bạ", pointer="/units", units=unknown
        )
    return carry_out(code, command, actor=actor, deps=deps, version=version, receipt=receipt)
