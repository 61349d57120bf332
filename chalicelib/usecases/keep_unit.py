"""Write a unit of the directory down: whom cases may be handed to, where notices go, what it was called when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from chalicelib.domain.errors import ConflictError, InvalidError, NotFoundError
from chalicelib.domain.text import normalise
from chalicelib.domain.units import DirectoryError, FormerName, Unit, check
from chalicelib.ports import Deps


def add_unit(unit: Unit, deps: Deps) -> Unit:
    """Keep a unit whose id is nobody's yet; raises ConflictError, and what keep_unit raises."""
    if _known(unit.id, deps):
        raise ConflictError("unit_known", "Đã có đơn vị mang mã này trong danh bạ", pointer="/unit")
    return keep_unit(unit, deps)


def keep_unit(unit: Unit, deps: Deps, renamed_on: date | None = None) -> Unit:
    """Return the unit as it is kept, new or changed; raises InvalidError, UnavailableError.

    From the day of `renamed_on` it bears its new name, and cases of before keep the old one; without, it is corrected.
    """
    name, phone = (normalise(text, multiline=False) for text in (unit.name, unit.phone))
    if not name:
        raise InvalidError("empty_text", "Nội dung này không được để trống", pointer="/name")
    known = _known(unit.id, deps)
    kept = replace(unit, name=name, phone=phone, earlier=_earlier(known, name, renamed_on))
    _check(kept, deps)
    deps.directory.put(kept)
    return kept


def _known(unit: str, deps: Deps) -> Unit | None:
    try:
        return deps.directory.unit(unit)
    except NotFoundError:
        return None


def _earlier(known: Unit | None, name: str, renamed_on: date | None) -> tuple[FormerName, ...]:
    if known is None:
        return ()
    if renamed_on is None or known.name == name:
        return known.earlier
    return (*known.earlier, FormerName(known.name, renamed_on - timedelta(days=1)))


def _check(kept: Unit, deps: Deps) -> None:
    others = [unit for unit in deps.directory.units() if unit.id != kept.id]
    try:
        check([*others, kept])
    except DirectoryError as error:
        title = "Danh bạ sẽ không còn đúng: ngày, tên trùng, hoặc đơn vị kế thừa còn thiếu"
        raise InvalidError("directory_broken", title, detail=str(error)) from error
