"""The catalogue of procedures as citizens and operators see it (R87-R89, R92): found by everyday words, shown whole."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from chalicelib.domain.errors import InvalidError, NotFoundError
from chalicelib.domain.search import spelled, unmarked
from chalicelib.ports import local_day

if TYPE_CHECKING:
    from chalicelib.domain.procedures import Procedure
    from chalicelib.ports.deps import Deps
    from chalicelib.ports.procedures import Shelf

WORTH_SHOWING: Final = 0.3  # how much of a question a name must say to be shown at all
PAGE: Final = 20


class ProcedureCard(Struct, frozen=True):
    """Một thủ tục trong danh sách."""

    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    decision: str
    valid_from: date


class ProcedurePage(Struct, frozen=True):
    """Một trang thủ tục; `cursor` trống là trang cuối. `version` 0: chưa có danh mục."""

    procedures: tuple[ProcedureCard, ...]
    total: int
    cursor: str
    version: int


class PaperView(Struct, frozen=True):
    """Một giấy tờ và số bản, nếu nguồn ghi rõ."""

    name: str
    copies: str


class PapersView(Struct, frozen=True):
    """Giấy tờ phải nộp trong một trường hợp; `when` trống là mọi trường hợp."""

    when: str
    papers: tuple[PaperView, ...]


class WayView(Struct, frozen=True):
    """Một cách nộp; thời hạn, phí trống là nguồn không ghi riêng."""

    channel: str
    time: str
    fee: str
    words: str


class ProcedureView(Struct, frozen=True):
    """Một thủ tục, nguyên văn như công bố; `papers`, `ways` là văn bản ấy tách thành mục, trống nếu không tách được.

    `state`: đang có hiệu lực (in_force), sẽ có (coming), đã hết (ended), tính đến ngày hỏi.
    """

    code: str
    name: str
    decision: str
    decided_on: date | None
    field: str
    levels: tuple[str, ...]
    applicants: tuple[str, ...]
    competent_agency: str
    steps: str
    how: str
    dossier: str
    conditions: str
    legal_basis: str
    valid_from: date
    valid_to: date | None
    state: str
    papers: tuple[PapersView, ...]
    ways: tuple[WayView, ...]
    version: int


def shelf(deps: Deps) -> Shelf:
    """Return what holds today in the office's own zone."""
    now = deps.clock.now()
    return deps.procedures.shelf(now, local_day(now, deps.regulation))


def found(
    query: str, deps: Deps, *, field: str = "", level: str = "", limit: int = PAGE, cursor: str = ""
) -> ProcedurePage:
    """Return a page of what was found, best first; without a question everything, by field and name."""
    held, start = shelf(deps), _place(cursor)
    places = _places(held, query, field, level)
    shown = tuple(card(held.standing[place]) for place in places[start : start + limit])
    after = str(start + limit) if start + limit < len(places) else ""
    return ProcedurePage(shown, len(places), after, held.version.number if held.version else 0)


def fields(deps: Deps) -> tuple[tuple[str, int], ...]:
    """Return the fields by name, with the number of procedures in each."""
    counts = Counter(one.field for one in shelf(deps).standing)
    return tuple(sorted(counts.items(), key=lambda one: unmarked(spelled(one[0]))))


def levels(deps: Deps) -> tuple[str, ...]:
    """Return the levels of authority that procedures are carried out at."""
    return tuple(sorted({level for one in shelf(deps).standing for level in one.levels}))


def procedure(code: str, deps: Deps) -> ProcedureView:
    """Return a procedure as it stands today, or as it last stood; raises NotFoundError."""
    from chalicelib.domain.procedures import standing

    held = shelf(deps)
    one = standing(held.catalogue.by_code.get(code, ()), held.on)
    if one is None:
        raise NotFoundError("procedure_not_found", "Danh mục không có thủ tục mang mã này")
    return _whole(one, held)


def card(one: Procedure) -> ProcedureCard:
    """Return a procedure as lists show it."""
    return ProcedureCard(one.code, one.name, one.field, one.levels, one.decision, one.valid_from)


def _places(held: Shelf, query: str, field: str, level: str) -> list[int]:
    fits = [
        place
        for place, one in enumerate(held.standing)
        if (not field or one.field == field) and (not level or level in one.levels)
    ]
    if query.strip():
        hits = held.index.find(query, frozenset(fits) if field or level else None)
        return [one.place for one in hits if one.explains >= WORTH_SHOWING]
    return sorted(fits, key=lambda place: _in_order(held.standing[place]))


def _in_order(one: Procedure) -> tuple[str, str]:
    return unmarked(spelled(one.field)), unmarked(spelled(one.name))


def _place(cursor: str) -> int:
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 6):  # noqa: PLR2004 more than there can be
        raise InvalidError("invalid_cursor", "Trang này không còn, xin xem lại từ đầu", pointer="/cursor")
    return int(cursor)


def _whole(one: Procedure, held: Shelf) -> ProcedureView:
    from chalicelib.domain.procedure_texts import papers, plainly, ways

    ended = one.valid_to is not None and one.valid_to < held.on
    state = "in_force" if one.holds(held.on) else "ended" if ended else "coming"
    listed = papers(one.dossier)
    return ProcedureView(
        code=one.code,
        name=one.name,
        decision=one.decision,
        decided_on=one.decided_on,
        field=one.field,
        levels=one.levels,
        applicants=one.applicants,
        competent_agency=plainly(one.competent_agency),
        steps=plainly(one.steps),
        how=plainly(one.how),
        dossier=plainly(one.dossier),
        conditions=plainly(one.conditions),
        legal_basis=plainly(one.legal_basis),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        state=state,
        papers=tuple(PapersView(part.when, tuple(PaperView(*paper) for paper in part.papers)) for part in listed),
        ways=tuple(WayView(way.channel, way.time, way.fee, way.words) for way in ways(one.how)),
        version=held.version.number if held.version else 0,
    )
