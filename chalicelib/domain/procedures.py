"""Administrative procedures (thủ tục hành chính) as they are published: what, by which decision, from when to when.

An edition is one procedure's text with the days on which it holds; a catalogue is every edition there ever was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Final

NAMES: Final[Mapping[str, str]] = {  # as people call the parts
    "code": "Mã thủ tục",
    "name": "Tên thủ tục",
    "decision": "Quyết định công bố",
    "decided_on": "Ngày quyết định",
    "field": "Lĩnh vực",
    "levels": "Cấp thực hiện",
    "applicants": "Đối tượng thực hiện",
    "competent_agency": "Cơ quan thực hiện",
    "steps": "Trình tự thực hiện",
    "how": "Cách thức, thời hạn, phí và lệ phí",
    "dossier": "Thành phần hồ sơ",
    "conditions": "Yêu cầu, điều kiện",
    "legal_basis": "Căn cứ pháp lý",
    "valid_from": "Có hiệu lực từ",
    "valid_to": "Hết hiệu lực sau ngày",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One edition. `valid_to` is its last day; None: it holds until something else is decided."""

    code: str
    name: str
    decision: str
    field: str
    levels: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    decided_on: date | None = None
    applicants: tuple[str, ...] = ()
    competent_agency: str = ""
    steps: str = ""
    how: str = ""
    dossier: str = ""
    conditions: str = ""
    legal_basis: str = ""

    def holds(self, on: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


CONTENT: Final = tuple(field.name for field in fields(Procedure) if field.name not in ("code", "valid_from"))


@dataclass(frozen=True)
class Catalogue:
    """Every edition, by code and then by first day; of one code no two hold on one day."""

    editions: tuple[Procedure, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, tuple[Procedure, ...]]:
        """The editions of each procedure, in order of time."""
        found: dict[str, list[Procedure]] = {}
        for one in self.editions:
            found.setdefault(one.code, []).append(one)
        return {code: tuple(editions) for code, editions in found.items()}

    def on(self, day: date) -> tuple[Procedure, ...]:
        """Return what is in force on a day."""
        return tuple(one for one in self.editions if one.holds(day))

    def with_editions(self, made: Iterable[Procedure]) -> Catalogue:
        """Return the catalogue with these editions in the place of those of the same code and first day."""
        kept = {(one.code, one.valid_from): one for one in self.editions}
        kept |= {(one.code, one.valid_from): one for one in made}
        return Catalogue(tuple(kept[key] for key in sorted(kept)))


def edition_on(editions: Iterable[Procedure], day: date) -> Procedure | None:
    """Return the edition of a day among those of one procedure."""
    return next((one for one in editions if one.holds(day)), None)


def standing(editions: Iterable[Procedure], day: date) -> Procedure | None:
    """Return the edition to be shown on a day: that of the day, else the next one, else the last there was."""
    known = tuple(editions)
    coming = (one for one in known if one.valid_from > day)
    return edition_on(known, day) or next(coming, known[-1] if known else None)
