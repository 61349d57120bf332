"""The public board as people read it: lists of a month, search, the newest for a feed (R70)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from msgspec import Struct

from chalicelib.domain.errors import NotFoundError
from chalicelib.domain.months import months_until
from chalicelib.domain.search import Segments, find, highlight
from chalicelib.ports import Deps, Posting, local_day
from chalicelib.views.board import PostingView, shown

ROWS = 10
YEAR = 12  # months that are looked at for the newest answer
FED = 20  # entries of a feed
ROOM = 240  # characters of an answer in a list


class Card(Struct, frozen=True):
    """A published answer in a list, with what was looked for."""

    id: str
    heading: Segments
    words: Segments
    field_label: str
    agency_name: str
    published_at: datetime


class Shelf(Struct, frozen=True):
    """A list: of a month (by `cursor`), or of what was found (`page` of `pages`; `whole`: with every word)."""

    cards: tuple[Card, ...]
    month: str = ""
    cursor: str = ""
    total: int = 0
    page: int = 1
    pages: int = 1
    whole: bool = True


def of_month(month: str, deps: Deps, *, field: str | None, agency: str | None, cursor: str) -> Shelf:
    """Show a page of a month; without one the newest that has an answer, of a year: mostly one query."""
    asked = [month] if month else months_until(_this_month(deps), YEAR)[::-1]
    for wanted in asked:
        found, following = deps.board.page(month=wanted, field=field, unit=agency, limit=ROWS, cursor=cursor)
        if found:
            return Shelf(_cards(found, "", deps), month=wanted, cursor=following)
    return Shelf((), month=asked[0])


def found(words: str, deps: Deps, *, month: str, field: str | None, agency: str | None, page: int) -> Shelf:
    """Search; what was withdrawn meanwhile is left out."""
    held = deps.board_index.entries(_this_month(deps), deps.clock.now())
    narrow = {"month": month or None, "field": field, "unit": agency}
    asked = (one for one in held if all(value in (None, getattr(one, name)) for name, value in narrow.items()))
    names, whole = find(asked, words)
    postings = _there(names[(page - 1) * ROWS : page * ROWS], deps)
    pages = -(-len(names) // ROWS) or 1
    return Shelf(_cards(postings, words, deps), total=len(names), page=page, pages=pages, whole=whole)


def newest(deps: Deps, *, field: str | None, agency: str | None) -> list[PostingView]:
    """Return what a feed tells."""
    return [shown(one, deps) for one in islice(deps.board.newest(_this_month(deps), field=field, unit=agency), FED)]


def _there(names: Iterable[str], deps: Deps) -> list[Posting]:
    postings = []
    for name in names:
        try:
            postings.append(deps.board.get(name))
        except NotFoundError:
            continue
    return postings


def _cards(postings: Iterable[Posting], words: str, deps: Deps) -> tuple[Card, ...]:
    return tuple(_card(shown(one, deps), words) for one in postings)


def _card(one: PostingView, words: str) -> Card:
    title, _, rest = one.question.partition("\n")
    answer, asked = highlight(one.answer, words, ROOM), highlight(rest, words, ROOM)
    hit = any(found for _, found in answer) or not any(found for _, found in asked)
    return Card(
        id=one.id,
        heading=highlight(title, words, ROOM),
        words=answer if hit else asked,
        field_label=one.field_label,
        agency_name=one.agency_name,
        published_at=one.published_at,
    )


def _this_month(deps: Deps) -> str:
    return f"{local_day(deps.clock.now(), deps.regulation):%Y-%m}"
