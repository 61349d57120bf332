"""The pages that anyone may read: published answers and their feed, statistics, where to go."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import msgspec
from chalice.app import Blueprint
from msgspec import Meta, Struct

from chalicelib import bootstrap
from chalicelib.domain.months import month_before
from chalicelib.entrypoints.contracts import BoardId, Cursor
from chalicelib.entrypoints.pages import OPEN, PUBLIC, File, Sheet, Visit, page
from chalicelib.exchange.fields import END

routes = Blueprint(__name__)
BOARD = "cong-khai"
Choice = Annotated[str, Meta(pattern=rf"^([a-z][a-z0-9_]{{0,63}})?{END}")]
Month = Annotated[str, Meta(pattern=rf"^(20[0-9]{{2}}-(0[1-9]|1[0-2]))?{END}")]
FED_FOR = {"Cache-Control": "public, max-age=300"}


class FeedQuery(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which answers; what is empty narrows nothing."""

    field: Choice = msgspec.field(default="", name="linh-vuc")
    agency: Choice = msgspec.field(default="", name="co-quan")


class ShelfQuery(FeedQuery, frozen=True, omit_defaults=True):
    """Words to look for, or a month; from where on."""

    words: Annotated[str, Meta(max_length=200)] = msgspec.field(default="", name="tim")
    month: Month = msgspec.field(default="", name="thang")
    cursor: Cursor = msgspec.field(default="", name="tu")
    page: Annotated[int, Meta(ge=1, le=500)] = msgspec.field(default=1, name="trang")


@page(routes, "GET", f"/{BOARD}", allow=PUBLIC, query=ShelfQuery)
def show_board(visit: Visit) -> Sheet:
    """List published answers: of a month, or those with certain words."""
    from chalicelib.views import reading

    deps, query = bootstrap.deps(), visit.query
    narrow = {"field": query.field or None, "agency": query.agency or None}
    if query.words.strip():
        shelf = reading.found(query.words, deps, month=query.month, page=query.page, **narrow)
    else:
        shelf = reading.of_month(query.month, deps, cursor=query.cursor, **narrow)
    said = {"shelf": shelf, "query": query, **_ways(query, shelf), **_choices()}
    return Sheet(
        "board", said, headers=_canonical(BOARD) if query == ShelfQuery() else OPEN | {"X-Robots-Tag": "noindex"}
    )


@page(routes, "GET", f"/{BOARD}/{{posting}}", allow=PUBLIC)
def show_posting(visit: Visit, posting: BoardId) -> Sheet:
    """Show one published answer, at an address that stays."""
    from chalicelib.views.board import shown

    deps = bootstrap.deps()
    return Sheet("posting", {"one": shown(deps.board.get(posting), deps)}, headers=_canonical(f"{BOARD}/{posting}"))


@page(routes, "GET", f"/{BOARD}.atom", allow=PUBLIC, query=FeedQuery)
def feed_board(visit: Visit) -> File:
    """Give the newest answers as a feed."""
    from chalicelib.views import reading
    from chalicelib.web.feeds import MEDIA_TYPE, Told, atom

    deps, query = bootstrap.deps(), visit.query
    newest = reading.newest(deps, field=query.field or None, agency=query.agency or None)
    text = atom(
        [
            Told(
                address=_absolute(f"{BOARD}/{one.id}"),
                title=one.question.partition("\n")[0],
                words=f"Hỏi: {one.question}\n\nTrả lời: {one.answer}",
                author=one.agency_name,
                category=one.field_label,
                published_at=one.published_at,
            )
            for one in newest
        ],
        title=f"Hỏi đáp công khai – {deps.centre['name']}",
        centre=deps.centre["name"],
        board=_absolute(BOARD),
        own=_absolute(_address(f"{BOARD}.atom", msgspec.to_builtins(query))),
        now=deps.clock.now(),
    )
    return File(text, MEDIA_TYPE, forever=False, headers=FED_FOR)


class MonthQuery(Struct, frozen=True, forbid_unknown_fields=True):
    """Which month; empty: the present one."""

    month: Month = msgspec.field(default="", name="thang")


@page(routes, "GET", "/thong-ke", allow=PUBLIC, query=MonthQuery)
def show_statistics(visit: Visit) -> Sheet:
    """Show what was received and answered, by month and agency."""
    from chalicelib.views.statistics import statistics
    from chalicelib.web.charts import Group, bars

    about = statistics(visit.query.month, bootstrap.deps())
    drawn = bars(
        [
            Group(
                f"thg {int(one.month[5:])}",
                ([("came", one.received)], [("good", one.on_time), ("bad", one.late)]),
            )
            for one in about.months
        ]
    )
    return Sheet("statistics", {"about": about, "drawn": drawn}, headers=OPEN)


def _ways(query: ShelfQuery, shelf: Any) -> dict[str, str]:
    """Return the addresses of the list before and after this one, and of the feed as narrow as it."""
    here: dict[str, Any] = msgspec.to_builtins(query)
    narrow = {name: value for name, value in here.items() if name in ("linh-vuc", "co-quan")}
    after = {"trang": shelf.page + 1} if shelf.page < shelf.pages else {"tu": shelf.cursor} if shelf.cursor else {}
    kept = here | ({"thang": shelf.month} if shelf.month else {})
    earlier = narrow | {"thang": month_before(shelf.month)} if shelf.month else {}
    return {
        "following": _address(BOARD, kept | after) if after else "",
        "earlier": _address(BOARD, earlier) if earlier and not after else "",
        "feed": _address(f"{BOARD}.atom", narrow),
    }


def _choices() -> dict[str, Any]:
    from chalicelib.entrypoints.unit_choices import every_unit

    deps = bootstrap.deps()
    return {
        "fields": [(name, field.label) for name, field in deps.regulation.fields.items()],
        "agencies": every_unit(),
    }


def _canonical(path: str) -> dict[str, str]:
    return OPEN | {"Link": f'<{_absolute(path)}>; rel="canonical"'}


def _absolute(path: str) -> str:
    from chalicelib.usecases.addresses import address

    return address(bootstrap.deps(), path)


def _address(path: str, query: dict[str, Any]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
