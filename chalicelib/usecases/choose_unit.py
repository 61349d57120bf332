"""Choose a unit for something new: one of the directory that is in force; an old name leads to its successor."""

from __future__ import annotations

from chalicelib.domain.errors import InvalidError
from chalicelib.domain.units import Unit, successors
from chalicelib.ports import Deps, local_day


def choose_unit(unit_id: str, deps: Deps) -> Unit:
    """Return the unit; raises NotFoundError, InvalidError for one that is no more: it says what that has become."""
    unit = deps.directory.unit(unit_id)
    today = local_day(deps.clock.now(), deps.regulation)
    if unit.in_force(today):
        return unit
    heirs = successors(unit, deps.directory.units(), today)
    now = f"; nay là: {', '.join(heir.name for heir in heirs)}" if heirs else ""
    raise InvalidError(
        "unit_not_in_force",
        f"{unit.name} hiện không hoạt động dưới tên này{now}",
        pointer="/unit",
        successors=[heir.id for heir in heirs],
    )
