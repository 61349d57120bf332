"""Write a unit of the directory down: whom cases may be handed to, and where notices about them go."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.errors import InvalidError
from chalicelib.domain.text import normalise
from chalicelib.ports import Deps, Unit


def keep_unit(unit: Unit, deps: Deps) -> Unit:
    """Return the unit as it is kept, new or changed; raises InvalidError, UnavailableError."""
    name, phone = (normalise(text, multiline=False) for text in (unit.name, unit.phone))
    if not name:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/name")
    kept = replace(unit, name=name, phone=phone)
    deps.directory.put(kept)
    return kept
