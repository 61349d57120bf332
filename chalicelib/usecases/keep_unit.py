"""Write a unit of the directory down: whom cases may be handed to, and where notices about them go."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps, Unit


def add_unit(unit: Unit, deps: Deps) -> Unit:
    """Keep a unit whose id is nobody's yet; raises ConflictError, and what keep_unit raises."""
    try:
        deps.directory.unit(unit.id)
    except NotFoundError:
        return keep_unit(unit, deps)
    raise ConflictError("unit_known", "Đã có đơn vị mang mã này trong danh bạ", pointer="/unit")


def keep_unit(unit: Unit, deps: Deps) -> Unit:
    """Return the unit as it is kept, new or changed; raises InvalidError, UnavailableError."""
    name, phone = (normalise(text, multiline=False) for text in (unit.name, unit.phone))
    if not name:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/name")
    kept = replace(unit, name=name, phone=phone)
    deps.directory.put(kept)
    return kept
